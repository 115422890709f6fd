import { anyOf, asList, ConditionJson, ConditionValue, OneOrMany } from './document';
import { ConditionOperator, operatorNamed } from './operators';
import type { ContextLookup } from './variables';

/**
 * Whether all conditions of a statement hold: every operator, every key under it, any of the values of a key.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsHold(
  conditions: ConditionJson | undefined,
  lookup: ContextLookup,
  withVariables: boolean,
): boolean {
  if (conditions === undefined) {
    return true;
  }
  for (const name of Object.keys(conditions)) {
    const operator = operatorNamed(name);
    const keys = conditions[name];
    for (const key of Object.keys(keys)) {
      if (!conditionHolds(operator, lookup(key), keys[key], withVariables ? lookup : undefined)) {
        return false;
      }
    }
  }
  return true;
}

/**
 * One operator on one key. Where the key is absent a positive operator is false and a negated one true, `IfExists`
 * and `ForAllValues` are true and `ForAnyValue` is false; an empty value counts as absent for the two set prefixes.
 * Without a prefix, a key with several values is compared as a whole: positive operators need one value that matches,
 * negated ones need that none does.
 *
 * @param variables where policy variables get their values from; absent if the document's version does not know them
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function conditionHolds(
  operator: ConditionOperator,
  actual: string | readonly string[] | undefined,
  expected: OneOrMany<ConditionValue>,
  variables: ContextLookup | undefined,
): boolean {
  if (operator.asksPresence) {
    return anyOf(expected, value => operator.compare(String(actual === undefined), String(value)));
  }
  if (actual === undefined) {
    return operator.ifExists || holdsForAbsentKey(operator);
  }
  if (operator.quantifier === undefined) {
    return anyOf(actual, value => matchesAny(operator, value, expected, variables)) !== operator.negated;
  }
  const values = asList(actual);
  if (values.every(value => value === '')) {
    return operator.quantifier === 'all';
  }
  return operator.quantifier === 'all'
    ? values.every(value => matchesAny(operator, value, expected, variables) !== operator.negated)
    : values.some(value => matchesAny(operator, value, expected, variables) !== operator.negated);
}

function holdsForAbsentKey(operator: ConditionOperator): boolean {
  return operator.quantifier === undefined ? operator.negated : operator.quantifier === 'all';
}

/**
 * Whether one of the policy's values equals or is like the request's value; a variable without a value never does,
 * which negation turns round.
 */
function matchesAny(
  operator: ConditionOperator,
  actual: string,
  expected: OneOrMany<ConditionValue>,
  variables: ContextLookup | undefined,
): boolean {
  return anyOf(expected, value => {
    const text = String(value);
    const expanded = operator.expand !== undefined && variables !== undefined ? operator.expand(text, variables) : text;
    return expanded !== undefined && operator.compare(actual, expanded);
  });
}
