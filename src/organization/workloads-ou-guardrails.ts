import { Annotations, Names } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { declarativeEc2Policy, s3BlockPublicAccessPolicy } from './declarative-policies';
import { resourceControlStatements, serviceControlStatements } from './guardrail-documents';
import { guardrailsProblems } from './guardrails-problems';
import type { WorkloadsOuGuardrailsProps } from './workloads-ou-guardrails-props';
import { ORGANIZATIONS_QUOTAS, OrganizationsPolicyType } from '../iam';
import { distribute, Problem, refuse, sizeOf } from '../private';

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
 */
export class WorkloadsOuGuardrails extends Construct {
  /** The policies, in the order of their types: service control, resource control, declarative for EC2, S3. */
  public readonly policies: CfnPolicy[];

  private readonly targetIds: string[];

  constructor(scope: Construct, id: string, props: WorkloadsOuGuardrailsProps) {
    super(scope, id);
    refuse(this, guardrailsProblems(props));
    this.targetIds = [...props.targetIds].sort();
    const declarativeEc2 = declarativeEc2Policy(props.declarativeEc2 ?? {});
    this.policies = [
      ...this.addStatements('ServiceControl', 'SERVICE_CONTROL_POLICY', serviceControlStatements(props)),
      ...this.addStatements('ResourceControl', 'RESOURCE_CONTROL_POLICY', resourceControlStatements(props)),
      ...this.addContents(
        'DeclarativeEc2',
        'DECLARATIVE_POLICY_EC2',
        declarativeEc2 === undefined ? [] : [declarativeEc2],
      ),
      ...this.addContents('S3', 'S3_POLICY', props.s3BlockPublicAccess === false ? [] : [s3BlockPublicAccessPolicy()]),
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
