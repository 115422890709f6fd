import { App, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { PolicyJson } from '../../src/verification/policy';

/** The account, Region and partition that the templates of the tests are read for. */
export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::Region': REGION, 'AWS::URLSuffix': 'amazonaws.com',
};

/** The policies of a synthesized stack as CloudFormation would deploy them, with made-up names for what it creates. */
export class DeployedStack {
  private readonly resources: Record<string, Resource>;

  constructor(source: ((stack: Stack) => void) | DeployedStack, env?: Environment) {
    this.resources = source instanceof DeployedStack ? source.resources : synthesize(source, env);
  }

  /** The logical ids of the resources of a type whose logical id contains a part of their construct path. */
  public ids(type: string, part = ''): string[] {
    return Object.keys(this.resources).filter(id => this.resources[id].Type === type && id.includes(part));
  }

  /** The only such resource's logical id. */
  public id(type: string, part = ''): string {
    const ids = this.ids(type, part);
    if (ids.length !== 1) { throw new Error(`${ids.length} resources of type ${type} with ${part}`); }
    return ids[0];
  }

  /** A property of a resource, resolved. */
  public property<T>(id: string, name: string): T {
    return this.resolve(this.resources[id].Properties[name]) as T;
  }

  public arn(id: string): string {
    return this.attribute(id, 'Arn');
  }

  public ref(id: string): string {
    return this.resolve({ Ref: id }) as string;
  }

  /** The managed policies of the workload's role. */
  public rolePolicies(): PolicyJson[] {
    return this.ids('AWS::IAM::ManagedPolicy').map(id => this.property<PolicyJson>(id, 'PolicyDocument'));
  }

  public endpointPolicy(): PolicyJson {
    return this.property(this.ids('AWS::EC2::VPCEndpoint', 'S3Endpoint')[0], 'PolicyDocument');
  }

  public keyPolicy(): PolicyJson {
    return this.property(this.id('AWS::KMS::Key'), 'KeyPolicy');
  }

  public bucketPolicy(part: string): PolicyJson {
    return this.property(this.id('AWS::S3::BucketPolicy', part), 'PolicyDocument');
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) { return value.map(each => this.resolve(each)); }
    if (typeof value !== 'object' || value === null) { return value; }
    const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as { 'Ref'?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
    if (ref !== undefined) { return PSEUDO[ref] ?? this.name(ref); }
    if (attribute !== undefined) { return this.attribute(attribute[0], attribute[1]); }
    if (join !== undefined) { return (this.resolve(join[1]) as string[]).join(join[0]); }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.resolve(each)]));
  }

  private name(id: string): string {
    const { Type, Properties } = this.resources[id];
    switch (Type) {
      case 'AWS::S3::Bucket': return (Properties.BucketName as string | undefined) ?? id.toLowerCase();
      case 'AWS::EC2::VPCEndpoint': return `vpce-${id.toLowerCase()}`;
      case 'AWS::EC2::VPC': return 'vpc-workload';
      default: return id;
    }
  }

  private attribute(id: string, attribute: string): string {
    const { Type } = this.resources[id];
    const arns: Readonly<Record<string, string>> = {
      'AWS::S3::Bucket': `arn:aws:s3:::${this.name(id)}`,
      'AWS::IAM::Role': `arn:aws:iam::${ACCOUNT}:role/${id}`,
      'AWS::KMS::Key': `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
    };
    if (attribute !== 'Arn' || arns[Type] === undefined) { return `${id}.${attribute}`; }
    return arns[Type];
  }
}

function synthesize(define: (stack: Stack) => void, env?: Environment): Record<string, Resource> {
  const stack = new Stack(new App(), 'Training', { env });
  define(stack);
  return (Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> }).Resources;
}
