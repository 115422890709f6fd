/** What has to change where something is violated: a statement, a policy, an attachment or what a route leads to. */
export interface Cause {
  /** The same for the same cause. */
  readonly key: string;
  /** What it is called in a sentence. */
  readonly name: string;
  /** What to do about it, whatever it breaks; absent where that depends on what it breaks. */
  readonly fix?: string;
  /** Whether it is a policy that denies too little, so that all that is missing has to be added. */
  readonly isLacking?: true;
}
