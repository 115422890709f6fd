import { Annotations, Names, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { DECLARATIVE_FIELDS } from './declarative-ec2-guardrails';
import { declarativeEc2Policy, s3BlockPublicAccessPolicy } from './declarative-policies';
import { EXEMPT_ROLE_ARN, Guardrail } from './guardrail';
import { resourceControlStatements, serviceControlStatements } from './guardrail-documents';
import { RESOURCE_CONTROL_FIELDS } from './resource-control-guardrails';
import { SERVICE_CONTROL_FIELDS } from './service-control-guardrails';
import type { WorkloadsOuGuardrailsProps } from './workloads-ou-guardrails-props';
import { ORGANIZATION_ID } from '../access';
import { ORGANIZATIONS_QUOTAS, OrganizationsPolicyType } from '../iam';
import {
  FLAG,
  Fields,
  Problem,
  checkedProps,
  distribute,
  listOf,
  optional,
  otherPartitionProblems,
  refuse,
  sizeOf,
  struct,
  text,
} from '../private';

const TARGET_ID = text({
  allowed: 'the ids of organizational units, such as ou-ab12-11111111, or of accounts',
  fix: 'copy the id of the Workloads OU from the Organizations console; the root would bind every account',
  pattern: /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|\d{12})$/,
});

const DEPLOYMENT_ROLE_NAME = text({
  allowed: 'names of roles, or at least 6 characters of a name with a wildcard at the end',
  fix: 'name the roles that CloudFormation deploys with, such as cdk-hnb659fds-cfn-exec-role-*',
  pattern: /^[\w+=,.@-]{1,64}$|^[\w+=,.@-]{6,63}\*$/,
  isKnown: true,
});

