import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { asList, PolicyJson, StatementJson } from '../src/iam/document';
import { BUCKET_ACTIONS, KEY_ACTIONS, OBJECT_ACTIONS } from '../src/iam/facts/actions';
import { wildcardMatch } from '../src/iam/wildcard';
import type { ProofInput } from '../src/proof';
import {
  EVERY_OPTION_ACCESS,
  everyOptionInput,
  QUICK_START_ACCESS,
  quickStartInput,
  withAccessList,
} from '../test/proof/inputs';
import { broken } from '../test/proof/results';

/** A input of which one policy is weakened in one place. */
interface Mutant {
  readonly id: string;
  readonly input: ProofInput;
}

/** A policy of a input, and the input with another one in its place. */
interface Slot {
  readonly name: string;
  readonly policy: PolicyJson;
  readonly replace: (policy: PolicyJson) => ProofInput;
}

type Change = readonly [what: string, statement: StatementJson | undefined];
type Values = string | readonly string[];

/** Why a mutant decides every request as the original does, by the pattern of its id. */
const EQUIVALENT: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [
    /\/ DenyCredentialsOutside(Vpc|Instance) \/ BoolIfExists aws:ViaAWSService: becomes Bool$/,
    'the IAM user guide has aws:ViaAWSService in every request to most services, S3 and KMS among them, so that it is never absent',
  ],
  [
    /\/ DenyWithoutTls \/ Bool aws:SecureTransport: becomes BoolIfExists$/,
    'AWS puts aws:SecureTransport into every request, so that it is never absent',
  ],
  [
    /\/ FlowLogAclCheck \/ (\S+) becomes (\*|\1\*)$/,
    'the policy of a bucket is about that bucket and its objects only, and neither of the two actions is about objects',
  ],
  [
    /\/ (Decrypt|Encrypt)ThroughS3 \/ ArnLike aws:PrincipalArn: becomes ArnLikeIfExists$/,
    'the principal is the account, and every request of its identities has aws:PrincipalArn',
  ],
  [
    /\/ EncryptVolumesThroughEc2 \/ (drop kms:DescribeKey|kms:CreateGrant becomes kms:Create\*|kms:ReEncryptFrom becomes kms:Re\*)$/,
    'AccountAdministersKey allows kms:DescribeKey, CreateAlias, RetireGrant, RevokeGrant anyway; ReplicateKey is for multi-Region keys only',
  ],
  [
    /\/ DenyGrantsExceptForAwsResources \/ BoolIfExists aws:PrincipalIsAWSService: drop the key$/,
    'no statement of the key policy allows a service anything in its own name, so that it makes no difference to deny it grants',
  ],
  [
    /\/ endpoint vpce-appsessionmanager\S+ \/ UseSessionManager \/ Principal becomes the account$/,
    'the condition on aws:PrincipalArn lets one role of that account through, whichever of the two the principal is',
  ],
  [
    /\/ DenyOutsideOrganization(alUnits)? \/ drop BoolIfExists$/,
    'DenyObjectsToOthers denies services everything on the objects anyway: they have no aws:PrincipalArn',
  ],
  [
    /\/ DenyOutsideOrganizationalUnits \/ ForAllValues:StringNotLike aws:PrincipalOrgPaths: becomes StringNotLike$/,
    'a negated operator without a set prefix needs that none of the values matches, and holds where there is none: so does ForAllValues',
  ],
  [
    /\/ DenyOldTls \/ /,
    'S3 answers no TLS older than 1.2, so that the statement denies no request; the rule transport-statements tells where it is gone',
  ],
  [/\/ StringEquals aws:ResourceAccount: becomes StringEqualsIfExists$/, 'every request to S3 has aws:ResourceAccount'],
  [
    /\/ StringEquals aws:ResourceOrgID: (drop the key|becomes StringEqualsIfExists)$/,
    'aws:ResourceAccount beside it names accounts of the organization',
  ],
  [
    /\/ endpoint \S+ \/ (Locate|List)DataBuckets2? \/ (\S+) becomes (\*|\2\*)$/,
    'the policy of the role names its buckets, too, and the endpoint lets the role through alone',
  ],
  [
    /\/ endpoint \S+ \/ \w+Objects \/ (\S+)\/\* becomes \1\*$/,
    'the policy of the role names its buckets, too, and the endpoint lets the role through alone',
  ],
  [
    /\/ endpoint \S+ \/ (\w+ \/ StringEquals aws:PrincipalOrgID: (drop the key|becomes StringEqualsIfExists)|UseSessionManager \/ drop StringEquals)$/,
    'aws:PrincipalArn beside it names the role, whose account is of the organization',
  ],
  [
    /\/ endpoint \S+ \/ \w+ \/ ArnEquals aws:PrincipalArn: becomes ArnEqualsIfExists$/,
    'whoever has no aws:PrincipalArn has no aws:PrincipalOrgID either, which is asked for beside it',
  ],
  [
    /\/ DenyCredentialsOutside(Vpc|Instance) \/ StringNotEquals aws:\w+: becomes ForAnyValue:StringNotEquals$/,
    'it makes a difference outside of endpoints only, where nothing is allowed: each Allow names the endpoint',
  ],
  [
    /^every option \/ bucket \S+ \/ DenyObjectsToOthers \/ (ArnNotLike aws:PrincipalArn: becomes ForAnyValue:ArnNotLike|Principal becomes the account)$/,
    'others are outside of the organization or of its accounts and denied by the statements about those, or services, which do not come through the endpoint',
  ],
  [
    /\/ DenyOutsideAccounts \/ (drop (the statement|BoolIfExists)|StringNotEquals \S+ becomes ForAnyValue:StringNotEquals|(\S+) becomes \3 and \S+)$/,
    'DenyObjectsToOthers denies everybody on the objects who is not of the account, and nothing lets anybody else use the bucket itself',
  ],
  [
    /\/ DenyOutsideOrganization(alUnits)? \/ (\S+) becomes \2 and \S+$/,
    'nothing lets anybody outside use the bucket itself',
  ],
  [
    /\/ EncryptVolumesThroughEc2 \/ StringEquals kms:CallerAccount: (drop the key|becomes StringEqualsIfExists)$/,
    'the principal is the account, which is the kms:CallerAccount of its identities',
  ],
  [
    /\/ DenyGrantsExceptForAwsResources \/ BoolIfExists aws:PrincipalIsAWSService: becomes Bool$/,
    'every signed request has aws:PrincipalIsAWSService, and KMS answers no other',
  ],
  [
    /\/ AccountAdministersKey \/ kms:(UpdateAlias becomes kms:Update|GetKeyLastUsage becomes kms:Get|DeleteAlias becomes kms:Delete)\*$/,
    'what else the pattern means is allowed anyway, or is for imported, asymmetric and multi-Region keys and for key stores only',
  ],
  [
    /\/ AccountAdministersKey \/ drop kms:GetKeyLastUsage$/,
    'it tells administrators when the key was last used: nothing that is proven rests on it',
  ],
  [
    /^every option \/ key \S+ \/ (Decrypt|Encrypt)ThroughS3 \/ (StringEquals aws:PrincipalOrgID: |drop ForAnyValue:StringLike$|ForAnyValue:StringLike aws:PrincipalOrgPaths: becomes )/,
    'aws:PrincipalArn beside it names the role, whose account is in that unit of the organization, and in one unit only',
  ],
];

