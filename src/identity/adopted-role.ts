import { Resource, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessList } from './access-list';
import { RolePolicies } from './role-policies';
import { credentialBindingStatements, roleStatements } from '../perimeter/role-policy';
import { announce } from '../private/announce';
import { Problem } from '../private/errors';
import { isConcrete } from '../private/tokens';

/** Properties of an `AdoptedRole`. */
export interface AdoptedRoleProps {
  /** The role that exists. */
  readonly role: IRole;

  /** The access list that its policies follow. */
  readonly accessList: AccessList;
}

/**
 * A workload role that exists. If this stack owns it, managed policies are attached to it; else nothing is touched, and
 * what its owner must attach is announced.
 */
export class AdoptedRole extends Construct {
  private readonly added: PolicyStatement[] = [];
  private readonly policies?: RolePolicies;

  constructor(scope: Construct, id: string, private readonly props: AdoptedRoleProps) {
    super(scope, id);
    if (Resource.isOwnedResource(props.role) && Stack.of(props.role) === Stack.of(this)) {
      this.policies = new RolePolicies(this, 'Policies', props);
    } else {
      announce(this, {
        id: 'requiredRoleStatements',
        text: `the policies of the role ${props.role.node.path} are not touched, because another stack or account owns it; its owner must attach a managed policy with`,
        statements: () => this.requiredStatements,
      });
    }
  }

  /** The statements that the owner of the role must attach to it; empty where this stack attaches them. */
  public get requiredStatements(): PolicyStatement[] {
    const { accessList, role } = this.props;
    const granted = () => [...roleStatements(accessList, role, Stack.of(this).region), ...this.added, ...credentialBindingStatements(accessList)];
    return this.policies === undefined ? granted() : [];
  }

  /** Adds a statement beside those of the access list. */
  public addStatement(statement: PolicyStatement, wildcardReason?: string): void {
    this.added.push(statement);
    this.policies?.addStatement(statement, wildcardReason);
  }
}

/** What is wrong with a role that exists: an instance profile holds roles of its own account only. */
export function roleProblems(role: IRole | undefined, account: string): Problem[] {
  const owner = role?.env.account;
  return isConcrete(owner) && isConcrete(account) && owner !== account ? [{
    prop: 'role', got: role, allowed: `a role of the account ${account}: instance profiles hold no others`, fix: 'leave it out, or name a role of this account',
  }] : [];
}
