import type { Examination } from './examination';
import { findingsIn, summaryOf } from './findings';

/** What is said of a workload of which everything holds, with the numbers that `prove` has. */
export function greenLine(examination: Examination): string {
  const { holding, assumptions, accepted } = summaryOf(examination, findingsIn(examination));
  return [
    `only the intended path is open: ${holding} properties hold`,
    assumptions.length === 0
      ? 'no assumptions'
      : `${counted(assumptions.length, 'assumption')} (prove lists ${assumptions.length === 1 ? 'it' : 'them'})`,
    ...(accepted === 0 ? [] : [`${counted(accepted, 'finding')} accepted`]),
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
