import type { Access } from './access';
import { inWords } from './granted';
import { hasLooked } from './looked';
import type { Outside } from './outside';
import type { Picture } from './picture';
import type { WorkloadPolicies } from './policies';
import type { ExaminedWorkload } from '../../analysis';
import type { PropertyId } from '../../proof';

/** What the workload may do in buckets where it may do the same. */
export interface GrantLine {
  readonly buckets: readonly string[];
  readonly may: string;
}

/** What the workload may do, in the order of the buckets. */
export function grantLines({ granted }: Access, { buckets }: WorkloadPolicies): GrantLine[] {
  const lines = new Map<string, string[]>();
  buckets.forEach(({ label, accessPoint }, index) => {
    const may = inWords(granted[index], accessPoint?.label);
    lines.set(may, [...(lines.get(may) ?? []), label]);
  });
  return [...lines].map(([may, labels]) => ({ buckets: labels, may }));
}

/** What is open and what is closed, in five sentences at most. */
export function sentencesOf(examined: ExaminedWorkload, picture: Picture, outside: readonly Outside[]): string[] {
  const titles = (status: Outside['status']) => outside.filter(each => each.status === status);
  const exempt = [...new Set(outside.flatMap(each => each.exempt))].map(who => who.replace(/ \(exempt\)$/, ''));
  return [
    pathOf(examined, picture),
    closedOf(examined, picture, titles('closed'), outside.length, exempt.length > 0),
    told(
      'Not closed',
      titles('open').map(({ title, open }) => `${inSentence(title)} (${firstOf(open)})`),
    ),
    told(
      'Nothing closes',
      titles('nothing closes it').map(({ title, why }) => `${inSentence(title)} (${why})`),
    ),
    told('Let in on purpose, from anywhere', exempt),
  ].filter(sentence => sentence !== '');
}

function pathOf({ flow, workload }: ExaminedWorkload, { compute, buckets, otherAccounts, endpoints }: Picture): string {
  const all = [...buckets, ...otherAccounts.flatMap(each => each.buckets)];
  const reached = all.filter(({ isReached }) => isReached).length;
  const used = endpoints.find(({ isUsed }) => isUsed);
  const subject = `The ${compute.title}`;
  if (all.length === 0) {
    return `${subject} has no data bucket in these templates: what its role may do elsewhere is in the findings and the proof.`;
  }
  if (reached === 0) {
    return `${subject} reaches none of its ${all.length} data buckets: the policies do not agree.`;
  }
  const way = used === undefined ? 'past any S3 endpoint' : `through the ${used.title}`;
  const areTemporary = flow.steps[1]?.ok === true && workload.role !== undefined;
  const credentials = areTemporary ? 'with temporary credentials' : 'and not by temporary credentials alone';
  return `${subject} reaches ${counted(reached)} ${way}, ${credentials}.`;
}

function counted(count: number): string {
  return count === 1 ? 'one data bucket' : `${count} data buckets`;
}

/** That nobody else gets anywhere needs more than that the places outside are closed. */
function closedOf(
  examined: ExaminedWorkload,
  { buckets, otherAccounts }: Picture,
  closed: readonly Outside[],
  all: number,
  hasExempt: boolean,
): string {
  const areKnown = [...buckets, ...otherAccounts.flatMap(each => each.buckets)].every(({ isKnown }) => isKnown);
  const doHold = NOBODY_ELSE.every(id =>
    (examined.proof?.properties ?? []).some(
      each => each.id === id && hasLooked(each) && ['holds', 'holds, assuming'].includes(each.outcome),
    ),
  );
  if (areKnown && doHold && closed.length === all) {
    return `Nobody else${hasExempt ? ' but the exempt' : ''} reaches an object, from anywhere, and nothing leads out.`;
  }
  return told(
    'Closed',
    closed.map(({ title, why }) => `${inSentence(title)}${areKnown ? '' : ` (${why})`}`),
  );
}

const NOBODY_ELSE: readonly PropertyId[] = [
  'closed[objects-outside-endpoint]',
  'closed[objects-to-others]',
  'closed[lists-outside-endpoint]',
  'no-way-out[routes]',
  'no-way-out[s3-endpoint]',
];

function told(what: string, texts: readonly string[]): string {
  return texts.length === 0 ? '' : `${what}: ${texts.join(', ')}.`;
}

function firstOf([first, ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first}; ${others.length} more`;
}

function inSentence(title: string): string {
  return `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}
