/** One thing that is wrong with the input, in the words of the error grammar. */
export interface Problem {
  /** The prop, or the path inside it, such as `dataBuckets.UserData.bucketName`. */
  readonly prop: string;
  /** The value that it got. */
  readonly got: unknown;
  /** What is allowed there. */
  readonly allowed: string;
  /** What the user can do about it. */
  readonly fix: string;
}

/** An error that says what is wrong with the input; any other is one of this library. */
export class Refusal extends Error {}

/** The words for values that only some parts of the library know; `undefined` for all others. */
export type Words = (value: unknown) => string | undefined;

/**
 * Refuses bad input: throws one error that names all problems, or returns when there are none.
 *
 * The grammar, one line a problem, lower case and without a final period:
 * `<construct path, factory or file>: <prop>: got <value>, allowed: <what>, fix: <how>`
 */
export function refuse(place: string, problems: readonly [Problem, ...Problem[]], words?: Words): never;
export function refuse(place: string, problems: readonly Problem[], words?: Words): void;
export function refuse(place: string, problems: readonly Problem[], words?: Words): void {
  if (problems.length > 0) {
    throw new Refusal(problems.map(problem => describe(place, problem, words)).join('\n'));
  }
}

/** One problem as a line of the error grammar. */
export function describe(place: string, problem: Problem, words: Words = () => undefined): string {
  return `${place}: ${problem.prop}: got ${render(problem.got, words)}, allowed: ${problem.allowed}, fix: ${problem.fix}`;
}

function render(value: unknown, words: Words): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  const known = words(value);
  if (known !== undefined) {
    return known;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : value.map(each => render(each, words)).join(', ');
  }
  return typeof value === 'object' ? renderMap(value, words) : JSON.stringify(value);
}

function renderMap(map: object, words: Words): string {
  const entries = Object.entries(map);
  return entries.length === 0
    ? 'an empty map'
    : `{ ${entries.map(([key, each]) => `${key}: ${shallow(each, words)}`).join(', ')} }`;
}

/** A value inside of a value: what the words know and scalars in full, what is deeper by its kind. */
function shallow(value: unknown, words: Words): string {
  if (typeof value === 'object' && value !== null && words(value) === undefined) {
    return Array.isArray(value) ? '[...]' : '{...}';
  }
  return render(value, words);
}
