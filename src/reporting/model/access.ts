import { Answer, mostOpen, WhatIf } from './answer';
import { askers, Choice } from './choices';
import { Granted, grantedIn, homesOf } from './granted';
import type { Intention, Standing } from './intention';
import { Place, whereAre } from './places';
import type { WorkloadPolicies, ReportedBucket } from './policies';
import type { Question, Target } from './question';
import { targetsIn, VERBS } from './verbs';

/** A question with its answer. */
export interface Cell extends Answer {
  readonly question: Question;
  /** How it stands to what is meant. */
  readonly standing: Standing;
}

/** Answers questions, and says how each answer stands to what is meant. */
type Ask = (question: Question) => Cell;

/** Who asks, from where, and the answer for each column. */
export interface Row {
  readonly who: string;
  readonly from: string;
  /** Which keys of a bucket it is about, such as `in in/`; empty where that is all of them. */
  readonly where: string;
  readonly cells: readonly Cell[];
}

/** Questions about buckets that are all answered alike. */
export interface BucketTable {
  /** Their places in the policies. */
  readonly buckets: readonly number[];
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What even the workload may not do, each with what somebody would like to do. */
  readonly limits: readonly Limit[];
}

/** Something that the workload asks for, and which keys it is about. */
export interface Limit {
  readonly what: string;
  readonly cell: Cell;
}

/** The matrix: who, from where, what. */
export interface Access {
  /** What the workload may do in each bucket, in their order in the policies. */
  readonly granted: ReadonlyArray<readonly Granted[]>;
  readonly tables: readonly BucketTable[];
  readonly keys: ReadonlyArray<{
    readonly key: number;
    readonly columns: readonly string[];
    readonly rows: readonly Row[];
  }>;
  /** What leaves through the endpoints. */
  readonly wayOut: readonly Limit[];
}

/** The columns of the matrix that are about data. The others are about who could change the locks. */
export const DATA_COLUMNS = VERBS.length;

const COLUMNS: ReadonlyArray<readonly [words: string, action: string]> = [
  ...VERBS.map(({ words, action }) => [words, action] as const),
  ['change the bucket policy', 's3:PutBucketPolicy'],
];

const KEY_COLUMNS: ReadonlyArray<readonly [words: string, action: string]> = [
  ['decrypt', 'kms:Decrypt'],
  ['make data keys', 'kms:GenerateDataKey'],
  ['let others use it', 'kms:CreateGrant'],
  ['change the key policy', 'kms:PutKeyPolicy'],
];

/** Answers every question of the matrix. */
export function accessOf(policies: WorkloadPolicies, whatIf: WhatIf, intention: Intention): Access {
  const decided = (question: Question): Cell => {
    const answer = whatIf.answer(question);
    return { question, ...answer, standing: intention.standingOf(question, answer) };
  };
  const tables = policies.buckets.map((bucket, index) => tableOf(bucket, index, policies, decided));
  return {
    granted: policies.buckets.map((_, index) => grantedIn(index, policies, whatIf)),
    tables: grouped(tables, policies),
    keys: policies.keys.map((_, key) => ({
      key,
      columns: KEY_COLUMNS.map(([words]) => words),
      rows: keyRows(key, policies, decided),
    })),
    wayOut: wayOutOf(policies, decided),
  };
}

function tableOf(bucket: ReportedBucket, index: number, policies: WorkloadPolicies, decided: Ask): BucketTable {
  const ask = (question: Omit<Question, 'target'>, targets: readonly Target[]): Cell =>
    worst(targets.map(target => decided({ ...question, target })));
  const rows = rowsOf(bucket, policies).flatMap(([who, from]) =>
    inPlaces(bucket.places, place =>
      COLUMNS.map(([, action]) => ask({ who: who.id, from: from.id, action }, targetsIn(index, place, action))),
    ).map(({ where, cells }): Row => ({ who: who.words, from: from.words, where, cells })),
  );
  const usual = { who: 'workload', from: homesOf(policies)[0] };
  const limits = limitsFor(bucket).flatMap(([what, action, more]) =>
    inPlaces(bucket.places, place => [ask({ ...usual, action, ...more }, targetsIn(index, place, action))]).map(
      ({ where, cells: [cell] }): Limit => ({ what: where === '' ? what : `${what}, ${where}`, cell }),
    ),
  );
  return { buckets: [index], columns: COLUMNS.map(([words]) => words), rows, limits };
}

