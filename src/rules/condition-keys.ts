import { documentedKeys, isServiceComplete, serviceOf, ValueType } from '../iam';
import { neverSent } from './never-sent';
import type { Finding, PolicyPlace, Rule } from './rule';
import { nearest, oneLetterAway } from './spelling';
import { conditionsOf, listed, Operator, OPERATOR_NAMES, PlacedCondition, statementsOf, wrong } from './statements';
import { isSymbolic } from '../cloudformation';

/**
 * Conditions that do not say what they seem to: unknown operators, misspelt keys, operators of another type than the
 * key, and keys that no request of the statement carries.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const conditionKeys: Rule = {
  id: 'condition-keys',
  check: ({ policies }) =>
    conditionsOf(statementsOf(policies)).flatMap(
      condition =>
        unknownOperator(condition) ??
        unknownKey(condition) ??
        neverSent(condition) ??
        otherType(condition) ??
        otherValue(condition) ??
        [],
    ),
};

/** Where the only keys of EC2 are those of a role session. */
const NOT_OF_EC2: readonly PolicyPlace[] = ['bucket', 'key', 'S3 endpoint'];

const WHERE_TO_LOOK =
  'take a key of the global condition keys in the IAM user guide, or of the keys of the service in the service authorization ' +
  'reference; if AWS has added this one since, acknowledge the finding';

function unknownOperator(condition: PlacedCondition): Finding | undefined {
  const { operator, operatorName } = condition;
  if (operator !== undefined) {
    return undefined;
  }
  const meant = operatorMeantBy(operatorName);
  return wrong(
    condition,
    `${JSON.stringify(operatorName)} is not a condition operator of IAM, allowed: ${listed(OPERATOR_NAMES)} of the IAM user guide`,
    meant === undefined ? 'write an operator of the list, such as StringEquals' : `write ${meant}`,
  );
}

/** `Null` takes neither prefix nor suffix. */
function operatorMeantBy(name: string): string | undefined {
  const [, prefix, rest = '', suffix = ''] = /^(ForA\w+:)?(.*?)(IfExists)?$/i.exec(name) ?? [];
  const meant = nearest(rest, OPERATOR_NAMES);
  if (meant === undefined || meant === 'Null') {
    return meant;
  }
  const quantifier =
    prefix === undefined ? '' : prefix.toLowerCase().startsWith('foral') ? 'ForAllValues:' : 'ForAnyValue:';
  return `${quantifier}${meant}${suffix}`;
}

function unknownKey(condition: PlacedCondition): Finding | undefined {
  const { key, known } = condition;
  if (key !== key.trim() || (known === undefined && /\s/.test(key.split('/')[0]))) {
    return wrong(
      condition,
      `the condition key ${JSON.stringify(key)} contains white space, so that ${consequence(condition)}`,
      `write ${withoutSpaces(key)}`,
    );
  }
  if (known !== undefined) {
    return undefined;
  }
  const meant = meantBy(condition);
  if (meant === undefined && !isUndocumented(condition)) {
    return undefined;
  }
  const question = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  const description =
    `${JSON.stringify(key)} is not among the condition keys known here${question}: ` +
    `if AWS has none of that name, ${consequence(condition)}`;
  return {
    ...wrong(condition, description, meant === undefined ? WHERE_TO_LOOK : `write ${meant}`),
    isDoubt: true,
  };
}

/** What follows a slash is the name of a tag, which may contain spaces. */
function withoutSpaces(key: string): string {
  const [stem, ...rest] = key.trim().split('/');
  return [stem.replaceAll(/\s/g, ''), ...rest].join('/');
}

/** Of other services not all keys are known here. */
function isUndocumented({ key, policy }: PlacedCondition): boolean {
  return (
    !key.includes(':') || isServiceComplete(key) || (serviceOf(key) === 'ec2' && NOT_OF_EC2.includes(policy.place))
  );
}

/**
 * The documented key that is one letter away: what is further away may be a key that AWS has added since. A key of
 * another service is only taken for a misspelt one where that is beyond doubt.
 */
function meantBy(condition: PlacedCondition): string | undefined {
  const key = condition.key.includes(':') ? condition.key : `aws:${condition.key}`;
  const end = key.indexOf('/') + 1;
  const documented = documentedKeys().filter(
    each =>
      isUndocumented(condition) || isSwapped(each, key) || (serviceOf(key) === 'ec2' && serviceOf(each) === 'ec2'),
  );
  const meant = oneLetterAway(end === 0 ? key : key.slice(0, end), documented);
  return meant?.endsWith('/') ? `${meant}${end === 0 ? 'tag-key' : key.slice(end)}` : meant;
}

