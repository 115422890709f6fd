import type { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DataEncryption, PerimeterExemption, type PrivateEc2S3Access } from '../../src';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

/** What the rule says of an app that grants something to another role. */
function told(grant: (access: PrivateEc2S3Access, reader: Role) => void, isExempt = false): readonly string[] {
  const { violations, error } = validatedStack((stack: Stack) => {
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const reader = new Role(stack, 'Reader', { assumedBy, roleName: 'Reader' });
    const perimeterExemptions = isExempt ? [PerimeterExemption.role(reader)] : [];
    grant(quickStart(stack, { perimeterExemptions, encryption: DataEncryption.s3Managed() }), reader);
  });
  expect(error).toBeUndefined();
  return violations.filter(({ ruleName }) => ruleName === 'refused-grants').map(({ description }) => description);
}

test.each<[string, (access: PrivateEc2S3Access, reader: Role) => void, RegExp]>([
  [
    'who may read',
    (access, reader) => access.dataBucket('UserData').grantRead(reader),
    /Reader.* is granted s3:GetObject\* on /,
  ],
  [
    'who may upload',
    (access, reader) => access.dataBucket('UserData').grantPut(reader),
    /Reader.* is granted s3:PutObject/,
  ],
  [
    'whom a policy by hand lets list',
    (access, reader) =>
      reader.addToPolicy(
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [access.dataBucket('UserData').bucketArn] }),
      ),
    /Reader.* is granted s3:ListBucket/,
  ],
])('it is said of a role %s that the perimeter refuses it', (_, grant, words) => {
  expect(told(grant)).toEqual([expect.stringMatching(words)]);
});

test.each<[string, (access: PrivateEc2S3Access, reader: Role) => void, boolean]>([
  ['nothing is granted', () => undefined, false],
  ['the role is exempt', (access, reader) => access.dataBucket('UserData').grantRead(reader), true],
  [
    'the role may look at the configuration',
    (access, reader) =>
      reader.addToPolicy(
        new PolicyStatement({ actions: ['s3:GetBucketTagging'], resources: [access.dataBucket('UserData').bucketArn] }),
      ),
    false,
  ],
  [
    'a policy denies it',
    (access, reader) =>
      reader.addToPolicy(
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['s3:GetObject'],
          resources: [access.dataBucket('UserData').arnForObjects('*')],
        }),
      ),
    false,
  ],
  [
    'another bucket is meant',
    (_, reader) =>
      reader.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::others/*'] })),
    false,
  ],
])('nothing is said where %s', (_, grant, isExempt) => {
  expect(told(grant, isExempt)).toEqual([]);
});
