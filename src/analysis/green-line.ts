import type { Proof } from '../proof';

/**
 * What is said of a workload of which everything holds: what holds in each of its proofs, and what they rely on.
 *
 * @param proofs of its machines, and for each way in which open conditions can come out
 * @param accepted how many findings are accepted
 */
export function greenLine(proofs: readonly Proof[], accepted: number): string {
  const doesHold = ({ properties }: Proof, id: string) =>
    properties.some(each => each.id === id && (each.outcome === 'holds' || each.outcome === 'holds, assuming'));
  const ids = (proofs[0]?.properties ?? []).map(({ id }) => id);
  const held = ids.filter(id => proofs.every(each => doesHold(each, id))).length;
  const assumed = new Set(proofs.flatMap(({ assumptions }) => assumptions)).size;
  return [
    `only the intended path is open: ${held} properties hold`,
    assumed === 0
      ? 'no assumptions'
      : `${counted(assumed, 'assumption')} (prove lists ${assumed === 1 ? 'it' : 'them'})`,
    ...(accepted === 0 ? [] : [`${counted(accepted, 'finding')} accepted`]),
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
