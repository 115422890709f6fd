import { AspectPriority, Aspects, Lazy } from 'aws-cdk-lib';
import { CfnManagedPolicy, IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ACCEPTED_ON_ROLE } from './accepted-findings';
import { AccessList } from './access-list';
import { roleStatements } from '../perimeter/role-policy';
import { acknowledge } from '../private/acknowledgements';
import { describe } from '../private/errors';
import { POLICY_LIMITS, distribute } from '../private/policy-sizes';

/** The quota of managed policies for one role. */
const MOST_POLICIES = 10;

/** Properties of `RolePolicies`. */
export interface RolePoliciesProps {
  /** The role that the policies are attached to. */
  readonly role: IRole;

  /** The access list that the policies follow. */
  readonly accessList: AccessList;
}

/**
 * The customer-managed policies of a role: as many as its statements need. They are counted when the tree is complete,
 * because buckets can be granted until then.
 */
export class RolePolicies extends Construct {
  private readonly added: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, private readonly props: RolePoliciesProps) {
    super(scope, id);
    this.attach(1);
    Aspects.of(this).add({ visit: node => node === this && this.attachAll() }, { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Adds a statement beside those of the access list. */
  public addStatement(statement: PolicyStatement): void {
    this.added.push(statement);
  }

  private documents(): PolicyStatement[][] {
    const statements = [...roleStatements(this.props.accessList, this.props.role), ...this.added];
    return distribute(this, statements, POLICY_LIMITS.managedPolicy);
  }

  private attachAll(): void {
    this.documents().forEach((_, index) => this.attach(index + 1));
  }

  private attach(number: number): void {
    const id = number === 1 ? 'Policy' : `Policy${number}`;
    if (this.node.tryFindChild(id) !== undefined) { return; }
    const policy = new CfnManagedPolicy(this, id, {
      description: 'What the workload may do in its data buckets',
      policyDocument: Lazy.any({ produce: () => new PolicyDocument({ minimize: false, statements: this.documents()[number - 1] }) }),
      roles: [this.props.role.roleName],
    });
    acknowledge(policy, ...ACCEPTED_ON_ROLE);
  }

  private problems(): string[] {
    const { accessList, role } = this.props;
    const count = this.documents().length;
    return [
      ...accessList.vpcEndpointIds.length > 0 ? [] : [{
        prop: 'accessList', got: [], allowed: 'a list with an S3 endpoint', fix: 'make an S3Endpoint with the list',
      }],
      ...count <= MOST_POLICIES ? [] : [{
        prop: 'accessList',
        got: `statements for ${count} managed policies`,
        allowed: `${MOST_POLICIES} managed policies of ${POLICY_LIMITS.managedPolicy} characters, the quota of one role`,
        fix: 'give buckets the same access so that statements merge, or split the workload into several with a role each',
      }],
    ].map(problem => describe(role, problem));
  }
}
