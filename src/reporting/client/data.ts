/// <reference lib="dom" />
import type { Choice } from '../model/choices';
import type { WorkloadPolicies } from '../model/policies';

/** What stands around the number of a name, in place of the name. */
export const MARK = '~';

/** Reads the data of a page, in which the names of its element stand by their numbers. */
export function readData(element: HTMLElement | null): PageData {
  const names = JSON.parse(element?.dataset.names ?? '[]') as readonly string[];
  const text = element?.textContent ?? '{}';
  const whole = names.length === 0 ? text : text.replaceAll(PLACE, (_, index: string) => names[Number(index)]);
  return JSON.parse(whole) as PageData;
}

const PLACE = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');

/** What the script of a page has to know. */
export interface PageData {
  readonly policies: WorkloadPolicies;
  readonly who: readonly Choice[];
  readonly from: readonly Choice[];
  /** Each explanation once, with the parts of the picture that it is about. */
  readonly explanations: ReadonlyArray<readonly [sentence: string, parts: string]>;
}
