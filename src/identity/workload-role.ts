import { Annotations } from 'aws-cdk-lib';
import {
  AddToPrincipalPolicyResult,
  Effect,
  IManagedPolicy,
  Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessList } from '../access';
import { RolePolicies } from './role-policies';

/** Properties of a `WorkloadRole`. */
export interface WorkloadRoleProps {
  /**
   * The access list that the role's policies follow.
   *
   * @default - that of the PrivateEc2S3Access, in the same stack, that gets this role as its `role`
   */
  readonly accessList?: AccessList;

  /**
   * What the role is for. At most 1,000 characters.
   *
   * @default - names the construct
   */
  readonly description?: string;

  /**
   * The path of the role, with a slash at both ends.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * The permissions boundary of the role.
   *
   * @default - none, or that of the enclosing scope
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * The name of the role.
   *
   * @default - CloudFormation generates a name
   */
  readonly roleName?: string;
}

/**
 * The role of the workload: EC2 alone can assume it, it has customer-managed policies only, and its S3 actions follow
 * the access list. Its temporary credentials come from the instance metadata service and are renewed there.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 */
export class WorkloadRole extends Role {
  private readonly policies: RolePolicies;

  constructor(scope: Construct, id: string, props: WorkloadRoleProps = {}) {
    super(scope, id, {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: props.description ?? `Reads and writes the data buckets of ${scope.node.path}`,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      roleName: props.roleName,
    });
    this.policies = new RolePolicies(this, 'Policies', { role: this, accessList: props.accessList });
  }

  /**
   * Adds a statement to the role's managed policy. An S3 grant that is made here raises a warning: endpoint and
   * bucket do not know it, so it opens nothing.
   *
   * @param statement the statement
   */
  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.policies.addStatement(statement);
    const grantsS3 = [...statement.actions, ...statement.notActions.map(() => '*')].some(action =>
      /^(\*|s3:.*)$/i.test(action),
    );
    if (grantsS3 && statement.effect === Effect.ALLOW) {
      this.warn(
        statement.notActions.length > 0
          ? `everything but ${statement.notActions.join(', ')}`
          : statement.actions.join(', '),
      );
    }
    return { statementAdded: true, policyDependable: this.policies };
  }

  /**
   * Attaches a managed policy, and warns: what it grants on S3, endpoint and bucket do not know.
   *
   * @param policy the managed policy
   */
  public addManagedPolicy(policy: IManagedPolicy): void {
    super.addManagedPolicy(policy);
    this.warn(`the managed policy ${policy.managedPolicyArn.split('/').pop()}`);
  }

  /**
   * Attaches an inline policy, and warns: what it grants on S3, endpoint and bucket do not know.
   *
   * @param policy the inline policy
   */
  public attachInlinePolicy(policy: Policy): void {
    super.attachInlinePolicy(policy);
    this.warn(`the inline policy ${policy.node.path}`);
  }

  private warn(what: string): void {
    Annotations.of(this).addWarningV2(
      'cdk-private-ec2-s3-access:grantAroundAccessList',
      `${this.node.path}: ${what} was granted around the access list, so the endpoint policy and the ` +
        'bucket policy do not allow what it says of S3. ' +
        'Grant it with accessList.allow, or with the access of the data bucket',
    );
  }

  /**
   * The managed policies, for statements of this library.
   *
   * @internal
   */
  public get _policies(): RolePolicies {
    return this.policies;
  }
}
