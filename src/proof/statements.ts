import { anyOf, asList, ConditionJson, PolicyJson, StatementJson, statementsOn, wildcardMatch } from '../iam';

/** A condition of a statement, as a statement of its own. */
export interface ConditionPart {
  readonly Effect: 'Allow';
  readonly Condition: ConditionJson;
}

/**
 * Whether a statement can apply to an action on a resource, under conditions. A resource with a policy variable can
 * be any.
 */
export function isAbout(statement: StatementJson, action: string, arn: string): boolean {
  const name = action.toLowerCase();
  const acts = (patterns: StatementJson['Action']) => anyOf(patterns, each => wildcardMatch(each.toLowerCase(), name));
  const { Action, NotAction } = statement;
  return (Action !== undefined ? acts(Action) : !acts(NotAction)) && isOn(statement, arn);
}

/** Whether a statement can apply to a resource, under conditions. */
export function isOn({ Resource, NotResource }: StatementJson, arn: string): boolean {
  const covers = (patterns: StatementJson['Resource']) =>
    anyOf(patterns, each => each.includes('${') || wildcardMatch(each, arn));
  if (Resource !== undefined) {
    return covers(Resource);
  }
  return NotResource === undefined || asList(NotResource).some(each => each.includes('${')) || !covers(NotResource);
}

/** The statements of a policy that can apply to an action on a resource, under conditions. */
export function statementsAbout(policy: PolicyJson, action: string, arn: string): readonly StatementJson[] {
  const statements = asList(policy.Statement);
  return statementsOn(policy, arn)
    .map(index => statements[index])
    .filter(each => isAbout(each, action, arn));
}

/** The statements that name whom they let in, without Denies of somebody by name: those say nothing of all others. */
export function lettingIn(policy: PolicyJson | undefined): PolicyJson {
  return {
    ...policy,
    Statement: asList(policy?.Statement).filter(
      ({ Effect, Condition = {} }) =>
        Effect === 'Allow' || Object.keys(Condition).some(operator => /Not|Null/i.test(operator)),
    ),
  };
}

/** The conditions of a statement, one by one. */
export function conditionsOf(statement: StatementJson): readonly ConditionPart[] {
  const known =
    CONDITIONS.get(statement) ??
    Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, expected]): ConditionPart => ({
        Effect: 'Allow',
        Condition: { [operator]: { [key]: expected } },
      })),
    );
  CONDITIONS.set(statement, known);
  return known;
}

/** Statements never change. */
const CONDITIONS = new WeakMap<StatementJson, readonly ConditionPart[]>();