/** The answer that lets most through; of those, one that is not meant. */
function worst(cells: readonly Cell[]): Cell {
  const { outcome } = mostOpen(cells);
  const open = cells.filter(each => each.outcome === outcome);
  return open.find(({ standing }) => standing === 'unintended') ?? open[0];
}

/** The answers in each place of a bucket; places that are all answered alike, by the same statements, share them. */
function inPlaces(
  places: readonly Place[],
  ask: (place: Place) => readonly Cell[],
): Array<Pick<Row, 'where' | 'cells'>> {
  const groups = new Map<string, { readonly places: readonly Place[]; readonly cells: readonly Cell[] }>();
  for (const place of places) {
    const cells = ask(place);
    const key = JSON.stringify(cells.map(({ outcome, sentence, standing }) => [outcome, sentence, standing]));
    const known = groups.get(key);
    groups.set(key, { places: [...(known?.places ?? []), place], cells: known?.cells ?? cells });
  }
  return [...groups.values()].map(group => ({ where: whereAre(group.places, places), cells: group.cells }));
}

/**
 * Everybody from the internet, and whoever is in the VPC from there; what is stolen of the workload from everywhere.
 */
function rowsOf(
  bucket: ReportedBucket,
  policies: WorkloadPolicies,
): ReadonlyArray<readonly [who: Choice, from: Choice]> {
  const [workload, ...others] = askers(policies).filter(
    ({ id }) => !id.startsWith('owner-') || id === `owner-${bucket.account}`,
  );
  const internet = { id: 'internet', words: 'the internet' };
  const inside = policies.endpoints.map(({ label }, index) => ({
    id: `endpoint-${index}`,
    words: `its instance, through ${label}`,
  }));
  const beside = policies.endpoints
    .slice(0, 1)
    .map(({ label }) => ({ id: 'endpoint-0', words: `the VPC, through ${label}` }));
  const stolen = { id: 'workload', words: 'credentials stolen from the instance' };
  const fromInside = others.filter(({ id }) => /^(peer-|admin$|stranger$)/.test(id));
  return [
    ...inside.map(from => [workload, from] as const),
    ...policies.endpoints
      .slice(0, 1)
      .map(
        ({ label }) => [stolen, { id: 'neighbour-0', words: `another machine in the VPC, through ${label}` }] as const,
      ),
    [stolen, { id: 'other-endpoint', words: 'another S3 endpoint of the VPC' }],
    [stolen, { id: 'other-vpc', words: 'another VPC' }],
    [stolen, internet],
    ...fromInside.flatMap(who => beside.map(from => [who, from] as const)),
    ...others.map(who => [who, internet] as const),
  ];
}

/** How many further actions are told one by one: a role that may everything has a hundred. */
const MOST_OTHERS = 12;

type LimitSpec = readonly [what: string, action: string, more: Partial<Question>];

/** What it is told not to do, or not to do so, and what it may do beside reading and writing. */
function limitsFor({ actions, keyArn }: ReportedBucket): readonly LimitSpec[] {
  const usual: readonly LimitSpec[] = [
    ['read an old version', 's3:GetObjectVersion', {}],
    ['destroy an old version', 's3:DeleteObjectVersion', {}],
    ['make an object public', 's3:PutObjectAcl', {}],
    ["upload under the bucket's own encryption", 's3:PutObject', { encryption: 'none' }],
    ...(keyArn === undefined ? [] : OTHER_KEYS),
    ['upload with a key of its own (SSE-C)', 's3:PutObject', { encryption: 'customer key' }],
    ['read over TLS 1.1', 's3:GetObject', { tls: '1.1' }],
    ['read without TLS', 's3:GetObject', { tls: 'none' }],
    ['turn off the block of public access', 's3:PutBucketPublicAccessBlock', {}],
  ];
  const known = new Set([
    ...VERBS.flatMap(({ action, covers }) => [action, ...covers]),
    ...usual.map(([, action]) => action),
  ]);
  const others = actions.filter(action => !known.has(action)).slice(0, MOST_OTHERS);
  return [...usual, ...others.map((action): LimitSpec => [action, action, {}])];
}

