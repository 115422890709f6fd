import { withoutSlash } from './construct-paths';
import { isObject, Json, listOf, objectOf, textOf, valueAt } from './json';

/** A finding of a scanner that an app accepts, as its cloud assembly tells it. */
export interface Acknowledgement {
  /** The path of the construct that it is accepted on. */
  readonly constructPath: string;
  /** The finding: `<plugin>::<rule>`. */
  readonly id: string;
  readonly reason: string;
  /** The logical id that it is accepted on, perhaps behind the name of the stack, where no construct path tells. */
  readonly resource?: string;
}

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** The findings that the metadata of a stack says are accepted. */
export function acknowledgementsIn(metadata: Json | undefined): Acknowledgement[] {
  if (!isObject(metadata)) {
    return [];
  }
  return Object.entries(metadata).flatMap(([path, entries]) =>
    listOf(entries)
      .filter(entry => valueAt(entry, 'type') === ACKNOWLEDGED)
      .flatMap(entry => Object.entries(objectOf(valueAt(entry, 'data'))))
      .map(([id, reason]) => ({ constructPath: withoutSlash(path), id, reason: textOf(reason) ?? '' })),
  );
}
