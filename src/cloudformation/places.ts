import { isList, isObject, Json, objectOf, valueAt } from './json';
import { KNOWN_PARTITIONS, partitionOf } from './partition';
import type { StackTemplate } from './template-location';
import { wildcardMatch } from '../iam';

/** Where stacks without a Region are taken to be deployed. */
export interface Place {
  /** Absent: one that nothing in the templates tells from others. */
  readonly partition?: string;
  /** Absent: one that no policy names. */
  readonly region?: string;
  /** The partitions that it is not, since others stand for them. */
  readonly otherPartitions: readonly string[];
  /** Whether literal ARNs name the partition, so that nothing could be deployed in others. */
  readonly isNamed: boolean;
}

const ANYWHERE: Place = { otherPartitions: [], isNamed: false };

/** Types whose texts name partitions; what a topic is called tells nothing. */
const OF_THE_PATTERN = /^AWS::(EC2|IAM|S3|KMS|AutoScaling|Organizations)::/;

/** Texts for people. */
const SAYS_NOTHING = /^(Tags|UserData|Metadata|Description|GroupDescription)$/;

const POLICIES = /^(PolicyDocument|KeyPolicy|AssumeRolePolicyDocument|Policies|Policy|Content)$/;

const PARTITION = /^aws(-[a-z]+|[*?])*(-[*?])?$/;

const REGION = /^(af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(-[a-z]+){1,2}-\d$/;

/** With more Regions than this in policies, nothing is proven. */
const MOST_REGIONS = 4;

/**
 * The places that templates tell apart, each by one that stands for it: each partition that literal ARNs, maps,
 * parameters or conditions name or cover with a pattern, each Region that a policy names, and one more. Where literal
 * ARNs name a partition, others are left out: nothing could be deployed there.
 */
export function placesOf(stacks: readonly StackTemplate[]): readonly Place[] {
  const open = stacks.filter(({ region }) => region === undefined);
  if (open.length === 0) {
    return [ANYWHERE];
  }
  const named = distinct(open.flatMap(namedPartitions));
  const compared = open.flatMap(({ template }) => leavesIn(valueAt(template as unknown as Json, 'Conditions')));
  const regions = distinct(open.flatMap(regionsInPolicies)).slice(0, MOST_REGIONS);
  const apart = partitionsApart(named, distinct(compared.filter(isPartition)));
  return [...apart, ...regions.map(region => inRegion(region, named)).filter(place => isAmong(place, apart))];
}

/** The Regions that policies name beyond those that are tried. */
export function untriedRegions(stacks: readonly StackTemplate[]): readonly string[] {
  const open = stacks.filter(({ region }) => region === undefined);
  return distinct(open.flatMap(regionsInPolicies)).slice(MOST_REGIONS);
}

function isAmong({ isNamed }: Place, apart: readonly Place[]): boolean {
  return isNamed || !apart.some(place => place.isNamed);
}

function inRegion(region: string, named: readonly string[]): Place {
  const partition = partitionOf(region);
  return { region, partition, otherPartitions: [], isNamed: named.includes(partition) };
}

function partitionsApart(named: readonly string[], compared: readonly string[]): readonly Place[] {
  const patterns = [...named, ...compared];
  const signature = (partition: string) => patterns.map(each => Number(wildcardMatch(each, partition))).join('');
  const apart = new Map<string, string>([...KNOWN_PARTITIONS].reverse().map(each => [signature(each), each]));
  const isMissed = apart.delete(signature(''));
  const found = new Set(apart.values());
  const standing = KNOWN_PARTITIONS.filter(each => found.has(each));
  const places = standing.map(partition => ({ partition, otherPartitions: [], isNamed: named.includes(partition) }));
  if (places.some(({ isNamed }) => isNamed)) {
    return places.filter(({ isNamed }) => isNamed);
  }
  return isMissed ? [{ ...ANYWHERE, otherPartitions: standing }, ...places] : places;
}

function namedPartitions({ template }: StackTemplate): string[] {
  const resources = Object.values(template.Resources).filter(({ Type }) => OF_THE_PATTERN.test(Type));
  const texts = [resources, template.Mappings ?? {}, template.Parameters ?? {}].flatMap(each =>
    leavesIn(each as unknown as Json),
  );
  return texts.flatMap(text => [
    ...[...text.matchAll(/\barn:(aws[a-z*?-]*):/g)].map(([, partition]) => partition),
    ...(isPartition(text) ? [text] : []),
  ]);
}

function regionsInPolicies({ template }: StackTemplate): string[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => OF_THE_PATTERN.test(Type))
    .flatMap(({ Properties }) => Object.entries(Properties ?? {}))
    .filter(([key]) => POLICIES.test(key))
    .flatMap(([, value]) => leavesIn(value))
    .flatMap(text => text.split(/[:.]/).filter(part => REGION.test(part)));
}

function isPartition(text: string): boolean {
  return PARTITION.test(text);
}

function leavesIn(value: Json | undefined): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (isList(value)) {
    return value.flatMap(leavesIn);
  }
  return isObject(value)
    ? Object.entries(objectOf(value)).flatMap(([key, each]) => (SAYS_NOTHING.test(key) ? [] : leavesIn(each)))
    : [];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
