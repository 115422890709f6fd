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

/** The grammar of a line. */
export const GRAMMAR = /^[A-Za-z][\w./-]*: [a-zA-Z][\w.-]*: got \S.*, allowed: \S.*, fix: \S.*$/;

/** The beginning of a line of an error, where the rest is the same for many inputs. */
export function says(where: string, prop: string, got: string): RegExp {
  return new RegExp(`^${[where, prop].map(escaped).join(': ')}: got ${escaped(got)}, allowed: `);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** An input that is refused with what is said of one of its properties. */
export function bad(name: string, act: () => unknown, where: string, prop: string, got: string): BadInput {
  return { name, act, error: [says(where, prop, got)] };
}
