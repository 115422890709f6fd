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

const REFUSED = Symbol.for('cdk-private-ec2-s3-access.refused');

/** Whether an error says what is wrong with the input; any other is one of this library. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && REFUSED in error;
}

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
    const error = new Error(problems.map(problem => describe(place, problem, words)).join('\n'));
    throw Object.defineProperty(error, REFUSED, { value: true });
  }
}

/** One problem as a line of the error grammar. */
export function describe(place: string, problem: Problem, words: Words = () => undefined): string {
  return `${place}: ${problem.prop}: got ${render(problem.got, words)}, allowed: ${problem.allowed}, fix: ${problem.fix}`;
}

function render(value: unknown, words: Words): string {
  const isList = Array.isArray(value) && value.length > 0 && words(value) === undefined;
  return isList ? Array.from(value, each => shallow(each, words)).join(', ') : shallow(value, words);
}

/** A value inside of a value: what the words know and scalars in full, what is deeper by its kind. */
function shallow(value: unknown, words: Words): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  return words(value) ?? (typeof value === 'object' ? renderObject(value, words) : renderScalar(value));
}

function renderScalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return 'a function';
    default:
      return String(value);
  }
}

function renderObject(value: object, words: Words): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : '[...]';
  }
  const { name } = (value.constructor ?? Object) as { readonly name?: string };
  return name === undefined || name === 'Object' || name === ''
    ? renderMap(value, words)
    : `an object of the class ${name}`;
}

function renderMap(value: object, words: Words): string {
  const entries = Object.entries(value);
  const members = entries.map(([key, each]) => `${key}: ${isDeep(each, words) ? '{...}' : shallow(each, words)}`);
  return entries.length === 0 ? 'an empty map' : `{ ${members.join(', ')} }`;
}

function isDeep(value: unknown, words: Words): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && words(value) === undefined;
}
