import * as fc from 'fast-check';
import { conditions } from './condition-atoms';
import type { Many, Policy, Statement } from './smt-policy';
import { WORLD } from './smt-request';

/** Policies of every kind around one workload, one bucket and one key. */
export interface PolicyWorld {
  readonly bucket: Policy;
  readonly role: Policy;
  readonly boundary?: Policy;
  /** By level. */
  readonly serviceControl?: ReadonlyArray<readonly Policy[]>;
  readonly resourceControl?: readonly Policy[];
  readonly endpoint: Policy;
  readonly key: Policy;
  /** Whether the bucket's Denies have to hold whatever else its policy allows. */
  readonly exclusive: boolean;
  /** The tags of the role. */
  readonly tags: Readonly<Record<string, string>>;
  /** The action that each question is asked about. */
  readonly actions: { readonly object: string; readonly stranger: string; readonly key: string };
}

/** A principal that the bucket policies spare on purpose. */
export const EXEMPT = 'arn:aws:iam::111122223333:role/ops/Admin';

export const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject'] as const;
export const STRANGER_ACTIONS = ['s3:PutObject', 's3:PutObjectTagging'] as const;
export const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'] as const;

/** Half of the worlds have it. */
function perhaps<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

function pick<T>(...values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

/** One value, or some of them. */
function oneOrMore(values: readonly string[]): fc.Arbitrary<Many> {
  return fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  );
}

type Place = 's3' | 'kms';

const ACTION_PATTERNS: Readonly<Record<Place, readonly string[]>> = {
  s3: [
    '*',
    's3:*',
    's3:Get*',
    's3:Put*',
    'S3:getobject',
    's3:*Object',
    's3:GetObject?ersion',
    's3:DeleteObject',
    'kms:*',
  ],
  kms: ['*', 'kms:*', 'kms:Decrypt', 'kms:Generate*', 'kms:*crypt', 'kms:ReEncrypt*', 'kms:?escribeKey', 's3:*'],
};

const RESOURCES: Readonly<Record<Place, readonly string[]>> = {
  s3: [
    '*',
    `${WORLD.bucket}/*`,
    `${WORLD.bucket}*`,
    `${WORLD.bucket}/shared/*`,
    `${WORLD.bucket}/?/x`,
    'arn:*:s3:::*',
    'arn:aws:s3:::*/loot',
    'arn:aws:s3:::app-*/*',
    'arn:aws:s3:::dept-?/*',
    `${WORLD.bucket}/\${aws:PrincipalTag/team}/*`,
    `${WORLD.bucket}/\${aws:username, 'nobody'}/*`,
    'arn:aws:s3:::logs-${aws:PrincipalAccount}/*',
  ],
  kms: ['*', WORLD.key, 'arn:aws:kms:*:111122223333:key/*', 'arn:aws:kms:eu-*:*:key/*', 'arn:aws:s3:::*'],
};

const PRINCIPALS: ReadonlyArray<Statement['Principal']> = [
  '*',
  '*',
  { AWS: '*' },
  { AWS: WORLD.role },
  { AWS: WORLD.account },
  { AWS: 'arn:aws:iam::111122223333:root' },
  { AWS: 'arn:aws:iam::444455556666:root' },
  { AWS: ['444455556666', 'arn:aws:iam::111122223333:user/Deployer'] },
  { AWS: 'arn:aws:iam::444455556666:role/team/Reader' },
  { AWS: 'arn:aws:sts::444455556666:federated-user/Guest' },
  { Service: 'logging.s3.amazonaws.com' },
  { Service: ['cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com'] },
];

interface Shape {
  readonly place: Place;
  readonly principals: boolean;
}

/** Any statement of the grammar. */
function anyStatement({ place, principals }: Shape): fc.Arbitrary<Statement> {
  return fc
    .record({
      Effect: pick<Statement['Effect']>('Allow', 'Deny'),
      Principal: principals ? pick(...PRINCIPALS) : fc.constant(undefined),
      negatedAction: fc.integer({ min: 0, max: 5 }),
      actions: oneOrMore(ACTION_PATTERNS[place]),
      negatedResource: fc.integer({ min: 0, max: 5 }),
      resources: oneOrMore(RESOURCES[place]),
      Condition: conditions(place, 0, 3),
    })
    .map(({ Effect, Principal, negatedAction, actions, negatedResource, resources, Condition }) =>
      withoutNothing({
        Effect,
        Principal,
        [negatedAction === 0 ? 'NotAction' : 'Action']: actions,
        [negatedResource === 0 ? 'NotResource' : 'Resource']: resources,
        Condition,
      } as Statement),
    );
}

