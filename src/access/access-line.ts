/** Actions on the keys that begin with a prefix, on one key, or on all of a bucket where neither is named. */
export interface AccessLine {
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
  readonly prefix?: string;
  /** The one key: lists are by this text, exactly. */
  readonly key?: string;
}