/**
 * The examples, each with its access list: what a prefix of a list or a bucket of AWS was meant to be, policies alone
 * do not tell.
 */
const SUBJECTS: Readonly<Record<string, ProofInput>> = {
  'quick start': withAccessList(quickStartInput(), QUICK_START_ACCESS),
  'every option': withAccessList(everyOptionInput(), EVERY_OPTION_ACCESS),
};

/** Every policy of a input. */
function slotsOf(input: ProofInput): readonly Slot[] {
  const replaced = <T>(items: readonly T[], index: number, item: Partial<T>): T[] =>
    items.map((each, at) => (at === index ? { ...each, ...item } : each));
  const { role, endpoints, otherEndpoints = [], buckets, logBuckets = [], keys } = input;
  const slots: Array<Omit<Slot, 'policy'> & { readonly policy?: PolicyJson | 'unknown' }> = [
    ...role.policies.map((policy, index) => ({
      name: `role policy ${index + 1}`,
      policy,
      replace: (other: PolicyJson) => ({
        ...input,
        role: { ...role, policies: role.policies.map((each, at) => (at === index ? other : each)) },
      }),
    })),
    { name: 'trust policy', policy: role.trust, replace: trust => ({ ...input, role: { ...role, trust } }) },
    ...endpoints.map(({ id, policy }, index) => ({
      name: `endpoint ${id}`,
      policy,
      replace: (other: PolicyJson) => ({ ...input, endpoints: replaced(endpoints, index, { policy: other }) }),
    })),
    ...otherEndpoints.map(({ id, policy }, index) => ({
      name: `endpoint ${id}`,
      policy,
      replace: (other: PolicyJson) => ({
        ...input,
        otherEndpoints: replaced(otherEndpoints, index, { policy: other }),
      }),
    })),
    ...buckets.map(({ arn, policy }, index) => ({
      name: `bucket ${arn}`,
      policy,
      replace: (other: PolicyJson) => ({ ...input, buckets: replaced(buckets, index, { policy: other }) }),
    })),
    ...logBuckets.map(({ arn, policy }, index) => ({
      name: `log bucket ${arn}`,
      policy,
      replace: (other: PolicyJson) => ({ ...input, logBuckets: replaced(logBuckets, index, { policy: other }) }),
    })),
    ...keys.map(({ arn, policy }, index) => ({
      name: `key ${arn}`,
      policy,
      replace: (other: PolicyJson) => ({ ...input, keys: replaced(keys, index, { policy: other }) }),
    })),
  ];
  return slots.flatMap(slot =>
    slot.policy === undefined || slot.policy === 'unknown' ? [] : [{ ...slot, policy: slot.policy }],
  );
}

