import { Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessList, rolePartitionProblems } from '../access';
import { inlineStatements } from './granted-statements';
import { RolePolicies } from './role-policies';
import { credentialBindingStatements, roleStatements } from '../policies';
import {
  announce,
  isConcrete,
  isOwnedBy,
  managerOf,
  Problem,
  refuse,
  RequiredPolicyKind,
  roleArnOf,
  unless,
} from '../private';

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

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AdoptedRoleProps,
  ) {
    super(scope, id);
    if (isOwnedBy(Stack.of(this), props.role)) {
      this.policies = new RolePolicies(this, 'Policies', props);
    } else {
      props.accessList._followers.push(props.role);
      announce(this, {
        id: 'requiredRoleStatements',
        kind: RequiredPolicyKind.ROLE,
        resource: roleArnOf(props.role),
        account: props.role.env.account,
        text:
          `the policies of the role ${props.role.node.path} are not touched, because another stack or account ` +
          'owns it; its owner must attach a managed policy with',
        statements: () => this.requiredStatements,
      });
    }
  }

  /** The statements that the owner of the role must attach to it; empty where this stack attaches them. */
  public get requiredStatements(): PolicyStatement[] {
    const { accessList, role } = this.props;
    const granted = () => [
      ...roleStatements(accessList, role, Stack.of(this).region),
      ...this.added,
      ...credentialBindingStatements(accessList),
    ];
    return this.policies === undefined ? granted() : [];
  }

  /** The statements beside those of the access list: of this construct, and what the CDK granted the role. */
  public get addedStatements(): PolicyStatement[] {
    return [...this.added, ...inlineStatements(this.props.role, Stack.of(this))];
  }

  /** Adds a statement beside those of the access list. */
  public addStatement(statement: PolicyStatement, wildcardReason?: string): void {
    this.added.push(statement);
    this.policies?.addStatement(statement, wildcardReason);
  }
}

/**
 * Makes a role that exists follow an access list: a WorkloadRole without a list of its own by its policies, any other
 * role by an `AdoptedRole`.
 */
export function adoptRole(parent: Construct, role: IRole, accessList: AccessList): RolePolicies | AdoptedRole {
  const policies = managerOf(role) as RolePolicies | undefined;
  if (policies === undefined) {
    return new AdoptedRole(parent, 'AdoptedRole', { role, accessList });
  }
  refuse(parent, managedProblems(role, policies, Stack.of(parent)));
  policies.follow(accessList);
  return policies;
}

/** A role has policies of one list, in the stack of what they name. */
function managedProblems(role: IRole, { accessList }: RolePolicies, stack: Stack): Problem[] {
  return [
    ...(accessList === undefined
      ? []
      : [
          {
            prop: 'role',
            got: role,
            allowed: 'a role of no other workload',
            fix: 'make a role for each workload',
          },
        ]),
    ...(Stack.of(role) === stack
      ? []
      : [
          {
            prop: 'role',
            got: role,
            allowed: `a role of the stack ${stack.node.path}: its policies name the endpoint and the buckets`,
            fix: 'make it in this stack',
          },
        ]),
  ];
}

/** What is wrong with a role that exists, in the stack of the workload: an instance profile holds roles of its own account only. */
export function roleProblems(role: IRole | undefined, stack: Stack): Problem[] {
  if (role === undefined) {
    return [];
  }
  const { account, region } = stack;
  const owner = role.env.account;
  const policies = managerOf(role) as RolePolicies | undefined;
  return [
    ...unless(!isConcrete(owner) || !isConcrete(account) || owner === account, {
      prop: 'role',
      got: role,
      allowed: `a role of the account ${account}: instance profiles hold no others`,
      fix: 'leave it out, or name a role of this account',
    }),
    ...rolePartitionProblems('role', role, region),
    ...(policies === undefined ? [] : managedProblems(role, policies, stack)),
  ];
}