/** A statement as people write it, or one that differs in something. */
function nearly(shape: Shape, statement: Statement): fc.Arbitrary<Statement> {
  // fewer conditions make an Allow wider, and more of them a Deny narrower
  const [more, others] = statement.Effect === 'Allow' ? [1, 5] : [3, 1];
  return fc.oneof(
    { arbitrary: fc.constant(statement), weight: 4 },
    { arbitrary: conditions(shape.place, 1, 1).map(each => withMore(statement, each)), weight: more },
    { arbitrary: conditions(shape.place, 1, 2).map(Condition => ({ ...statement, Condition })), weight: others },
    { arbitrary: pick(...RESOURCES[shape.place]).map(Resource => ({ ...statement, Resource })), weight: 1 },
    { arbitrary: operatorsOf(statement), weight: 2 },
  );
}

function withMore(statement: Statement, more: Statement['Condition']): Statement {
  const Condition = { ...statement.Condition };
  for (const [operator, keys] of Object.entries(more ?? {})) {
    Condition[operator] = { ...keys, ...Condition[operator] };
  }
  return { ...statement, Condition };
}

/** The same conditions under other operators. */
function operatorsOf(statement: Statement): fc.Arbitrary<Statement> {
  return pick('IfExists', 'ForAnyValue:', 'ForAllValues:').map(change => ({
    ...statement,
    Condition: Object.fromEntries(
      Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [changed(operator, change), keys]),
    ),
  }));
}

function changed(operator: string, change: string): string {
  if (operator === 'Null' || operator.includes(change)) {
    return operator;
  }
  return change === 'IfExists' ? `${operator}${change}` : `${change}${operator.replace(/^For\w+:/, '')}`;
}

function policy(shape: Shape, usual: readonly Statement[], more: number): fc.Arbitrary<Policy> {
  const statements = usual.map(statement => fc.option(nearly(shape, statement), { nil: undefined, freq: 8 }));
  return fc
    .tuple(fc.tuple(...statements), fc.array(anyStatement(shape), { maxLength: more }))
    .map(([some, others]) => ({
      Version: '2012-10-17',
      Statement: [...some.filter(each => each !== undefined), ...others],
    }));
}

const OBJECTS = { Action: 's3:*', Resource: `${WORLD.bucket}/*` };

const BUCKET: readonly Statement[] = [
  {
    Effect: 'Deny',
    Principal: '*',
    ...OBJECTS,
    Condition: {
      StringNotEquals: { 'aws:SourceVpce': WORLD.endpoint },
      ArnNotEquals: { 'aws:PrincipalArn': EXEMPT },
    },
  },
  {
    Effect: 'Deny',
    Principal: '*',
    ...OBJECTS,
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [WORLD.role, EXEMPT] } },
  },
];

const ROLE: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceAccount': WORLD.account } },
  },
];

const ENDPOINT: readonly Statement[] = [
  {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': WORLD.role },
      StringEquals: { 'aws:ResourceAccount': WORLD.account },
    },
  },
];

const KEY: readonly Statement[] = [
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': WORLD.role },
      StringEquals: { 'kms:CallerAccount': WORLD.account },
    },
  },
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: ['kms:Describe*', 'kms:Put*', 'kms:Get*'],
    Resource: '*',
  },
];

const FULL: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

const ATTACHED: Shape = { place: 's3', principals: false };
const ON_BUCKET: Shape = { place: 's3', principals: true };
const ON_KEY: Shape = { place: 'kms', principals: true };

/** Only Denies, for everybody. */
const resourceControl = fc.array(anyStatement(ON_BUCKET), { minLength: 1, maxLength: 2 }).map(statements => [
  {
    Version: '2012-10-17',
    Statement: statements.map((statement): Statement => ({ ...statement, Effect: 'Deny', Principal: '*' })),
  },
]);

/** Policies of all kinds, most of them such as keep the workload in and others out. */
export const policyWorlds: fc.Arbitrary<PolicyWorld> = fc
  .record({
    bucket: policy(ON_BUCKET, BUCKET, 2),
    role: policy(ATTACHED, ROLE, 2),
    boundary: perhaps(policy(ATTACHED, [FULL], 1)),
    serviceControl: perhaps(
      fc.array(
        policy(ATTACHED, [FULL], 1).map(each => [each]),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    resourceControl: perhaps(resourceControl),
    endpoint: policy(ON_BUCKET, ENDPOINT, 1),
    key: policy(ON_KEY, KEY, 1),
    exclusive: fc.boolean(),
    tags: pick<PolicyWorld['tags']>({}, { team: 'red' }),
    actions: fc.record({
      object: pick(...OBJECT_ACTIONS),
      stranger: pick(...STRANGER_ACTIONS),
      key: pick(...KEY_ACTIONS),
    }),
  })
  .map((world): PolicyWorld => withoutNothing(world));

/** The same worlds for the same seed. */
export function samplesOf(count: number, seed: number): readonly PolicyWorld[] {
  return fc.sample(policyWorlds, { numRuns: count, seed });
}

function withoutNothing<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