/** Every mutant of a input, each different from the original and from the others. */
function mutantsOf(name: string, input: ProofInput): readonly Mutant[] {
  return slotsOf(input).flatMap(({ name: policyName, policy, replace }) => {
    const seen = new Set([canonical(policy)]);
    return asList(policy.Statement).flatMap((statement, index) =>
      changesOf(statement).flatMap(([what, changed]): Mutant[] => {
        const statements = asList(policy.Statement).flatMap((each, at) =>
          at !== index ? [each] : changed === undefined ? [] : [changed],
        );
        const mutated = { ...policy, Statement: statements };
        if (seen.has(canonical(mutated))) return [];
        seen.add(canonical(mutated));
        return [
          { id: `${name} / ${policyName} / ${statement.Sid ?? `#${index + 1}`} / ${what}`, input: replace(mutated) },
        ];
      }),
    );
  });
}

/**
 * What a policy says, however it says it: lists without order and repetitions, patterns of actions as the actions
 * that they cover.
 */
function canonical(policy: PolicyJson): string {
  const patterns = (values: readonly string[]) => [...new Set(values.map(each => each.replace(/\*+/g, '*')))].sort();
  const actions = (values: readonly string[]) =>
    [...new Set(values.flatMap(each => (each.endsWith(':*') ? [each] : covered(each))))].sort();
  return JSON.stringify(
    asList(policy.Statement).map(statement =>
      Object.entries({
        ...statement,
        Action: actions(asList(statement.Action)),
        Resource: patterns(asList(statement.Resource)),
        Condition: Object.entries(statement.Condition ?? {})
          .flatMap(([operator, keys]) =>
            Object.entries(keys).map(([key, value]) =>
              JSON.stringify([operator, key, patterns(asList(value as Values))]),
            ),
          )
          .sort(),
      }).sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  );
}

function changesOf(statement: StatementJson): readonly Change[] {
  return [
    ['drop the statement', undefined],
    ...conditionChanges(statement),
    ...principalChanges(statement),
    ...actionChanges(statement),
    ...resourceChanges(statement),
  ];
}

function conditionChanges(statement: StatementJson): readonly Change[] {
  const conditions = Object.entries(statement.Condition ?? {});
  const pairs = conditions.flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, value: value as Values })),
  );
  const { Condition: _, ...bare } = statement;
  return [
    ...(conditions.length > 0 ? [['drop all conditions', bare] as const] : []),
    ...conditions.map(([operator]): Change => [
      `drop ${operator}`,
      withConditions(
        statement,
        pairs.filter(each => each.operator !== operator),
      ),
    ]),
    ...pairs.flatMap(pair =>
      pairChanges(pair).map(([what, changed]): Change => [
        `${pair.operator} ${pair.key}: ${what}`,
        withConditions(
          statement,
          pairs.flatMap(each => (each !== pair ? [each] : changed === undefined ? [] : [changed])),
        ),
      ]),
    ),
  ];
}

interface Pair {
  readonly operator: string;
  readonly key: string;
  readonly value: Values;
}

function pairChanges(pair: Pair): ReadonlyArray<readonly [string, Pair | undefined]> {
  const values = [...new Set(asList(pair.value))];
  const operators = operatorsInsteadOf(pair).map(operator => [`becomes ${operator}`, { ...pair, operator }] as const);
  return [
    ['drop the key', undefined],
    ...(values.length < 2
      ? []
      : values.map(value => [`drop ${value}`, { ...pair, value: values.filter(each => each !== value) }] as const)),
    ...values.flatMap(value =>
      valuesInsteadOf(pair, value).map(
        other =>
          [
            `${value} becomes ${other}`,
            { ...pair, value: values.map(each => (each === value ? other : each)) },
          ] as const,
      ),
    ),
    ...operators,
  ];
}

