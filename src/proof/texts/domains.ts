import { Automaton, automaton, either, literal, many, one, Part, repeated, sequence, times } from './automaton';
import type { Characters } from './characters';

// what AWS lets texts be, apart from how long they may be: that tells no policies apart
const DIGIT: Characters = { kinds: new Set(['digit'] as const) };
const SMALL: Characters = { kinds: new Set(['small'] as const) };
const ID: Characters = { kinds: new Set(['digit', 'small'] as const) };
const ID_OR_DASH: Characters = { kinds: new Set(['digit', 'small'] as const), and: '-' };
const NAME: Characters = { kinds: new Set(['digit', 'small', 'capital'] as const), and: '+=,.@_-' };
const PATH: Characters = { kinds: new Set(['digit', 'small', 'capital'] as const), and: '+=,.@_-/' };
const BUCKET: Characters = { kinds: new Set(['digit', 'small'] as const), and: '.-' };

/** What the part accepts, and some texts beside it. */
function orOneOf(part: Part, texts: readonly string[]): Part {
  return either(part, ...texts.map(literal));
}

/** Names of these characters of which a part is known at deployment only. */
function partlyKnown(characters: Characters, symbols: readonly string[]): readonly Part[] {
  const [symbol, rest] = [either(...symbols.map(literal)), many(characters)];
  return symbols.length === 0 ? [] : [sequence(rest, symbol, rest, repeated(sequence(symbol, rest)))];
}

/** Numbers of accounts, and accounts that are known at deployment only. */
function account(symbols: readonly string[]): Part {
  return orOneOf(times(one(DIGIT), 12), symbols);
}

/** @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export function accountNumbers(symbols: readonly string[]): Automaton {
  return automaton(account(symbols));
}

/**
 * The ARNs that `aws:PrincipalArn` carries: of roles, users, federated users and the root users of accounts.
 *
 * @param symbols accounts that are known at deployment only
 * @param inNames parts of names that are known at deployment only
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function principalArns(
  partition: string,
  symbols: readonly string[],
  inNames: readonly string[] = [],
): Automaton {
  const pathAndName = either(one(NAME), sequence(one(NAME), many(PATH), one(NAME)), ...partlyKnown(PATH, inNames));
  const named = either(sequence(either(literal('role/'), literal('user/')), pathAndName), literal('root'));
  const federated = sequence(literal('federated-user/'), many(NAME, 1));
  return automaton(
    either(
      sequence(literal(`arn:${partition}:iam::`), account(symbols), literal(':'), named),
      sequence(literal(`arn:${partition}:sts::`), account(symbols), literal(':'), federated),
    ),
  );
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
function regionPart(symbols: readonly string[]): Part {
  const areas = sequence(literal('-'), many(SMALL, 1));
  const name = sequence(times(one(SMALL), 2), areas, repeated(areas), literal('-'), one(DIGIT));
  return orOneOf(name, symbols);
}

/** The Regions. */
export function regions(symbols: readonly string[]): Automaton {
  return automaton(regionPart(symbols));
}

/** The ARNs of VPCs. */
export function vpcArns(partition: string, region: string, symbols: readonly string[]): Automaton {
  return arns(`arn:${partition}:ec2:`, region, symbols, sequence(literal('vpc/vpc-'), many(ID_OR_DASH, 1)));
}

function arns(start: string, region: string, symbols: readonly string[], rest: Part): Automaton {
  return automaton(sequence(literal(start), regionPart([region]), literal(':'), account(symbols), literal(':'), rest));
}

/** The ids of VPC endpoints. */
export const ENDPOINT_IDS: Automaton = automaton(sequence(literal('vpce-'), many(ID_OR_DASH, 1)));

/**
 * The host names of services.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export function hosts(partition: string): Automaton {
  return automaton(sequence(label(), suffix(partition)));
}

function label(): Part {
  return sequence(many(ID, 1), repeated(sequence(one(new Set(['.', '-'])), many(ID, 1))));
}

/** Hosts in China may have a suffix of their own. */
function suffix(partition: string): Part {
  const ends = partition === 'aws' ? [''] : ['', '.cn'];
  return sequence(literal('.amazonaws.com'), either(...ends.map(literal)));
}

/** The host names of services in a Region. */
export function regionalHosts(partition: string, symbols: readonly string[]): Automaton {
  return automaton(sequence(label(), literal('.'), regionPart(symbols), suffix(partition)));
}

/**
 * The paths of units: the organization, its root, and units in units.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html
 */
export function organizationPaths(symbols: readonly string[]): Automaton {
  const organization = orOneOf(sequence(literal('o-'), many(ID, 1)), symbols);
  const unit = sequence(literal('ou-'), many(ID, 1), literal('-'), many(ID, 1), literal('/'));
  return automaton(sequence(organization, literal('/r-'), many(ID, 1), literal('/'), repeated(unit)));
}

/** The ARNs of EC2 instances. */
export function instanceArns(partition: string, region: string, symbols: readonly string[]): Automaton {
  return arns(`arn:${partition}:ec2:`, region, symbols, sequence(literal('instance/i-'), many(ID, 1)));
}

/**
 * The ARNs of what services act on behalf of; those of buckets have neither Region nor account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
 */
export function sourceArns(partition: string, region: string, symbols: readonly string[]): Automaton {
  const [colon, service] = [literal(':'), many(ID_OR_DASH, 1)];
  const place = sequence(orOneOf(regionPart([region]), ['']), colon, orOneOf(account(symbols), ['']));
  return automaton(sequence(literal(`arn:${partition}:`), service, colon, place, colon, many('any', 1)));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketName(): Part {
  return sequence(one(ID), many(BUCKET, 1), one(ID));
}

/** The names of buckets. */
export const BUCKET_NAMES: Automaton = automaton(bucketName());

/** The ARNs of access points. */
export function accessPointArns(partition: string, region: string, symbols: readonly string[]): Automaton {
  const name = sequence(one(ID), many(ID_OR_DASH, 1), one(ID));
  return arns(`arn:${partition}:s3:`, region, symbols, sequence(literal('accesspoint/'), name));
}

/** The ARNs of buckets and of objects in them; `inNames` are parts of names that are known at deployment only. */
export function bucketsAndObjects(partition: string, inNames: readonly string[] = []): Automaton {
  const name = either(bucketName(), ...partlyKnown(BUCKET, inNames));
  const bucket = sequence(literal(`arn:${partition}:s3:::`), name);
  return automaton(either(bucket, sequence(bucket, literal('/'), many('any', 1))));
}

/** The ARNs of the objects of one bucket. */
export function objectsOf(start: string): Automaton {
  return automaton(sequence(literal(start), many('any', 1)));
}
