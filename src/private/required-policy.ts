import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** What a policy is attached to that somebody else must complete. */
export enum RequiredPolicyKind {
  /** An access point of a bucket that exists: its policy is these statements. */
  ACCESS_POINT = 'access-point',

  /** A bucket: the statements are added to its policy. */
  BUCKET = 'bucket',

  /** A KMS key: the statements are added to its policy. */
  KEY = 'key',

  /** A role: a managed policy with these statements is attached to it. */
  ROLE = 'role',

  /** A VPC endpoint: on S3 its policy may allow nothing else; for other services the statements are added. */
  VPC_ENDPOINT = 'vpc-endpoint',
}

/** What somebody else must attach to what they own, because this stack does not touch it. */
export interface RequiredPolicy {
  /** The account that the resource is in; a token where it is that of a stack without a concrete one. */
  readonly account: string;

  /**
   * The statements as a policy document in JSON, such as for an output; a token where CloudFormation has to fill in
   * names.
   */
  readonly document: string;

  /** What the resource is. */
  readonly kind: RequiredPolicyKind;

  /** The resource: its ARN, or the id of a VPC endpoint. */
  readonly resource: string;

  /** The statements: what was granted so far. */
  readonly statements: PolicyStatement[];
}

/** A policy that somebody else must complete; without statements there is nothing to do. */
export interface Requirement extends Pick<RequiredPolicy, 'account' | 'kind' | 'resource'> {
  readonly statements: () => PolicyStatement[];
}

const REQUIREMENTS = new WeakMap<IConstruct, Requirement[]>();

/** Notes what somebody else must do for a construct. */
export function requirePolicy(construct: IConstruct, requirement: Requirement): void {
  REQUIREMENTS.set(construct, [...(REQUIREMENTS.get(construct) ?? []), requirement]);
}

/** What others must do for a construct and for what is below it. */
export function requiredPoliciesOf(scope: IConstruct): RequiredPolicy[] {
  return scope.node
    .findAll()
    .flatMap(construct =>
      (REQUIREMENTS.get(construct) ?? []).flatMap(requirement => policiesOf(Stack.of(construct), requirement)),
    );
}

function policiesOf(stack: Stack, { statements: render, ...about }: Requirement): RequiredPolicy[] {
  const statements = render();
  if (statements.length === 0) {
    return [];
  }
  const json = stack.toJsonString({
    Version: '2012-10-17',
    Statement: statements.map(each => each.toStatementJson()),
  });
  const resolved: unknown = stack.resolve(json);
  return [{ ...about, statements, document: typeof resolved === 'string' ? resolved : json }];
}
