import { Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy, Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A statement of an identity policy, as the CDK renders it: one member or a list of them, texts or functions. */
interface RenderedStatement {
  readonly Sid?: string;
  readonly Effect?: Effect;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Record<string, unknown>;
}

/**
 * What the CDK granted a role that exists, in a stack: its grants make inline policies below it. Those of another stack
 * name what is there, and stay there. To be asked when the tree is complete.
 */
export function inlineStatements(role: IRole, stack: Stack): PolicyStatement[] {
  return role.node
    .findAll()
    .filter(node => CfnPolicy.isCfnPolicy(node))
    .filter(policy => policy.stack === stack)
    .flatMap(({ policyDocument }) => {
      const { Statement = [] } = stack.resolve(policyDocument) as { Statement?: RenderedStatement[] };
      return Statement.map(fromRendered);
    });
}

function fromRendered(statement: RenderedStatement): PolicyStatement {
  return new PolicyStatement({
    sid: statement.Sid,
    effect: statement.Effect,
    actions: textsOf(statement.Action),
    notActions: textsOf(statement.NotAction),
    resources: textsOf(statement.Resource),
    notResources: textsOf(statement.NotResource),
    conditions: statement.Condition,
  });
}

function textsOf(values: unknown): string[] | undefined {
  return values === undefined ? undefined : [values].flat().map(each => Token.asString(each));
}
