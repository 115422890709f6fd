import type { Finding, PlacedPolicy, Rule } from './rule';
import { conditionsOf, isKey, listed, PlacedCondition, PlacedStatement, statementsOf, wrong } from './statements';
import { asList } from '../iam';

/**
 * What the VPC demands of the policy of an S3 endpoint beyond the grammar of IAM: it refuses some of it only when the
 * endpoint is deployed, and takes some of it for something else.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export const endpointPolicyGrammar: Rule = {
  id: 'endpoint-policy-grammar',
  check: ({ policies }) =>
    policies
      .filter(({ place }) => place === 'S3 endpoint')
      .flatMap(policy => {
        const statements = statementsOf([policy]);
        return [
          ...withoutAllow(policy),
          ...statements.flatMap(placed => [...principal(placed), ...resources(placed)]),
          ...conditionsOf(statements).flatMap(
            condition => identifier(condition) ?? shortOfLetters(condition) ?? accounts(condition) ?? [],
          ),
        ];
      }),
};

/** The fewest letters beside a wildcard. */
const LETTERS = 6;

/** The keys that hold identifiers which AWS makes up: the sensitive ones of the IAM user guide. */
const IDENTIFIERS = [
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:ResourceAccount',
  'aws:ResourceOrgID',
  'aws:SourceAccount',
  'aws:SourceOrgID',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:VpceAccount',
  'aws:VpceOrgID',
];

/** What could not be read has no statements, and is reported elsewhere. */
function withoutAllow({ document, name, where }: PlacedPolicy): Finding[] {
  const statements = asList(document.Statement);
  return statements.length === 0 || statements.some(({ Effect }) => Effect === 'Allow')
    ? []
    : [
        {
          where,
          description: `the ${name} has no Allow: a policy of Deny statements alone refuses every request through the endpoint`,
          fix: 'add an Allow for what may go through the endpoint',
        },
      ];
}

function principal(placed: PlacedStatement): Finding[] {
  const {
    statement: { Principal, NotPrincipal },
    policy,
  } = placed;
  if (NotPrincipal !== undefined) {
    return [
      wrong(
        placed,
        'an endpoint policy names principals by Principal, not by NotPrincipal',
        'write Principal "*" and name the role by ArnEquals on aws:PrincipalArn',
      ),
    ];
  }
  if (Principal === undefined) {
    return [
      wrong(
        placed,
        'it has no Principal, which every statement of an endpoint policy needs',
        'write Principal "*" and name the role by ArnEquals on aws:PrincipalArn',
      ),
    ];
  }
  const named = typeof Principal === 'string' ? [Principal] : Object.values(Principal).flatMap(value => asList(value));
  const isEveryone =
    typeof Principal === 'string'
      ? Principal === '*'
      : Object.keys(Principal).join() === 'AWS' && named.every(value => value === '*');
  return policy.ofGateway !== true || isEveryone
    ? []
    : [
        wrong(
          placed,
          `a gateway endpoint takes the principal ${listed(named)} for the root user of its account at most, allowed: "*"`,
          'write Principal "*" and name the role by ArnEquals on aws:PrincipalArn',
        ),
      ];
}

function resources(placed: PlacedStatement): Finding[] {
  const all = [...asList(placed.statement.Resource), ...asList(placed.statement.NotResource)];
  const others = all.filter(resource => !/^(\*|<.*|arn:[^:]*:(s3[^:]*|\*):.*)$/s.test(resource));
  const mixed = all.filter(isMixed);
  return [
    ...(others.length === 0
      ? []
      : [
          wrong(
            placed,
            `${listed(others)} is not a resource of S3, allowed: ARNs such as arn:aws:s3:::bucket/prefix/*, or "*"`,
            'name the bucket and its objects by their ARNs',
          ),
        ]),
    ...(mixed.length === 0
      ? []
      : [
          wrong(
            placed,
            `the account in ${listed(mixed)} has digits and a wildcard, allowed: one of the two`,
            'write the whole account id',
          ),
        ]),
  ];
}

/** Whether the account part of an ARN has a wildcard beside other characters. */
function isMixed(value: string): boolean {
  const account = value.startsWith('arn:') ? (value.split(':')[4] ?? '') : '';
  return /[*?]/.test(account) && /[^*?]/.test(account);
}

function identifier(condition: PlacedCondition): Finding | undefined {
  const { operator, operatorName, values, key } = condition;
  if (!isKey(condition, ...IDENTIFIERS)) {
    return undefined;
  }
  const wild = values.filter(value => operator?.base.includes('Like') && /[*?]/.test(literal(value)));
  if (operator?.family !== 'Numeric' && wild.length === 0) {
    return undefined;
  }
  const what = wild.length === 0 ? operatorName : listed(wild);
  return wrong(
    condition,
    `${what} on ${key}: an endpoint policy takes no wildcards and no numeric operators on keys that hold identifiers`,
    'write StringEquals with the whole identifier',
  );
}

function shortOfLetters(condition: PlacedCondition): Finding | undefined {
  const { operator, values, key } = condition;
  const isPattern = operator?.family === 'String' && operator.base.includes('Like');
  const short = values.filter(value => isPattern && hasBareWildcard(literal(value)));
  return short.length === 0
    ? undefined
    : wrong(
        condition,
        `${listed(short)} for ${key} has a wildcard with fewer than ${LETTERS} characters before and after it, ` +
          `allowed: ${LETTERS} in a row on one side`,
        'write more of the value, or name the objects in the resource',
      );
}

function accounts(condition: PlacedCondition): Finding | undefined {
  const mixed = condition.values.filter(isMixed);
  return mixed.length === 0
    ? undefined
    : wrong(
        condition,
        `the account in ${listed(mixed)} for ${condition.key} has digits and a wildcard, allowed: one of the two`,
        'write the whole account id',
      );
}

/** Wildcards in a row are taken for one. */
function hasBareWildcard(value: string): boolean {
  const between = value.split(/[*?]+/).map(({ length }) => length >= LETTERS);
  return between.slice(1).some((isLongAfter, index) => !isLongAfter && !between[index]);
}

/** What is known at deployment only is taken for long enough; wildcards inside of policy variables are none. */
function literal(value: string): string {
  return value.replaceAll(/<[^<>]*>|\$\{[^}]*\}/g, 'x'.repeat(LETTERS));
}