const OTHER_KEYS: readonly LimitSpec[] = [
  ["upload under S3's own keys", 's3:PutObject', { encryption: 'S3 keys' }],
  ['upload under the key of somebody else', 's3:PutObject', { encryption: 'another key' }],
];

function keyRows(index: number, policies: WorkloadPolicies, decided: Ask): Row[] {
  const people = askers(policies).filter(
    ({ id }) => !id.startsWith('owner-') || id === `owner-${policies.keys[index].account}`,
  );
  const places = [
    { id: 's3', words: 'S3, on its behalf' },
    { id: 'internet', words: 'anywhere, to KMS directly' },
  ];
  return people
    .filter(({ id }) => id !== 'anonymous')
    .flatMap(who =>
      places.map(from => ({
        who: who.words,
        from: from.words,
        where: '',
        cells: KEY_COLUMNS.map(([, action]) =>
          decided({ who: who.id, from: from.id, action, target: { kind: 'key', index } }),
        ),
      })),
    );
}

/** Buckets of others, through each endpoint, with anybody's credentials. */
function wayOutOf(policies: WorkloadPolicies, decided: Ask): Limit[] {
  const [workload, stranger, anonymous] = ['workload', 'stranger', 'anonymous'].map(id =>
    askers(policies).find(each => each.id === id),
  );
  return policies.endpoints.flatMap(({ label }, index) =>
    [workload, stranger, anonymous]
      .filter(who => who !== undefined)
      .map(({ id, words }) => {
        const question: Question = {
          who: id,
          from: `endpoint-${index}`,
          action: 's3:PutObject',
          target: { kind: 'stranger', object: 'loot' },
        };
        return { what: `upload to someone else's bucket, as ${words}, through ${label}`, cell: decided(question) };
      }),
  );
}

/** Buckets with the same answers, by the same statements, share a table. */
function grouped(tables: readonly BucketTable[], policies: WorkloadPolicies): BucketTable[] {
  const groups = new Map<string, BucketTable>();
  for (const table of tables) {
    const { label, account } = policies.buckets[table.buckets[0]];
    const anonymous = (sentence: string) => sentence.replaceAll(`bucket policy of ${label}`, 'bucket policy');
    const cells = [...table.rows.flatMap(row => row.cells), ...table.limits.map(({ cell }) => cell)];
    const key = JSON.stringify([
      account,
      [...table.rows.map(({ where }) => where), ...table.limits.map(({ what }) => what)],
      cells.map(({ outcome, sentence, standing }) => [outcome, anonymous(sentence), standing]),
    ]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? table : { ...known, buckets: [...known.buckets, ...table.buckets] });
  }
  return [...groups.values()].map(table => (table.buckets.length === 1 ? table : withoutName(table, policies)));
}

/** The sentences of a table about several buckets name none of them. */
function withoutName(table: BucketTable, policies: WorkloadPolicies): BucketTable {
  const { label } = policies.buckets[table.buckets[0]];
  const general = (cell: Cell): Cell => ({
    ...cell,
    sentence: cell.sentence.replaceAll(`bucket policy of ${label}`, 'bucket policy'),
    by: cell.by.map(each => ({ ...each, policy: each.policy.replace(`bucket policy of ${label}`, 'bucket policy') })),
  });
  return {
    ...table,
    rows: table.rows.map(row => ({ ...row, cells: row.cells.map(general) })),
    limits: table.limits.map(limit => ({ ...limit, cell: general(limit.cell) })),
  };
}
