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
import { Construct, IConstruct } from 'constructs';
import { RolePolicies } from './role-policies';
import { ACCESS_LIST, AccessList, declareAccess } from '../access';
import { Fields, INLINE_POLICY, MANAGED_POLICY, STATEMENT, checked, checkedProps, optional, text } from '../private';

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
   * The permissions boundary of the role. Only the first request tells whether it allows what the role needs.
   *
   * @default - none, or that of the enclosing scope
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * The name of the role, unique in the account: only the deployment tells whether there is one already.
   *
   * @default - CloudFormation generates a name
   */
  readonly roleName?: string;
}

/** What IAM takes as description of a role: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DESCRIPTION = text({
  allowed: '1 to 1,000 characters up to U+00FF, the only ones of IAM',
  fix: 'describe it in Latin letters',
  pattern: /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{1,1000}$/,
});

const PATH = text({
  allowed: 'a path of printable ASCII characters, with a slash at both ends, of 512 characters at the most',
  fix: 'write such as /workloads/, or leave it out',
  pattern: /^(?=.{1,512}$)\/([!-~]+\/)?$/,
});

const ROLE_NAME = text({
  allowed: '1 to 64 letters, digits and any of _+=,.@-',
  fix: 'choose another name, or leave it out to have one generated',
  pattern: /^[\w+=,.@-]{1,64}$/,
});

const FIELDS: Fields<WorkloadRoleProps> = {
  accessList: optional(ACCESS_LIST),
  description: optional(DESCRIPTION),
  path: optional(PATH),
  permissionsBoundary: optional(MANAGED_POLICY),
  roleName: optional(ROLE_NAME),
};

/**
 * The role of the workload: EC2 alone can assume it, it has customer-managed policies only, and its S3 actions follow
 * the access list. Its temporary credentials come from the instance metadata service and are renewed there.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 */
export class WorkloadRole extends Role {
  private readonly policies: RolePolicies;

  constructor(scope: Construct, id: string, props?: WorkloadRoleProps) {
    const valid = checkedProps({ type: 'WorkloadRole', scope, id }, props, FIELDS);
    super(scope, id, {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: valid.description ?? describing(scope),
      path: valid.path,
      permissionsBoundary: valid.permissionsBoundary,
      roleName: valid.roleName,
    });
    if (valid.accessList !== undefined) {
      declareAccess(this, { accessList: valid.accessList, role: this }, { isOfParts: true });
    }
    this.policies = new RolePolicies(this, 'Policies', { role: this, accessList: valid.accessList });
  }

  /**
   * Adds a statement to the role's managed policy. An S3 grant that is made here raises a warning: endpoint and
   * bucket do not know it, so it opens nothing.
   *
   * @param statement the statement
   */
  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    checked(
      this,
      { statement },
      { statement: STATEMENT },
      {
        reads: ['statement'],
        problems: () => this.policies.accessList?._lateProblems('statement', statement.sid) ?? [],
      },
    );
    this.policies.addStatement(statement);
    warnOfS3Grant(this, statement);
    return { statementAdded: true, policyDependable: this.policies };
  }

  /**
   * Attaches a managed policy, and warns: what it grants on S3, endpoint and bucket do not know.
   *
   * @param policy the managed policy
   */
  public addManagedPolicy(policy: IManagedPolicy): void {
    checked(this, { policy }, { policy: MANAGED_POLICY });
    super.addManagedPolicy(policy);
    warnOfGrant(this, `the managed policy ${policy.managedPolicyArn.split('/').pop()}`);
  }

  /**
   * Attaches an inline policy, and warns: what it grants on S3, endpoint and bucket do not know.
   *
   * @param policy the inline policy
   */
  public attachInlinePolicy(policy: Policy): void {
    checked(this, { policy }, { policy: INLINE_POLICY });
    super.attachInlinePolicy(policy);
    warnOfGrant(this, `the inline policy ${policy.node.path}`);
  }

  /** The managed policies, for statements of this library. */
  public get _policies(): RolePolicies {
    return this.policies;
  }
}

/** Warns of a statement that grants something on S3. */
export function warnOfS3Grant(construct: IConstruct, { actions, effect, notActions }: PolicyStatement): void {
  const grantsS3 = [...actions, ...notActions.map(() => '*')].some(action => /^(\*|s3:.*)$/i.test(action));
  if (grantsS3 && effect === Effect.ALLOW) {
    warnOfGrant(construct, notActions.length > 0 ? `everything but ${notActions.join(', ')}` : actions.join(', '));
  }
}

function warnOfGrant(construct: IConstruct, what: string): void {
  Annotations.of(construct).addWarningV2(
    'cdk-private-ec2-s3-access:grantAroundAccessList',
    `${construct.node.path}: ${what} was granted around the access list, so the endpoint policy and the ` +
      'bucket policy do not allow what it says of S3. Grant it with the access of the data bucket',
  );
}

/** A construct path may have characters, or a length, that the description of a role has not. */
function describing({ node }: Construct): string {
  const description = `Reads and writes the data buckets of ${node.path}`;
  return DESCRIPTION.problems('description', description).length === 0
    ? description
    : 'Reads and writes the data buckets of its stack';
}
