import { App, Environment, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { PolicyJson } from '../../src/iam';

/** The account, Region and partition that the templates of the tests are read for. */
export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

/** A key policy that leaves it to the IAM policies of the account, as the CDK makes it. */
export const DELEGATED: PolicyJson = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Delegate',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

interface Synthesized {
  readonly stack: Stack;
  readonly resources: Record<string, Resource>;
}

/** The policies of a synthesized stack as CloudFormation would deploy them, with made-up names for what it creates. */
export class DeployedStack {
  /** The account that the stack is deployed to. */
  public readonly account: string;
  private readonly synthesized: Synthesized;
  private readonly stack: Stack;
  private readonly resources: Record<string, Resource>;

  constructor(source: ((stack: Stack) => void) | DeployedStack | Stack, env?: Environment) {
    const synthesized =
      source instanceof DeployedStack
        ? source.synthesized
        : source instanceof Stack
          ? read(source)
          : synthesize(source, env);
    this.synthesized = synthesized;
    this.stack = synthesized.stack;
    this.resources = synthesized.resources;
    this.account = Token.isUnresolved(this.stack.account) ? ACCOUNT : this.stack.account;
  }

  /** The logical ids of the resources of a type whose logical id contains a part of their construct path. */
  public ids(type: string, part = ''): string[] {
    return Object.keys(this.resources).filter(id => this.resources[id].Type === type && id.includes(part));
  }

  /** The only such resource's logical id. */
  public id(type: string, part = ''): string {
    const ids = this.ids(type, part);
    if (ids.length !== 1) {
      throw new Error(`${ids.length} resources of type ${type} with ${part}`);
    }
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

  /** The managed policies of a role by its logical id; without one, those of the workload's, which is the only one. */
  public rolePolicies(role?: string): PolicyJson[] {
    return this.ids('AWS::IAM::ManagedPolicy')
      .filter(
        id => role === undefined || (this.property<string[] | undefined>(id, 'Roles') ?? []).includes(this.ref(role)),
      )
      .map(id => this.property<PolicyJson>(id, 'PolicyDocument'));
  }

  /** Statements that the constructs ask others to add, as these would add them. */
  public document(statements: PolicyStatement[]): PolicyJson {
    return this.resolve(this.stack.resolve(new PolicyDocument({ minimize: false, statements }))) as PolicyJson;
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
    if (Array.isArray(value)) {
      return value.map(each => this.resolve(each));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const {
      Ref: ref,
      'Fn::GetAtt': attribute,
      'Fn::Join': join,
    } = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
    if (ref !== undefined) {
      return this.pseudo(ref) ?? this.name(ref);
    }
    if (attribute !== undefined) {
      return this.attribute(attribute[0], attribute[1]);
    }
    if (join !== undefined) {
      return (this.resolve(join[1]) as string[]).join(join[0]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.resolve(each)]));
  }

  private pseudo(name: string): string | undefined {
    const values: Readonly<Record<string, string>> = {
      'AWS::AccountId': this.account,
      'AWS::Partition': 'aws',
      'AWS::Region': REGION,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    return values[name];
  }

  private name(id: string): string {
    const { Type, Properties } = this.resources[id];
    switch (Type) {
      case 'AWS::IAM::Role':
        return (Properties.RoleName as string | undefined) ?? id;
      case 'AWS::S3::Bucket':
        return (Properties.BucketName as string | undefined) ?? id.toLowerCase();
      case 'AWS::EC2::VPCEndpoint':
        return `vpce-${id.toLowerCase()}`;
      case 'AWS::EC2::VPC':
        return 'vpc-workload';
      default:
        return id;
    }
  }

  private attribute(id: string, attribute: string): string {
    const { Type, Properties } = this.resources[id];
    const arns: Readonly<Record<string, string>> = {
      'AWS::S3::Bucket': `arn:aws:s3:::${this.name(id)}`,
      'AWS::IAM::Role': `arn:aws:iam::${this.account}:role${(Properties.Path as string | undefined) ?? '/'}${this.name(id)}`,
      'AWS::KMS::Key': `arn:aws:kms:${REGION}:${this.account}:key/${id}`,
    };
    if (attribute !== 'Arn' || arns[Type] === undefined) {
      return `${id}.${attribute}`;
    }
    return arns[Type];
  }
}

function synthesize(define: (stack: Stack) => void, env?: Environment): Synthesized {
  const stack = new Stack(new App(), 'Training', { env });
  define(stack);
  return read(stack);
}

function read(stack: Stack): Synthesized {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  const resources = Object.entries(Resources).map(
    ([id, each]) => [id, { ...each, Properties: each.Properties ?? {} }] as const,
  );
  return { stack, resources: Object.fromEntries(resources) };
}
