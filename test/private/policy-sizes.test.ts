import { Aws, Fn } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { POLICY_LIMITS, distribute, documentSize } from '../../src/private/policy-sizes';
import { filledIn, newStack } from '../support/resources';

/** What CloudFormation may fill in for each intrinsic function, at its longest. */
type Values = Readonly<Record<string, string>>;

const LONGEST_VALUES: Values = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::URLSuffix': 'amazonaws.com.cn',
  Bucket: 'b'.repeat(63),
  Endpoint: `vpce-${'0'.repeat(17)}`,
  'Bucket.Arn': `arn:aws-us-gov:s3:::${'b'.repeat(63)}`,
  'Role.Arn': `arn:aws-us-gov:iam::111122223333:role/${'r'.repeat(64)}`,
  'Key.Arn': `arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-${'0'.repeat(32)}`,
};

const document = (statements: PolicyStatement[]) => new PolicyDocument({ minimize: false, statements });

function realSize(statements: PolicyStatement[], values: Values = LONGEST_VALUES): number {
  return JSON.stringify(filledIn(newStack().resolve(document(statements)), name => values[name])).length;
}

const piece = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).filter(text => !text.includes('${')),
  fc.constantFrom<string>(
    Aws.PARTITION,
    Aws.REGION,
    Aws.ACCOUNT_ID,
    Aws.URL_SUFFIX,
    Fn.ref('Bucket'),
    Fn.ref('Endpoint'),
    Fn.getAtt('Bucket', 'Arn').toString(),
    Fn.getAtt('Role', 'Arn').toString(),
    Fn.getAtt('Key', 'Arn').toString(),
  ),
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map(pieces => pieces.join(''))
  .filter(joined => joined !== '');
const statement = fc
  .record({
    sid: fc.constantFrom(undefined, 'ReadObjects', 'WriteObjects2'),
    effect: fc.constantFrom(Effect.ALLOW, Effect.DENY),
    actions: fc.uniqueArray(fc.constantFrom('s3:GetObject', 's3:PutObject', 'kms:Decrypt', 's3:*'), { minLength: 1 }),
    resources: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
    conditions: fc.dictionary(
      fc.constantFrom('StringEquals', 'ArnLike'),
      fc.dictionary(
        fc.constantFrom('aws:SourceVpce', 's3:prefix', 'aws:PrincipalArn'),
        fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
      ),
    ),
  })
  .map(parts => new PolicyStatement(parts));

describe('documentSize', () => {
  test('is never below the size of the document that CloudFormation sends', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), statements => {
        expect(documentSize(newStack(), document(statements))).toBeGreaterThanOrEqual(realSize(statements));
      }),
      { numRuns: 300 },
    );
  });

  test('is exact where nothing is left to CloudFormation', () => {
    const statements = [
      new PolicyStatement({
        sid: 'Read',
        actions: ['s3:GetObject'],
        resources: ['arn:aws:s3:::data/in/*', 'arn:aws:s3:::data/out/*'],
      }),
    ];
    expect(documentSize(newStack(), document(statements))).toBe(realSize(statements));
  });

  test.each(['us-isof-south-1', 'ap-northeast-1', 'us-isob-east-1', 'eu-isoe-west-1', 'eusc-de-east-1'])(
    'is enough for the Region %s',
    region => {
      const statements = [
        new PolicyStatement({
          actions: ['kms:Decrypt'],
          resources: ['*'],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` } },
        }),
      ];
      expect(documentSize(newStack(), document(statements))).toBeGreaterThanOrEqual(
        realSize(statements, { ...LONGEST_VALUES, 'AWS::Region': region }),
      );
    },
  );

  test('is enough for the ARN of a topic, which `Ref` returns', () => {
    const stack = newStack();
    const statements = [
      new PolicyStatement({ actions: ['sns:Publish'], resources: [new Topic(stack, 'Topic').topicArn] }),
    ];
    expect(documentSize(stack, document(statements))).toBeGreaterThanOrEqual(
      realSize([
        new PolicyStatement({
          actions: ['sns:Publish'],
          resources: [`arn:aws-us-gov:sns:us-gov-west-1:111122223333:${'t'.repeat(256)}`],
        }),
      ]),
    );
  });

  test('is enough for the ARN of a queue', () => {
    const stack = newStack();
    const statements = [
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [new Queue(stack, 'Queue').queueArn] }),
    ];
    expect(documentSize(stack, document(statements))).toBeGreaterThanOrEqual(
      realSize([
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: [`arn:aws-us-gov:sqs:us-gov-west-1:111122223333:${'q'.repeat(80)}`],
        }),
      ]),
    );
  });
});

describe('distribute', () => {
  const reading = (sid: string, count: number) =>
    new PolicyStatement({
      sid,
      actions: ['s3:GetObject'],
      resources: Array.from({ length: count }, (_, index) => `arn:aws:s3:::data-bucket-number-${index}/*`),
    });

  test('keeps in one document what fits', () => {
    expect(distribute(newStack(), [reading('One', 2), reading('Two', 2)], POLICY_LIMITS.managedPolicy)).toHaveLength(1);
  });

  test('starts another document where the next statement does not fit', () => {
    const documents = distribute(newStack(), [reading('One', 100), reading('Two', 100)], POLICY_LIMITS.managedPolicy);
    expect(documents.map(each => each.map(({ sid }) => sid))).toEqual([['One'], ['Two']]);
  });

  test('cuts a statement by its resources and loses none', () => {
    const whole = reading('One', 500);
    const documents = distribute(newStack(), [whole], POLICY_LIMITS.managedPolicy);
    expect(documents.flat().flatMap(({ resources }) => resources)).toEqual(whole.resources);
    expect(Math.max(...documents.map(each => realSize(each)))).toBeLessThanOrEqual(POLICY_LIMITS.managedPolicy);
  });

  test('gives each part of a statement a name of its own', () => {
    const names = distribute(newStack(), [reading('One', 500)], POLICY_LIMITS.managedPolicy)
      .flat()
      .map(({ sid }) => sid);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(1);
  });

  test('never exceeds the limit, whatever the statements', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, counts => {
        const documents = distribute(
          newStack(),
          counts.map((count, index) => reading(`Read${index}`, count)),
          POLICY_LIMITS.managedPolicy,
        );
        documents.forEach(each => expect(realSize(each)).toBeLessThanOrEqual(POLICY_LIMITS.managedPolicy));
        expect(documents.flat().flatMap(({ resources }) => resources)).toHaveLength(
          counts.reduce((sum, count) => sum + count, 0),
        );
      }),
      { numRuns: 20 },
    );
  });
});
