import type { Evidence, Finding, PolicyPlace, Rule } from './rule';
import { conditionsOf, isKey, listed, PlacedCondition, PlacedStatement, statementsOf, wrong } from './statements';
import { asList, PrincipalJson, PrincipalMapJson } from '../iam';

/**
 * Principals that mean more, or others, than the pattern needs (rules 1 and 7 of `docs/policy-rules.md`).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const broadPrincipals: Rule = {
  id: 'broad-principals',
  check: ({ policies, workload }) =>
    statementsOf(policies).flatMap(placed => [
      ...notPrincipal(placed),
      ...sessions(placed),
      ...everyone(placed),
      ...services(placed),
      ...trusted(placed, workload),
    ]),
};

const OPEN: readonly PolicyPlace[] = ['bucket', 'key'];

/**
 * What says whose account or organization the caller belongs to. `aws:PrincipalArn` is not among them: an Allow for
 * "*" reaches the session itself, so that a role gets in without an Allow of its own, and past its permissions
 * boundary.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
const PINS = [
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'kms:CallerAccount',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
];

const SOURCES = ['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

/** The grammar of endpoint policies has a rule of its own. */
function notPrincipal(placed: PlacedStatement): Finding[] {
  const {
    statement: { NotPrincipal },
    policy,
  } = placed;
  return NotPrincipal === undefined || policy.place === 'S3 endpoint'
    ? []
    : [
        wrong(
          placed,
          'NotPrincipal also means every principal with a permissions boundary, and sessions that nobody thinks of',
          'write Principal "*" and name who is spared by ArnNotLike on aws:PrincipalArn',
        ),
      ];
}

function sessions(placed: PlacedStatement): Finding[] {
  const named = [
    ...principalsOf(placed.statement.Principal, 'AWS'),
    ...principalsOf(placed.statement.NotPrincipal, 'AWS'),
  ].filter(isSession);
  const compared = conditionsOf([placed])
    .filter(condition => isKey(condition, 'aws:PrincipalArn'))
    .flatMap(({ values }) => values)
    .filter(isSession);
  return [
    ...(named.length === 0
      ? []
      : [
          wrong(
            placed,
            `the principal ${listed(named)} is one session of a role, whose name the caller chooses`,
            'name the role instead, as in arn:aws:iam::111122223333:role/Name',
          ),
        ]),
    ...(compared.length === 0
      ? []
      : [
          wrong(
            placed,
            `aws:PrincipalArn is never ${listed(compared)}: for a session it holds the ARN of the role`,
            'name the role instead, as in arn:aws:iam::111122223333:role/Name',
          ),
        ]),
  ];
}

function isSession(value: string): boolean {
  return /^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\//.test(value);
}

function everyone(placed: PlacedStatement): Finding[] {
  const {
    statement: { Effect, Principal },
    policy,
  } = placed;
  if (Effect !== 'Allow' || !OPEN.includes(policy.place) || !principalsOf(Principal, 'AWS').includes('*')) {
    return [];
  }
  return conditionsOf([placed]).some(condition => pins(condition, PINS))
    ? []
    : [
        wrong(
          placed,
          'it allows the principal "*", that is everyone in every account, ' +
            'and no condition names the account or the organization whose requests it means',
          'name the account as the principal, and the role by ArnEquals on aws:PrincipalArn; or add StringEquals on aws:PrincipalOrgID',
        ),
      ];
}

function services(placed: PlacedStatement): Finding[] {
  const {
    statement: { Effect, Principal },
    policy,
  } = placed;
  const named = principalsOf(Principal, 'Service');
  if (Effect !== 'Allow' || policy.place !== 'bucket' || named.length === 0) {
    return [];
  }
  return conditionsOf([placed]).some(condition => pins(condition, SOURCES))
    ? []
    : [
        wrong(
          placed,
          `it allows ${listed(named)} for whoever makes the service act: anybody can point it at this bucket from another account`,
          'add StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn',
        ),
      ];
}

/** Whether a condition lets requests of some callers through only: wildcards that cover every account do not. */
function pins(condition: PlacedCondition, keys: readonly string[]): boolean {
  const { operator, values } = condition;
  if (
    operator === undefined ||
    operator.negated ||
    operator.ifExists ||
    operator.family === 'Null' ||
    operator.quantifier === 'ForAllValues'
  ) {
    return false;
  }
  return isKey(condition, ...keys) && values.every(value => !coversAccounts(value));
}

/** Some ARNs, such as those of buckets, have no account in them. */
function coversAccounts(value: string): boolean {
  if (!value.startsWith('arn:')) {
    return /^[*?]+$/.test(value);
  }
  const [, , , , account = '', resource = '*'] = value.split(':');
  return /[*?]/.test(account === '' ? (resource[0] ?? '*') : account);
}

/** Who may assume the role of an instance: EC2, and nobody else. */
function trusted(placed: PlacedStatement, { environment: { partition } }: Evidence['workload']): Finding[] {
  const {
    statement: { Effect, Principal },
    policy,
  } = placed;
  if (Effect !== 'Allow' || policy.place !== 'trust policy') {
    return [];
  }
  const others = [
    ...(['AWS', 'Federated', 'CanonicalUser'] as const).flatMap(kind => principalsOf(Principal, kind)),
    ...principalsOf(Principal, 'Service').filter(service => !mayBeEc2(service, partition)),
  ];
  return others.length === 0
    ? []
    : [
        wrong(
          placed,
          `it lets ${listed(others)} assume the role of the instance, allowed: ec2.amazonaws.com`,
          'remove the principal, and give whoever else needs the data a role and an access list of their own',
        ),
      ];
}

/** In China the service has two names; one that is known at deployment only may be either. */
function mayBeEc2(service: string, partition: string): boolean {
  const inChina = service === 'ec2.amazonaws.com.cn' && partition !== 'aws' && partition !== 'aws-us-gov';
  return service === 'ec2.amazonaws.com' || inChina || /^(ec2\.)?<[^<>]+>$/.test(service);
}

function principalsOf(principal: PrincipalJson | undefined, kind: keyof PrincipalMapJson): readonly string[] {
  if (principal === undefined) {
    return [];
  }
  return typeof principal === 'string' ? (kind === 'AWS' ? [principal] : []) : asList(principal[kind]);
}
