import { mostOpen, WhatIf } from './answer';
import { Place, whereAre } from './places';
import type { ReportedBucket, WorkloadPolicies } from './policies';
import { isAboutKeys, targetsIn, VERBS } from './verbs';
import { wildcardMatch } from '../../iam';

/** What the workload may do with some of the keys of a bucket. */
export interface Granted {
  /** Which keys, such as `in in/` or `elsewhere`; empty where that is all of them. */
  readonly where: string;
  /** Verbs, and actions of S3 that no verb covers. */
  readonly may: readonly string[];
}

/** Lists uploads anywhere in the bucket, which no key of a condition limits. */
const LISTS_UPLOADS = 's3:ListBucketMultipartUploads';

const ANYWHERE = 's3:GetBucketLocation';

/** How many actions a sentence names. */
const MOST_NAMED = 6;

/**
 * What the workload may do in a bucket, through one of its endpoints: all that it may, so that what is not said is
 * denied.
 */
export function grantedIn(index: number, policies: WorkloadPolicies, whatIf: WhatIf): Granted[] {
  const bucket = policies.buckets[index];
  const may = (place: Place, action: string) => mayIn(index, place, action, policies, whatIf);
  const granted = bucket.places.map(place => ({ place, may: grantedAt(place, bucket, may) }));
  const listsAll = granted[granted.length - 1].may.includes('list');
  const isReached = granted.some(each => each.may.length > 0);
  const isCovered = (action: string) => (action === ANYWHERE && isReached) || (action === LISTS_UPLOADS && listsAll);
  const onBucket = bucket.actions.filter(
    action => !isAboutKeys(action) && !isCovered(action) && may(bucket.places[0], action),
  );
  return [
    ...grouped(granted.filter(each => each.may.length > 0 || isInOther(each.place, granted))).map(group => ({
      where: whereAre(
        group.map(({ place }) => place),
        bucket.places,
      ),
      may: group[0].may,
    })),
    ...(onBucket.length === 0 ? [] : [{ where: 'on the bucket itself', may: onBucket }]),
  ];
}

interface GrantedAt {
  readonly place: Place;
  readonly may: readonly string[];
}

function mayIn(index: number, place: Place, action: string, policies: WorkloadPolicies, whatIf: WhatIf): boolean {
  const answers = homesOf(policies).flatMap(from =>
    targetsIn(index, place, action).map(target => whatIf.answer({ who: 'workload', from, action, target })),
  );
  return mostOpen(answers).outcome === 'allowed';
}

/** Where the requests of the workload come from. */
export function homesOf({ endpoints }: WorkloadPolicies): string[] {
  return endpoints.length === 0 ? ['other-endpoint'] : endpoints.map((_, index) => `endpoint-${index}`);
}

function grantedAt(
  place: Place,
  { actions }: ReportedBucket,
  may: (place: Place, action: string) => boolean,
): readonly string[] {
  const verbs = VERBS.filter(({ action }) => may(place, action));
  const said = new Set([...VERBS.map(({ action }) => action), ...verbs.flatMap(({ covers }) => covers)]);
  const others = actions.filter(action => isAboutKeys(action) && !said.has(action) && may(place, action));
  return [...verbs.map(({ words }) => words), ...others];
}

/** Whether something is granted in a place that this one is a part of. */
function isInOther({ object }: Place, granted: readonly GrantedAt[]): boolean {
  return granted.some(({ place, may }) => may.length > 0 && place.patterns.every(each => wildcardMatch(each, object)));
}

function grouped(granted: readonly GrantedAt[]): GrantedAt[][] {
  const groups = new Map<string, GrantedAt[]>();
  granted.forEach(each => groups.set(each.may.join(), [...(groups.get(each.may.join()) ?? []), each]));
  return [...groups.values()];
}

/** How long a sentence about a bucket is where there is little room. */
const MOST_IN_PICTURE = 150;

/** The same in few words: verbs, and how many actions there are beside them. */
export function inFewWords(granted: readonly Granted[], through?: string): string {
  const whole = inWords(granted, through);
  const briefly = (may: readonly string[]) => may.filter(each => !each.startsWith('s3:'));
  const lines = granted.map(({ may, where }) => {
    const verbs = briefly(may);
    const rest = may.length - verbs.length;
    const more = rest === 0 ? [] : [`${rest} ${verbs.length === 0 ? '' : 'more '}actions`];
    return [[...verbs, ...more].join(', '), where].filter(words => words !== '').join(' ');
  });
  return whole.length <= MOST_IN_PICTURE ? whole : lines.join('; ');
}

/** What is granted in a bucket, in a sentence. */
export function inWords(granted: readonly Granted[], through?: string): string {
  if (granted.every(({ may }) => may.length === 0)) {
    return 'nothing that a data path needs';
  }
  const said = granted.map(({ may, where }) => [listed(may), where].filter(words => words !== '').join(' ')).join('; ');
  return through === undefined ? said : `${said}${granted.length === 1 ? ',' : '; all'} through ${through}`;
}

function listed(may: readonly string[]): string {
  const rest = may.length - MOST_NAMED;
  if (may.length === 0) {
    return 'nothing';
  }
  return rest > 1 ? `${may.slice(0, MOST_NAMED).join(', ')} and ${rest} more actions` : may.join(', ');
}
