/** An input that is refused at once. */
export interface BadInput {
  /** What is wrong with it. */
  readonly name: string;
  /** Passes it to the library. */
  readonly act: () => unknown;
  /** The error, one line for each problem, in the order of the lines. */
  readonly error: readonly (string | RegExp)[];
}

/** A line of an error: `<where>: <prop>: got <value>, allowed: <what>, fix: <how>`. */
export function line(where: string, prop: string, got: string, allowed: string, fix: string): string {
  return `${where}: ${prop}: got ${got}, allowed: ${allowed}, fix: ${fix}`;
}
