import { contains, Coverage, isUnknownRange, partsOf, Span, spansIn, together } from './addresses';
import { isForTcp, Ports, portsThatDiffer } from './ports';
import type { NetworkAclEntryModel, NetworkAclModel } from '../../cloudformation';

/** In which way packets cross the border of a subnet. */
export type Direction = 'out' | 'in';

/** What a network ACL lets through of TCP, each packet by itself: the worst of the ports decides. */
export function aclCoverage(
  { entries }: NetworkAclModel,
  direction: Direction,
  peer: readonly Span[],
  ports: Ports,
): Coverage {
  const known = entriesOf(entries, direction);
  const unknownAllows = known.filter(({ entry, spans }) => spans.length === 0 && entry.allows);
  const strict = worst(known, peer, ports);
  if (unknownAllows.length === 0 || strict === 'all') {
    return strict;
  }
  const generous = known.map(each => (unknownAllows.includes(each) ? { ...each, spans: peer } : each));
  return worst(generous, peer, ports) === 'none' ? 'none' : 'some';
}

interface KnownEntry {
  readonly entry: NetworkAclEntryModel;
  readonly spans: readonly Span[];
}

/** The entries of a direction by their numbers: the first that fits a packet decides. */
export function entriesOf(entries: readonly NetworkAclEntryModel[], direction: Direction): KnownEntry[] {
  return entries
    .filter(({ isEgress }) => isEgress === (direction === 'out'))
    .sort((left, right) => left.number - right.number)
    .map(entry => ({ entry, spans: isUnknownRange(entry.range) ? [] : spansIn([entry.range]) }));
}

function worst(entries: readonly KnownEntry[], peer: readonly Span[], ports: Ports): Coverage {
  const rules = entries.map(({ entry }) => entry);
  const parts = partsOf(
    peer,
    entries.flatMap(({ spans }) => spans),
  );
  const each = portsThatDiffer(ports, rules).map(port =>
    together(parts.map(part => (allows(entries, part, entry => isForTcp(entry, port)) ? 'all' : 'none'))),
  );
  return (['none', 'some', 'all'] as const).find(coverage => each.includes(coverage)) ?? 'none';
}

/** Whether the first entry that fits allows; what none fits is refused. */
export function allows(
  entries: readonly KnownEntry[],
  part: Span,
  isAbout: (entry: NetworkAclEntryModel) => boolean,
): boolean {
  const first = entries.find(({ entry, spans }) => isAbout(entry) && spans.some(span => contains(span, part)));
  return first?.entry.allows === true;
}