/**
 * The opposite, and the same with the other answer where the key is absent. On a key with one value, `ForAnyValue`
 * before a positive operator and `IfExists` or `ForAllValues` with a negated one change nothing; on a key with
 * several values each quantifier does.
 */
function operatorsInsteadOf({ operator, key }: Pair): readonly string[] {
  if (operator === 'Null') return [];
  const base = operator.replace(/^For(Any|All)Values?:/, '').replace(/IfExists$/, '');
  const opposites: Readonly<Record<string, string>> = {
    NumericLessThan: 'NumericLessThanEquals',
    StringEquals: 'StringNotEquals',
    StringNotEquals: 'StringEquals',
    ArnEquals: 'ArnNotEquals',
    ArnLike: 'ArnNotLike',
    ArnNotLike: 'ArnLike',
    StringLike: 'StringNotLike',
    StringNotLike: 'StringLike',
  };
  const otherwise = operator.includes('Not') ? `ForAnyValue:${base}` : operator === base ? `${base}IfExists` : base;
  const quantified =
    key === 'aws:PrincipalOrgPaths' ? [base, `ForAnyValue:${base}`, `ForAllValues:${base}`] : [otherwise];
  return [...quantified, ...(opposites[base] === undefined ? [] : [opposites[base]])].filter(each => each !== operator);
}

function valuesInsteadOf({ operator, key }: Pair, value: string): readonly string[] {
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true'];
  if (key === 's3:TlsVersion') return ['1.1', '1.3'];
  const longer = value.endsWith('*') ? [] : [`${value}*`];
  if (/Arn|Like/.test(operator)) {
    return [
      ...longer,
      value.includes('*') ? value.replace(/[^/:]*\*.*$/, '*') : value.replace(/[^/:]+$/, '*'),
      `${value}x`,
    ];
  }
  return [`${value}x`];
}

function withConditions(statement: StatementJson, pairs: readonly Pair[]): StatementJson {
  const { Condition: _, ...bare } = statement;
  const conditions: Record<string, Record<string, Values>> = {};
  for (const { operator, key, value } of pairs) conditions[operator] = { ...conditions[operator], [key]: value };
  return pairs.length === 0 ? bare : { ...bare, Condition: conditions };
}

function principalChanges(statement: StatementJson): readonly Change[] {
  const { Principal: principal } = statement;
  if (principal === undefined) return [];
  if (typeof principal === 'string') {
    return [['Principal becomes the account', { ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }]];
  }
  const kinds = Object.entries(principal) as Array<[string, Values]>;
  return [
    ['Principal becomes *', { ...statement, Principal: '*' }],
    ...kinds.map(([kind, names]): Change => [
      `Principal ${asList(names).join()} becomes another`,
      {
        ...statement,
        Principal: { [kind]: kind === 'AWS' ? 'arn:aws:iam::999900001111:root' : 'another.amazonaws.com' },
      },
    ]),
  ];
}

function actionChanges(statement: StatementJson): readonly Change[] {
  const actions = asList(statement.Action);
  const without =
    actions.length < 2
      ? []
      : actions.map((action): Change => [
          `drop ${action}`,
          { ...statement, Action: actions.filter(each => each !== action) },
        ]);
  const others = actions.flatMap(action =>
    actionsInsteadOf(statement, action).map((other): Change => [
      `${action} becomes ${other}`,
      { ...statement, Action: actions.map(each => (each === action ? other : each)) },
    ]),
  );
  return [...without, ...others];
}

/** An Allow is weakened by more actions, a Deny by fewer. */
function actionsInsteadOf({ Effect }: StatementJson, action: string): readonly string[] {
  const [service, name] = action.split(':');
  if (Effect === 'Allow') return [`${service}:*`, `${service}:${name.replace(/(?<=[a-z])[A-Z].*$/, '')}*`];
  return name === '*' ? [`${service}:Get*`, `${service}:Put*`, `${service}:*Object`] : [`${service}:${name}Version`];
}

/** The actions that a pattern covers; itself if it is one that is not known. */
function covered(pattern: string): readonly string[] {
  const found = KNOWN_ACTIONS.filter(action => wildcardMatch(pattern, action));
  return found.length === 0 ? [pattern] : found;
}

