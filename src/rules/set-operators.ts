import type { Finding, PolicyPlace, Rule } from './rule';
import { conditionsOf, isKey, mayMean, operatorOf, PlacedCondition, statementsOf, wrong } from './statements';
import { asList } from '../iam';

/**
 * Operators that mean something else than they seem to where a request lacks the key, or carries several values of it
 * (rules 6 and 7 of `docs/policy-rules.md`).
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const setOperators: Rule = {
  id: 'set-operators',
  check: ({ policies }) =>
    conditionsOf(statementsOf(policies)).flatMap(
      condition =>
        onSingleValue(condition) ??
        allValuesOfNothing(condition) ??
        anyValueOfNothing(condition) ??
        withoutSetOperator(condition) ??
        ifExistsInAllow(condition) ??
        absentForSome(condition) ??
        [],
    ),
};

/**
 * Lists that some requests lack although they may be anybody's; lists of tags and the like are empty where they are
 * absent.
 */
const WHO_AND_WHENCE = [
  'aws:PrincipalOrgPaths',
  'aws:PrincipalServiceNamesList',
  'aws:VpceOrgPaths',
  'aws:ResourceOrgPaths',
  'aws:SourceOrgPaths',
  'aws:CalledVia',
];

/** What the pattern is about; how the user allows anything else is not for this rule. */
const DATA = ['s3', 'kms', 'sts'];

/** Policies that decide requests without a signature, too. */
const OPEN_TO_ANONYMOUS: readonly PolicyPlace[] = ['bucket', 'key', 'S3 endpoint', 'other endpoint'];

function onSingleValue(condition: PlacedCondition): Finding | undefined {
  const {
    operator,
    known,
    statement: { Effect },
  } = condition;
  if (operator?.quantifier === undefined || known?.cardinality !== 'one') {
    return undefined;
  }
  const consequence =
    operator.quantifier === 'ForAllValues'
      ? `it holds for requests without the key as well${Effect === 'Allow' ? ', which lets them in' : ''}`
      : `it holds for no request without the key${Effect === 'Deny' && operator.negated ? ', which lets them pass the Deny' : ''}`;
  return wrong(
    condition,
    `${operator.quantifier} is for keys with several values, and ${known.name} has one: ${consequence}`,
    `write ${plain(condition)}`,
  );
}

function allValuesOfNothing(condition: PlacedCondition): Finding | undefined {
  const { operator, key } = condition;
  if (operator?.quantifier !== 'ForAllValues' || !allowsData(condition) || isRequired(condition)) {
    return undefined;
  }
  return wrong(
    condition,
    `ForAllValues on ${key} holds for requests without the key as well, which lets them in`,
    `write ForAnyValue instead, or add the condition Null: ${key} false`,
  );
}

function allowsData({ statement }: PlacedCondition): boolean {
  return statement.Effect === 'Allow' && DATA.some(service => mayMean(statement, service));
}

/** Whether the statement asks for the key to be there. */
function isRequired({ statement: { Condition = {} }, key }: PlacedCondition): boolean {
  return Object.entries(Condition)
    .filter(([name]) => operatorOf(name)?.family === 'Null')
    .some(([, keys]) =>
      Object.entries(keys).some(
        ([name, values]) => isKey({ key: name }, key) && asList(values).every(value => String(value) === 'false'),
      ),
    );
}

function anyValueOfNothing(condition: PlacedCondition): Finding | undefined {
  const {
    operator,
    key,
    statement: { Effect },
  } = condition;
  if (
    operator?.quantifier !== 'ForAnyValue' ||
    !operator.negated ||
    Effect !== 'Deny' ||
    !isKey({ key }, ...WHO_AND_WHENCE)
  ) {
    return undefined;
  }
  return wrong(
    condition,
    `ForAnyValue:${operator.base} holds for no request without ${key}: who belongs to no organization passes the Deny`,
    `write ForAllValues:${operator.base}, which also holds where the key is absent`,
  );
}

function withoutSetOperator(condition: PlacedCondition): Finding | undefined {
  const {
    operator,
    operatorName,
    known,
    statement: { Effect },
  } = condition;
  if (
    operator === undefined ||
    operator.quantifier !== undefined ||
    operator.family === 'Null' ||
    known?.cardinality !== 'many'
  ) {
    return undefined;
  }
  const guard = operator.negated && Effect === 'Allow' ? `, and add the condition Null: ${known.name} false` : '';
  return wrong(
    condition,
    `${known.name} has several values, and ${operatorName} does not say whether one of them or all of them have to match`,
    `write ${operator.negated ? 'ForAllValues' : 'ForAnyValue'}:${operatorName}${guard}`,
  );
}

function ifExistsInAllow(condition: PlacedCondition): Finding | undefined {
  const { operator, operatorName, key } = condition;
  if (operator === undefined || !operator.ifExists || operator.negated || !allowsData(condition)) {
    return undefined;
  }
  return wrong(
    condition,
    `${operatorName} on ${key} holds for requests without the key as well, which lets them in`,
    `write ${plain(condition)}`,
  );
}

/**
 * Switches that some requests lack: those of anonymous callers, and of long-term credentials.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
function absentForSome(condition: PlacedCondition): Finding | undefined {
  const {
    operator,
    key,
    values,
    policy,
    statement: { Effect },
  } = condition;
  const isFalse =
    operator?.base === 'Bool' && !operator.ifExists && values.some(value => value.toLowerCase() === 'false');
  const isLacked =
    isKey({ key }, 'aws:MultiFactorAuthPresent', 'aws:AssumedRoot') ||
    (isKey({ key }, 'aws:PrincipalIsAWSService') && OPEN_TO_ANONYMOUS.includes(policy.place));
  if (Effect !== 'Deny' || !isFalse || !isLacked) {
    return undefined;
  }
  const who = isKey({ key }, 'aws:PrincipalIsAWSService')
    ? 'anonymous requests lack it'
    : 'requests with other credentials lack it';
  return wrong(
    condition,
    `Bool on ${key} holds for no request without the key, and ${who}: they pass the Deny`,
    'write BoolIfExists',
  );
}

/** The operator without prefix and suffix. */
function plain({ operator, operatorName }: PlacedCondition): string {
  return operator?.base ?? operatorName;
}
