import { App, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access, PrivateEc2S3AccessProps } from '../../src';

/** A resource of a template. */
export interface ResourceJson {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: Readonly<Record<string, unknown>>;
}

/** A statement of a policy in a template. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A workload that was synthesized. */
export interface Synthesized {
  readonly stack: Stack;
  readonly app: PrivateEc2S3Access;
  readonly template: Template;
}

/** Where the tests with a concrete environment deploy to. */
export const IRELAND: Required<Environment> = { account: '111122223333', region: 'eu-west-1' };
export const OTHER_ACCOUNT = '444455556666';

/** The resource types that the tests look for. */
export const TYPE = {
  bucket: 'AWS::S3::Bucket',
  bucketPolicy: 'AWS::S3::BucketPolicy',
  endpoint: 'AWS::EC2::VPCEndpoint',
  fleet: 'AWS::AutoScaling::AutoScalingGroup',
  flowLog: 'AWS::EC2::FlowLog',
  instance: 'AWS::EC2::Instance',
  key: 'AWS::KMS::Key',
  launchTemplate: 'AWS::EC2::LaunchTemplate',
  managedPolicy: 'AWS::IAM::ManagedPolicy',
  role: 'AWS::IAM::Role',
  routeTable: 'AWS::EC2::RouteTable',
  routeTableAssociation: 'AWS::EC2::SubnetRouteTableAssociation',
  securityGroup: 'AWS::EC2::SecurityGroup',
  subnet: 'AWS::EC2::Subnet',
  vpc: 'AWS::EC2::VPC',
} as const;

/** One new data bucket that the workload reads and writes. */
export function oneBucket(): Record<string, DataBucketSource> {
  return { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) };
}

/** A stack of an app of its own. */
export function newStack(env?: Environment): Stack {
  return new Stack(new App(), 'Training', { env });
}

/** The workload `App` in a stack: with one read-write bucket unless the props say otherwise. */
export function workload(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, 'App', { dataBuckets: oneBucket(), ...props });
}

/** A VPC that exists, with two isolated subnets. */
export function importedVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'ImportedVpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.1.0.0/16',
    availabilityZones: ['a', 'b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef1', 'rtb-0123456789abcdef2'],
  });
}

/** A VPC whose subnets lead nowhere. */
export function isolatedVpc(stack: Stack, id = 'Vpc'): Vpc {
  return new Vpc(stack, id, {
    natGateways: 0,
    maxAzs: 2,
    subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    restrictDefaultSecurityGroup: false,
  });
}

/** A Deny of the user in the policy of a data bucket. */
export function denyInBucket(
  access: PrivateEc2S3Access,
  conditions: Record<string, Record<string, string | string[]>>,
): void {
  const bucket = access.dataBucket('UserData');
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:*'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions,
    }),
  );
}

/** Synthesizes a stack with a workload, without the proof, which tests of templates do not look at. */
export function synthesize(props: Partial<PrivateEc2S3AccessProps> = {}, env?: Environment): Synthesized {
  const stack = newStack(env);
  const app = workload(stack, { proveAtSynthesis: false, ...props });
  return { stack, app, template: Template.fromStack(stack) };
}

/** The resources of a type, by logical id. */
export function resources(template: Template, type: string): Record<string, ResourceJson> {
  return template.findResources(type) as Record<string, ResourceJson>;
}

/** The logical ids of the resources of a type. */
export function idsOf(template: Template, type: string): string[] {
  return Object.keys(resources(template, type));
}

/** The only resource of a type. */
export function only(template: Template, type: string): ResourceJson {
  const found = Object.values(resources(template, type));
  if (found.length !== 1) {
    throw new Error(`there are ${found.length} resources of the type ${type}`);
  }
  return found[0];
}

/** The resource that a construct attribute, such as `bucket.bucketName`, refers to. */
export function referred(stack: Stack, template: Template, attribute: string): ResourceJson {
  return (template.toJSON() as { Resources: Record<string, ResourceJson> }).Resources[logicalId(stack, attribute)];
}

/** The logical id of the resource that a construct attribute refers to. */
export function logicalId(stack: Stack, attribute: string): string {
  const reference = stack.resolve(attribute) as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return reference.Ref ?? reference['Fn::GetAtt']?.[0] ?? String(reference);
}

/** The statements of the policy of a resource. */
export function statementsOf({ Properties }: ResourceJson): StatementJson[] {
  const document = Properties.PolicyDocument ?? Properties.KeyPolicy ?? Properties.AssumeRolePolicyDocument;
  return (document as { Statement: StatementJson[] }).Statement;
}

/** The statements of all policies of a type. */
export function statements(template: Template, type: string): StatementJson[] {
  return Object.values(resources(template, type)).flatMap(statementsOf);
}

/** The `Sid`s of statements. */
export function sids(from: readonly { readonly Sid: string }[]): string[] {
  return from.map(({ Sid }) => Sid);
}

/** The statement with a `Sid`. */
export function bySid(from: readonly StatementJson[], sid: string): StatementJson {
  const found = from.filter(({ Sid }) => Sid === sid);
  if (found.length !== 1) {
    throw new Error(`there are ${found.length} statements ${sid} among ${sids(from).join(', ')}`);
  }
  return found[0];
}

/** The policy statements of a bucket, found by its construct. */
export function bucketStatementsOf(stack: Stack, template: Template, bucketName: string): StatementJson[] {
  const ref = logicalId(stack, bucketName);
  const found = Object.values(resources(template, TYPE.bucketPolicy)).filter(
    ({ Properties }) => (Properties.Bucket as { Ref?: string }).Ref === ref,
  );
  if (found.length !== 1) {
    throw new Error(`there are ${found.length} policies of the bucket`);
  }
  return statementsOf(found[0]);
}

/** A value as a list: CloudFormation renders lists of one as scalars in places. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/**
 * A value of a template as the service gets it: `nameOf` says what CloudFormation fills in for `Name` or
 * `Name.Attribute`.
 */
export function filledIn(value: unknown, nameOf: (reference: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map(each => filledIn(each, nameOf));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = value as Record<string, unknown>;
  if (typeof fields.Ref === 'string') {
    return nameOf(fields.Ref);
  }
  if (Array.isArray(fields['Fn::GetAtt'])) {
    return nameOf(fields['Fn::GetAtt'].join('.'));
  }
  if (Array.isArray(fields['Fn::Join'])) {
    const [separator, parts] = fields['Fn::Join'] as [string, unknown[]];
    return parts.map(part => filledIn(part, nameOf)).join(separator);
  }
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, filledIn(each, nameOf)]));
}

/** The texts of the warnings and infos of a stack. */
export function annotations(stack: Stack): string[] {
  const from = Annotations.fromStack(stack);
  const anything = Match.anyValue();
  return [...from.findWarning('*', anything), ...from.findInfo('*', anything)].map(({ entry }) => String(entry.data));
}

/** The warnings and infos of a stack that have a text in them. */
export function annotationsWith(stack: Stack, text: string): string[] {
  return annotations(stack).filter(each => each.includes(text));
}

/** The text of the error that a function throws. */
export function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) {
      return error.message;
    }
    throw error;
  }
  throw new Error('nothing was thrown');
}
