import type { Cell } from '../model/access';
import { originPart } from '../model/origin';

/** The explanations of cells, each once. */
export class Explanations {
  private readonly known = new Map<string, number>();
  private readonly all: Array<readonly [sentence: string, parts: string]> = [];

  /** The place of the explanation of a cell, with the parts of the picture that it is about. */
  public indexOf({ sentence }: Cell, parts: readonly string[]): number {
    const text = [...new Set(parts.filter(part => part !== ''))].join(' ');
    const key = `${sentence} ${text}`;
    const found = this.known.get(key) ?? this.all.push([sentence, text]) - 1;
    this.known.set(key, found);
    return found;
  }

  public get list(): ReadonlyArray<readonly [sentence: string, parts: string]> {
    return this.all;
  }
}

/** The parts of the picture that a cell is about: where the request comes from, and what decides it. */
export function partsOf({ by, question: { who, from } }: Cell, buckets: readonly number[]): string[] {
  const decided = by.flatMap(({ part }) =>
    part.startsWith('bucket-') && buckets.length > 1 ? buckets.map(index => `bucket-${index}`) : [part],
  );
  return [originPart(who, from), ...decided];
}
