import { coverageOf, Span, spansIn } from './addresses';
import { isForTcp } from './ports';
import type { RuleModel } from '../../cloudformation';

/** Where packets go to, or come from. */
export interface Peer {
  /** What it is called in a sentence. */
  readonly name: string;
  readonly spans: readonly Span[];
  readonly isS3: boolean;
  readonly groupIds: readonly string[];
}

/** What the rules of security groups let through to a peer. */
export interface Permission {
  /** The rule that does; absent if none is sure to. */
  readonly rule?: RuleModel;
  /** What has to be so for it, where it is not sure. */
  readonly assumes: readonly string[];
  readonly isRefused: boolean;
}

/** What rules let through of TCP on a port. */
export function permission(rules: readonly RuleModel[], peer: Peer, port: number): Permission {
  const about = rules.filter(rule => isForTcp(rule, port));
  const whole = about.find(rule => isWholly(rule, peer));
  if (whole !== undefined) {
    return { rule: whole, assumes: [], isRefused: false };
  }
  const ranged = about.filter(({ peer: kind, list }) => kind === 'addresses' || list?.kind === 'listed');
  const coverage = coverageOf(peer.spans, ranged.flatMap(spansOfRule));
  const near = ranged.filter(rule => coverageOf(peer.spans, spansOfRule(rule)) !== 'none');
  if (coverage === 'all') {
    return { rule: near[0], assumes: [], isRefused: false };
  }
  const unknown = about.filter(isUnknown);
  const candidates = [...near, ...unknown];
  const names = [...new Set(candidates.map(({ peerId }) => peerId))];
  return {
    ...(candidates.length === 0 ? {} : { rule: candidates[0] }),
    assumes: names.length === 0 ? [] : [`the addresses of ${peer.name} are among ${names.join(', ')}`],
    isRefused: candidates.length === 0,
  };
}

/** The addresses of a rule, as far as they are known. */
export function spansOfRule({ peer, peerId, list }: RuleModel): Span[] {
  return spansIn(peer === 'addresses' ? [peerId] : (list?.ranges ?? []));
}

/** Whether what a rule is for is known at deployment only. */
export function isUnknown({ peer, peerId, list }: RuleModel): boolean {
  if (peer === 'addresses') {
    return spansIn([peerId]).length === 0;
  }
  return (
    peer === 'unknown' || list?.kind === 'unknown' || (list?.ranges ?? []).some(each => spansIn([each]).length === 0)
  );
}

function isWholly(rule: RuleModel, { groupIds, isS3 }: Peer): boolean {
  return rule.peer === 'security group' ? groupIds.includes(rule.peerId) : isS3 && rule.list?.kind === 'S3';
}