/** `asw:SourceVpce`: a global key, but for the letters of its prefix. */
function isSwapped(documented: string, key: string): boolean {
  return (
    documented.startsWith('aws:') &&
    documented.slice(3).toLowerCase() === key.slice(serviceOf(key).length).toLowerCase() &&
    [...serviceOf(key)].sort().join('') === 'asw'
  );
}

/** What a condition on a key that no request carries does. */
function consequence({ operator, operatorName, values }: PlacedCondition): string {
  if (operator?.family === 'Null') {
    return values.includes('true') ? 'Null finds it absent from every request' : 'no request fulfils it';
  }
  const holds =
    operator?.ifExists === true ||
    (operator?.quantifier === undefined ? operator?.negated : operator.quantifier === 'ForAllValues');
  return holds === true ? `${operatorName} holds for every request` : `${operatorName} holds for no request`;
}

const FITTING: Readonly<Record<Exclude<ValueType, 'Text'>, ReadonlyArray<Operator['family']>>> = {
  String: ['String'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date'],
  Time: ['Date', 'Numeric'],
  IP: ['Ip'],
};

const TYPES: Readonly<Record<ValueType, string>> = {
  String: 'strings',
  Text: 'texts',
  ARN: 'ARNs',
  Bool: 'true or false',
  Numeric: 'numbers',
  Date: 'dates',
  Time: 'dates',
  IP: 'ranges of IP addresses',
};

const INSTEAD: Readonly<Record<Exclude<ValueType, 'Text'>, string>> = {
  String: 'StringEquals',
  ARN: 'ArnEquals',
  Bool: 'Bool',
  Numeric: 'NumericEquals',
  Date: 'DateGreaterThan',
  Time: 'DateGreaterThan',
  IP: 'IpAddress',
};

/** A policy variable may be compared with an address as text, as AWS does in its own examples. */
function otherType(condition: PlacedCondition): Finding | undefined {
  const { known, operator, values, operatorName } = condition;
  if (known === undefined || known.type === 'Text' || operator === undefined || operator.family === 'Null') {
    return undefined;
  }
  const isVariable =
    known.type === 'IP' &&
    operator.family === 'String' &&
    values.every(value => value.includes('${') || isSymbolic(value));
  if (isVariable || FITTING[known.type].includes(operator.family)) {
    return undefined;
  }
  return wrong(
    condition,
    `${operatorName} does not compare ${TYPES[known.type]}, which is what ${known.name} holds`,
    `write ${instead(operator, known.type)}, or the operator of the same family that you need`,
  );
}

function instead({ negated, quantifier, ifExists }: Operator, type: Exclude<ValueType, 'Text'>): string {
  const name = INSTEAD[type];
  const turned = negated && type === 'IP' ? 'NotIpAddress' : negated ? name.replace('Equals', 'NotEquals') : name;
  return `${quantifier === undefined ? '' : `${quantifier}:`}${turned}${ifExists ? 'IfExists' : ''}`;
}

/** Values that the operator cannot match: a switch that is neither on nor off, and a wildcard where it is a letter. */
function otherValue(condition: PlacedCondition): Finding | undefined {
  return neitherOnNorOff(condition) ?? wildcardAsLetter(condition);
}

function neitherOnNorOff(condition: PlacedCondition): Finding | undefined {
  const { operator, operatorName, values, key } = condition;
  const isSwitch = operator?.family === 'Bool' || operator?.family === 'Null';
  const neither = values.filter(
    value => isSwitch && !/^(true|false)$/i.test(value) && !value.includes('${') && !isSymbolic(value),
  );
  return neither.length === 0
    ? undefined
    : wrong(
        condition,
        `${operatorName} of ${key} is ${listed(neither)}, allowed: true or false`,
        'write true or false',
      );
}

function wildcardAsLetter(condition: PlacedCondition): Finding | undefined {
  const { known, operator, operatorName, values, key } = condition;
  const isLiteral =
    operator?.family === 'String' &&
    operator.base.includes('Equals') &&
    (known?.type === 'String' || known?.type === 'ARN');
  const wild = values.filter(value => isLiteral && /[*?]/.test(value.replaceAll(/\$\{[^}]*\}/g, '')));
  return wild.length === 0
    ? undefined
    : wrong(
        condition,
        `${operatorName} takes the wildcard in ${listed(wild)} for a letter, and no value of ${key} contains one`,
        `write ${operatorName.replace(/Equals(IgnoreCase)?/i, 'Like')}, or a value without wildcards`,
      );
}
