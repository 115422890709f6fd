import { Resource, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import { WorkloadSecurityGroupProps, openPathToS3 } from './workload-security-group';
import { warnWhenComplete } from '../private';

/** Properties of an `AdoptedSecurityGroup`. */
export interface AdoptedSecurityGroupProps extends WorkloadSecurityGroupProps {
  /** The security group that exists. */
  readonly securityGroup: ISecurityGroup;
}

/**
 * A security group of the workload that exists. It gets the egress rules that lead to S3 and what remote access
 * needs: in its own resource where this stack owns it, else as rules beside it, in this stack. Where the CDK adds no
 * rule, because it is imported as immutable or as one that lets everything out, what its owner must see to is
 * announced.
 */
export class AdoptedSecurityGroup extends Construct {
  /** The security group, to place instances in. */
  public readonly securityGroup: ISecurityGroup;

  /** The rules that are made beside the security group: instances wait for them. */
  public readonly ready: IDependable;

  private readonly made = new DependencyGroup();
  /** What the owner of the security group must allow, and nothing beside it; empty where the rules are made here. */
  private readonly required: string[] = [];

  constructor(scope: Construct, id: string, props: AdoptedSecurityGroupProps) {
    super(scope, id);
    const { securityGroup } = props;
    this.ready = this.made;
    this.securityGroup = this.adopt(securityGroup);
    openPathToS3(this.securityGroup, props);
    warnWhenComplete(this, 'requiredSecurityGroupRules', () =>
      this.required.length === 0
        ? undefined
        : `the rules of the security group ${securityGroup.node.path} are not touched; its owner must allow ` +
          `nothing but: ${this.required.join(', ')}`,
    );
  }

  /** A group of another stack would get rules there that name what is in this one: a reference in each direction. */
  private adopt(securityGroup: ISecurityGroup): ISecurityGroup {
    if (!Resource.isOwnedResource(securityGroup)) {
      return this.observed(securityGroup);
    }
    return Stack.of(securityGroup) === Stack.of(this)
      ? securityGroup
      : this.observed(
          SecurityGroup.fromSecurityGroupId(this, 'Imported', securityGroup.securityGroupId, {
            allowAllOutbound: false,
          }),
        );
  }

  /** The group, of which it is known what becomes of its rules. */
  private observed(target: ISecurityGroup): ISecurityGroup {
    const group = SecurityGroup.fromSecurityGroupId(this, 'Group', target.securityGroupId, { mutable: false });
    group.addEgressRule = (peer, port, description) =>
      this.addRule(
        target,
        () => target.addEgressRule(peer, port, description),
        `out ${port.toString()} to ${this.nameOf(peer.toEgressRuleConfig())} (${description})`,
      );
    group.addIngressRule = (peer, port, description) =>
      this.addRule(
        target,
        () => target.addIngressRule(peer, port, description),
        `in ${port.toString()} from ${this.nameOf(peer.toIngressRuleConfig())} (${description})`,
      );
    return group;
  }

  private addRule(target: ISecurityGroup, add: () => void, rule: string): void {
    const before = new Set(target.node.children);
    add();
    const rules = target.node.children.filter(child => !before.has(child));
    this.made.add(...rules);
    if (rules.length === 0) {
      this.required.push(rule);
    }
  }

  private nameOf(peer: object): string {
    const resolved: unknown = Stack.of(this).resolve(Object.values(peer)[0]);
    return typeof resolved === 'string' ? resolved : 'the security group of the endpoint';
  }
}
