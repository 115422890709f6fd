import { Fn, Stack } from 'aws-cdk-lib';
import {
  CfnInstance,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnSubnet,
  CfnVPCGatewayAttachment,
  MachineImage,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Compute, type PrivateEc2S3Access } from '../../src';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const ANYBODY = { principals: [new AnyPrincipal()], actions: ['s3:*'] };

function addToBucket(access: PrivateEc2S3Access, props: ConstructorParameters<typeof PolicyStatement>[0]): void {
  access.dataBucket('UserData').addToResourcePolicy(new PolicyStatement({ sid: 'Extra', ...props }));
}

function instanceOf(access: PrivateEc2S3Access): CfnInstance {
  return access.node.findAll().find((each): each is CfnInstance => each instanceof CfnInstance)!;
}

/** A public subnet with a NAT gateway, and the default route of the workload's subnets to it. */
function addNat(access: PrivateEc2S3Access): void {
  const stack = Stack.of(access);
  const { vpcId } = access.vpc;
  const gateway = new CfnInternetGateway(stack, 'InternetGateway');
  new CfnVPCGatewayAttachment(stack, 'Attachment', { vpcId, internetGatewayId: gateway.ref });
  const subnet = new CfnSubnet(stack, 'Public', {
    vpcId,
    cidrBlock: '10.0.255.0/24',
    availabilityZone: Fn.select(0, Fn.getAzs()),
  });
  const nat = new CfnNatGateway(stack, 'Nat', { subnetId: subnet.ref, connectivityType: 'public' });
  access.vpc.isolatedSubnets.forEach(
    ({ routeTable: { routeTableId } }, index) =>
      new CfnRoute(stack, `Default${index}`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: nat.ref,
      }),
  );
}

interface Expected {
  readonly rules: readonly string[];
  /** What somebody who has never heard of the pattern has to be told. */
  readonly says: RegExp;
  readonly fix: RegExp;
  /** Where it is reported. */
  readonly at: RegExp;
}

test.each<[string, (access: PrivateEc2S3Access) => void, Expected]>([
  [
    'lets everybody into a bucket',
    access => addToBucket(access, { ...ANYBODY, resources: [`${access.dataBucket('UserData').bucketArn}/*`] }),
    {
      rules: ['closed[bucket-policy-alone]', 'broad-principals'],
      says: /somebody reaches the data .* beside the intended path: .*allowed by .*statement Extra of the bucket policy/,
      fix: /take it out, or narrow/,
      at: /^Training\/App\/DataBuckets\/UserData\//,
    },
  ],
  [
    'adds a NAT gateway',
    addNat,
    {
      rules: ['isolated-subnets', 'request-path'],
      says: /Training\/Default0 .*0\.0\.0\.0\/0.*NAT gateway/,
      fix: /remove the route/,
      at: /^Training\/Default0$/,
    },
  ],
  [
    'denies a bucket to everybody',
    access =>
      addToBucket(access, {
        ...ANYBODY,
        effect: Effect.DENY,
        resources: [access.dataBucket('UserData').bucketArn, `${access.dataBucket('UserData').bucketArn}/*`],
        conditions: { StringNotEquals: { 'aws:SourceVpce': access._accessList.vpcEndpointIds } },
      }),
    {
      rules: ['not-locked-out[bucket-configuration]', 'not-locked-out[bucket-lists]'],
      says: /locks CloudFormation, administrators or root out: .*denied by statement Extra of the bucket policy[^,]*, expected: not denied/,
      fix: /correct whom and what it denies/,
      at: /^Training\/App\/DataBuckets\/UserData\//,
    },
  ],
  [
    'widens the endpoint policy',
    access => access.s3Endpoint.addToPolicy(new PolicyStatement({ sid: 'Extra', ...ANYBODY, resources: ['*'] })),
    {
      rules: ['no-way-out[s3-endpoint]', 'closed[endpoint-to-others]', 'no-dead-statement'],
      says: /data can be taken to a bucket outside the accounts .*statement Extra of the endpoint policy/,
      fix: /take it out, or narrow/,
      at: /^Training\/App\/S3Endpoint\//,
    },
  ],
  [
    'makes HTTP tokens optional',
    access => instanceOf(access).addPropertyOverride('MetadataOptions.HttpTokens', 'optional'),
    {
      rules: ['instance-metadata'],
      says: /HttpTokens of .* is optional: IMDSv1, without a token, may hand out the credentials of the role/,
      fix: /set HttpTokens to required/,
      at: /^Training\/App\/Compute\/Instance/,
    },
  ],
  [
    'gives the role a policy of AWS',
    access => access.role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')),
    {
      rules: ['aws-managed-policies', 'works[nothing-else]'],
      says: /AmazonS3ReadOnlyAccess/,
      fix: /access list|dataBuckets/,
      at: /^Training\/App\/Role/,
    },
  ],
  [
    'writes a key into user data',
    access =>
      instanceOf(access).addPropertyOverride(
        'UserData',
        Fn.base64('export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
      ),
    {
      rules: ['temporary-credentials'],
      says: /UserData of .* contains aws_secret_access_key/,
      fix: /remove it: the workload gets temporary credentials of its role/,
      at: /^Training\/App\/Compute\/Instance/,
    },
  ],
])('the synthesis fails when somebody %s', (_, mistake, { rules, says, fix, at }) => {
  const { error, violations } = validatedStack(stack => mistake(quickStart(stack)));

  expect(error).toMatch(/ValidationFailed/);
  expect(violations.map(({ ruleName }) => ruleName)).toEqual(expect.arrayContaining([...rules]));
  const telling = violations.filter(({ description }) => says.test(description));
  expect(telling.map(({ suggestedFix, constructPaths }) => ({ suggestedFix, at: constructPaths[0] }))).toContainEqual({
    suggestedFix: expect.stringMatching(fix),
    at: expect.stringMatching(at),
  });
  expect(error).toMatch(says);
});

test('the synthesis succeeds without a mistake', () => {
  expect(validatedStack(quickStart)).toEqual({ error: undefined, violations: [], suppressed: [] });
});

test('the synthesis succeeds with an image for each Region where the Region is not known', () => {
  const compute = Compute.instance({
    machineImage: MachineImage.genericLinux({
      'us-east-1': 'ami-0123456789abcdef0',
      'eu-west-1': 'ami-0123456789abcdef1',
    }),
  });

  expect(validatedStack(stack => quickStart(stack, { compute })).violations).toEqual([]);
});