const WORKLOAD_ROLE_ARN = text({
  allowed: 'ARNs of roles, in which * stands for an account or a part of the name',
  fix: 'write the path of the roles, as in arn:aws:iam::*:role/workloads/*, or leave it out for every role',
  pattern: /^arn:aws(-[a-z]+)*:iam::(\d{12}|\*):role\/[\w+=,.@:/*-]+$/,
  isKnown: true,
});

const FIELDS: Fields<WorkloadsOuGuardrailsProps> = {
  organizationId: ORGANIZATION_ID,
  targetIds: listOf(TARGET_ID, TARGET_ID.allowed, TARGET_ID.fix),
  exemptRoleArns: optional(
    listOf(EXEMPT_ROLE_ARN, 'exact ARNs of roles', 'leave it out for nobody', { mayBeEmpty: true }),
  ),
  deploymentRoleNames: optional(listOf(DEPLOYMENT_ROLE_NAME, DEPLOYMENT_ROLE_NAME.allowed, DEPLOYMENT_ROLE_NAME.fix)),
  workloadRoleArns: optional(listOf(WORKLOAD_ROLE_ARN, WORKLOAD_ROLE_ARN.allowed, WORKLOAD_ROLE_ARN.fix)),
  serviceControl: optional(struct(SERVICE_CONTROL_FIELDS)),
  resourceControl: optional(struct(RESOURCE_CONTROL_FIELDS)),
  declarativeEc2: optional(struct(DECLARATIVE_FIELDS)),
  s3BlockPublicAccess: optional(FLAG),
};

/**
 * The guardrails above the accounts of the workloads: service control policies, resource control policies, a
 * declarative policy for EC2 and a policy for S3, attached to the Workloads OU. A mistake in an account below cannot
 * undo them.
 *
 * It belongs into a stack of the management account, or of the delegated administrator for AWS Organizations. Before
 * its first deployment the four policy types must be enabled for the organization; an annotation says how. Attach the
 * policies to an account for tests first: they deny, and they cover what is there already.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/org-management.html
 *
 * @example
 * new WorkloadsOuGuardrails(this, 'Guardrails', {
 *   organizationId: 'o-a1b2c3d4e5',
 *   targetIds: ['ou-ab12-11111111'],
 * });
 */
export class WorkloadsOuGuardrails extends Construct {
  /** The policies, in the order of their types: service control, resource control, declarative for EC2, S3. */
  public readonly policies: CfnPolicy[];

  private readonly targetIds: string[];

  constructor(scope: Construct, id: string, props: WorkloadsOuGuardrailsProps) {
    const valid = checkedProps(
      { type: 'WorkloadsOuGuardrails', scope, id },
      props,
      FIELDS,
      { reads: ['targetIds'], problems: twiceProblems },
      { reads: ['exemptRoleArns'], problems: each => partitionOf(scope, 'exemptRoleArns', each.exemptRoleArns) },
      { reads: ['workloadRoleArns'], problems: each => partitionOf(scope, 'workloadRoleArns', each.workloadRoleArns) },
      {
        reads: ['serviceControl'],
        problems: each => guardrailPartitions(scope, 'serviceControl', each.serviceControl),
      },
      {
        reads: ['resourceControl'],
        problems: each => guardrailPartitions(scope, 'resourceControl', each.resourceControl),
      },
    );
    super(scope, id);
    this.targetIds = [...valid.targetIds].sort();
    const declarativeEc2 = declarativeEc2Policy(valid.declarativeEc2 ?? {});
    this.policies = [
      ...this.addStatements('ServiceControl', 'SERVICE_CONTROL_POLICY', serviceControlStatements(valid)),
      ...this.addStatements('ResourceControl', 'RESOURCE_CONTROL_POLICY', resourceControlStatements(valid)),
      ...this.addContents(
        'DeclarativeEc2',
        'DECLARATIVE_POLICY_EC2',
        declarativeEc2 === undefined ? [] : [declarativeEc2],
      ),
      ...this.addContents('S3', 'S3_POLICY', valid.s3BlockPublicAccess === false ? [] : [s3BlockPublicAccessPolicy()]),
    ];
    this.explainPolicyTypes();
  }

  private addStatements(id: string, type: OrganizationsPolicyType, statements: PolicyStatement[]): CfnPolicy[] {
    const documents =
      statements.length === 0 ? [] : distribute(this, statements, ORGANIZATIONS_QUOTAS[type].characters);
    return this.addContents(
      id,
      type,
      documents.map(each => new PolicyDocument({ minimize: false, statements: each }).toJSON()),
    );
  }

  /** The content is an object, which CloudFormation writes without white space: for a text it would not see drift. */
  private addContents(id: string, type: OrganizationsPolicyType, contents: readonly object[]): CfnPolicy[] {
    refuse(this, this.quotaProblems(id, type, contents));
    return contents.map(
      (content, index) =>
        new CfnPolicy(this, index === 0 ? id : `${id}${index + 1}`, {
          content,
          description: `Guardrails of the Workloads OU, ${index + 1} of ${contents.length}`,
          name: `${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}-${id}-${index + 1}`,
          targetIds: this.targetIds,
          type,
        }),
    );
  }

  private quotaProblems(id: string, type: OrganizationsPolicyType, contents: readonly object[]): Problem[] {
    const { characters, perTarget, takenByAws } = ORGANIZATIONS_QUOTAS[type];
    const prop = `${id[0].toLowerCase()}${id.slice(1)}`;
    const fix = 'exempt fewer roles, or turn guardrails off and attach them elsewhere';
    const longest = Math.max(0, ...contents.map(content => sizeOf(this, content)));
    return [
      ...(longest > characters
        ? [{ prop, got: `a policy of ${longest} characters`, allowed: `${characters} characters`, fix }]
        : []),
      ...(contents.length > perTarget - takenByAws
        ? [
            {
              prop,
              got: `${contents.length} policies`,
              allowed: `${perTarget - takenByAws} policies for one target, beside those of AWS`,
              fix,
            },
          ]
        : []),
    ];
  }

  private explainPolicyTypes(): void {
    const types = [...new Set(this.policies.map(({ type }) => type))];
    const commands = types
      .map(type => `aws organizations enable-policy-type --root-id r-... --policy-type ${type}`)
      .join('; ');
    Annotations.of(this).addInfoV2(
      'cdk-private-ec2-s3-access:organizationPolicyTypes',
      `${this.node.path}: enable the policy types before the first deployment, once for the organization, ` +
        `from its management account: ${commands}`,
    );
  }
}

/** CloudFormation takes a list without a target twice. */
function twiceProblems({ targetIds }: WorkloadsOuGuardrailsProps): Problem[] {
  return [...new Set(targetIds.filter((each, index) => targetIds.indexOf(each) !== index))].map(got => ({
    prop: 'targetIds',
    got,
    allowed: 'each target once',
    fix: 'leave out what is there twice',
  }));
}

function partitionOf(scope: Construct, prop: string, arns: readonly string[] | undefined): Problem[] {
  return otherPartitionProblems(prop, arns, Stack.of(scope).region);
}

/** Roles that single guardrails spare. */
function guardrailPartitions(scope: Construct, prop: string, guardrails: object = {}): Problem[] {
  return Object.entries(guardrails).flatMap(([name, { exemptRoleArns }]: [string, Partial<Guardrail>]) =>
    partitionOf(scope, `${prop}.${name}`, exemptRoleArns),
  );
}