/** The actions of S3 and KMS, and those of other services that the examples use. */
const KNOWN_ACTIONS = [
  ...OBJECT_ACTIONS,
  ...BUCKET_ACTIONS,
  ...KEY_ACTIONS,
  'sts:AssumeRole',
  'sts:TagSession',
  'ssm:UpdateInstanceInformation',
  'ssm:SendCommand',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

function resourceChanges(statement: StatementJson): readonly Change[] {
  const resources = asList(statement.Resource);
  const without =
    resources.length < 2
      ? []
      : resources.map((arn): Change => [
          `drop ${arn}`,
          { ...statement, Resource: resources.filter(each => each !== arn) },
        ]);
  const others = resources.flatMap(arn =>
    resourcesInsteadOf(statement, arn).map((other): Change => [
      `${arn} becomes ${other.join(' and ')}`,
      { ...statement, Resource: resources.flatMap(each => (each === arn ? other : [each])) },
    ]),
  );
  return [...without, ...others];
}

/** An Allow is weakened by more resources, a Deny by fewer; a Deny of objects that takes in the bucket locks out. */
function resourcesInsteadOf({ Effect, Action }: StatementJson, arn: string): ReadonlyArray<readonly string[]> {
  if (arn === '*') return Effect === 'Deny' ? [['arn:aws:s3:::zzz*']] : [];
  const [bucket] = arn.split('/');
  const isObjects = arn.includes('/');
  if (Effect === 'Deny') {
    return isObjects
      ? [[`${bucket}/a*`], [bucket], ...(asList(Action).includes('s3:*') ? [[arn, bucket]] : [])]
      : [[`${arn}/*`], [`${arn}x`]];
  }
  return arn.startsWith('arn:aws:s3')
    ? [
        ['*'],
        [`${bucket}*`],
        ...(isObjects ? [[`${bucket}/*`], [arn.replace(/\/\*$/, '*')], [bucket]] : [[`${arn}/*`]]),
      ]
    : [['*'], [`${arn}x`]];
}

/** What the properties say of a mutant. */
interface Result {
  readonly id: string;
  /** Those that fail. */
  readonly properties: readonly string[];
}

/** Tries every so-manieth mutant. */
function results(part: number, parts: number): readonly Result[] {
  const mutants = Object.entries(SUBJECTS).flatMap(([name, input]) => {
    if (broken(input).length > 0) throw new Error(`${name}: the proof has to hold before anything is weakened`);
    return mutantsOf(name, input);
  });
  return mutants
    .filter((_, index) => index % parts === part)
    .map(({ id, input }) => ({
      id,
      properties: broken(input),
    }));
}

/** The same in a process of its own. */
async function resultsOf(part: number, parts: number): Promise<readonly Result[]> {
  const child = fork(__filename, [String(part), String(parts)], {
    execArgv: ['-r', 'ts-node/register/transpile-only'],
  });
  return new Promise((resolve, reject) => {
    child.on('message', message => resolve(message as readonly Result[]));
    child.on('exit', code => reject(new Error(`part ${part} of the mutants ended with ${code}`)));
  });
}

/** Reports what survived and why; what is open, or said to be equivalent without need, is an error. */
function report(all: readonly Result[]): number {
  const survivors = all.filter(({ properties }) => properties.length === 0);
  const reasonOf = (id: string) => EQUIVALENT.find(([pattern]) => pattern.test(id))?.[1];
  const open = survivors.filter(({ id }) => reasonOf(id) === undefined);
  const idle = EQUIVALENT.filter(([pattern]) => survivors.every(({ id }) => !pattern.test(id)));
  for (const [pattern, reason] of EQUIVALENT) {
    console.log(`equivalent: ${reason}`);
    for (const { id } of survivors) if (reasonOf(id) === reason && pattern.test(id)) console.log(`  ${id}`);
  }
  for (const { id } of open) console.log(`open: ${id}`);
  for (const [pattern] of idle) console.log(`no survivor is like ${String(pattern)}`);
  const killed = all.length - survivors.length;
  const equivalent = survivors.length - open.length;
  const share = killed / (all.length - equivalent);
  console.log(
    `mutants: ${all.length}, equivalent: ${equivalent}, killed of the others: ${killed} (${(100 * share).toFixed(1)} %), open: ${open.length}`,
  );
  return open.length === 0 && idle.length === 0 ? 0 : 1;
}

async function main(): Promise<void> {
  const parts = Math.max(1, Math.min(availableParallelism(), 4));
  const all = await Promise.all(Array.from({ length: parts }, (_, part) => resultsOf(part, parts)));
  process.exitCode = report(all.flat());
}

if (process.send !== undefined) {
  const [part, parts] = process.argv.slice(2).map(Number);
  process.send(results(part, parts));
} else if (require.main === module) {
  void main();
}
