import { asList, automaton, cellsOf, keyPattern } from '../../analysis';
import { PolicyJson, StatementJson, wildcardMatch } from '../../iam';

/** Keys of a bucket that no policy tells apart. */
export interface Place {
  /** The narrowest patterns that they match, such as `in/*`; none where no policy names them. */
  readonly patterns: readonly string[];
  /** One of the keys. */
  readonly object: string;
  /** What a listing of them asks for; absent where that is the whole bucket. */
  readonly prefix?: string;
}

/** Words for keys, which differ from key to key and policies do not look at. */
const FILLERS = ['object', 'other', 'another', 'one-more'];

const MOST_PLACES = 512;

/**
 * The keys of a bucket, as policies tell them apart. Those that no policy names come last.
 *
 * @param containers the ARNs of the bucket and of its access points
 * @param documents all policies that decide about it
 * @param tags the tags of the role, which patterns may have in place of a value
 */
export function placesOf(
  containers: readonly string[],
  documents: readonly PolicyJson[],
  tags: Readonly<Record<string, string>>,
): Place[] {
  const named = documents.flatMap(({ Statement }) => asList(Statement)).flatMap(each => patternsIn(each, containers));
  const patterns = [...new Set(named.map(each => withTags(each, tags)))]
    .filter(each => !/^\**$/.test(each) && !each.includes('${'))
    .sort();
  const places = memberships(patterns).map(members => placeOf(members, patterns));
  return places.sort(
    (one, other) => placeOrder(one) - placeOrder(other) || (one.patterns.join() < other.patterns.join() ? -1 : 1),
  );
}

function placeOrder({ patterns }: Place): number {
  return patterns.length === 0 ? 1 : 0;
}

/** For each set of patterns that some key is in, that key. */
function memberships(patterns: readonly string[]): readonly string[] {
  const sets = patterns.map(each => automaton(keyPattern(each)));
  const cells = cellsOf(automaton(keyPattern('?*')), sets, MOST_PLACES);
  return cells?.map(({ witness }) => witness) ?? [...patterns.map(each => filled(each, FILLERS[0])), FILLERS[0]];
}

/** The place that a key is in, by a key that people can read where there is one. */
function placeOf(witness: string, patterns: readonly string[]): Place {
  const members = patterns.filter(each => wildcardMatch(each, witness));
  const narrowest = members.filter(each => members.every(other => other === each || !wildcardMatch(each, other)));
  const isAlike = (text: string) => patterns.every(each => wildcardMatch(each, text) === members.includes(each));
  const stems = patterns.length === 0 ? ['*'] : narrowest.length === 0 ? ['elsewhere/*', '*'] : narrowest;
  const readable = stems.flatMap(stem => FILLERS.map(filler => filled(stem, filler)));
  const object = readable.find(isAlike) ?? witness;
  const prefix = narrowest.map(each => filled(each, '')).find(isAlike) ?? object;
  return { patterns: narrowest, object, ...(narrowest.length === 0 ? {} : { prefix }) };
}

function filled(pattern: string, filler: string): string {
  return pattern.replaceAll('*', filler).replaceAll('?', 'x');
}

/** What a statement names of a bucket: in ARNs, wherever they stand, and in what a listing may ask for. */
function patternsIn(statement: StatementJson, containers: readonly string[]): string[] {
  const { Resource, NotResource, Condition = {} } = statement;
  const conditions = Object.values(Condition).flatMap(keys => Object.entries(keys));
  const values = conditions.flatMap(([, value]) => asList(value).map(String));
  const listed = conditions
    .filter(([key]) => key.toLowerCase() === 's3:prefix' && isAbout(statement, containers))
    .flatMap(([, value]) => asList(value).map(String));
  return [
    ...[...asList(Resource), ...asList(NotResource), ...values].flatMap(arn => keysIn(arn, containers)),
    ...listed.map(each => (/[*?]/.test(each) ? each : `${each}*`)),
  ];
}

function isAbout({ Resource }: StatementJson, containers: readonly string[]): boolean {
  return Resource === undefined || asList(Resource).some(arn => containers.some(each => wildcardMatch(arn, each)));
}

function keysIn(arn: string, containers: readonly string[]): string[] {
  const separator = arn.includes(':accesspoint/') ? '/object/' : '/';
  const at = arn.indexOf(separator);
  const isHere = at > 0 && containers.some(each => wildcardMatch(arn.slice(0, at), each));
  return isHere ? [arn.slice(at + separator.length)] : [];
}

function withTags(pattern: string, tags: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\$\{aws:PrincipalTag\/([^,}]+)\}/gi, (whole, tag: string) => tags[tag] ?? whole);
}

/** Where some of the places of a bucket are, in words; nothing where that is all of them. */
export function whereAre(some: readonly Place[], all: readonly Place[]): string {
  if (some.length === all.length) {
    return '';
  }
  const names = some.filter(({ patterns }) => patterns.length > 0).map(nameOfPlace);
  const [prefixes, others] = [true, false].map(isPrefix => names.filter(each => each.isPrefix === isPrefix));
  return [
    ...(prefixes.length === 0 ? [] : [`in ${prefixes.map(({ name }) => name).join(', ')}`]),
    ...(others.length === 0 ? [] : [`on ${others.map(({ name }) => name).join(', ')}`]),
    ...(names.length < some.length ? ['elsewhere'] : []),
  ].join(' and ');
}

function nameOfPlace({ patterns }: Place): { readonly name: string; readonly isPrefix: boolean } {
  const [pattern] = patterns;
  const isPrefix = patterns.length === 1 && /^[^*?]*\*$/.test(pattern);
  return { isPrefix, name: isPrefix ? pattern.slice(0, -1) : patterns.join(' that is also ') };
}
