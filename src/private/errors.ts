import { Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

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

/**
 * Refuses bad input: throws one error that names all problems, or returns when there are none.
 *
 * The grammar, one line a problem, lower case and without a final period:
 * `<construct path or factory>: <prop>: got <value>, allowed: <what>, fix: <how>`
 */
export function refuse(where: IConstruct | string, problems: readonly [Problem, ...Problem[]]): never;
export function refuse(where: IConstruct | string, problems: readonly Problem[]): void;
export function refuse(where: IConstruct | string, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new Refusal(problems.map(problem => describe(where, problem)).join('\n'));
  }
}

/** A problem, unless all is well. */
export function unless(isFine: boolean, problem: Problem): Problem[] {
  return isFine ? [] : [problem];
}

/** One problem as a line of the error grammar, for validations that report at synthesis. */
export function describe(where: IConstruct | string, problem: Problem): string {
  const place = typeof where === 'string' ? where : where.node.path;
  return `${place}: ${problem.prop}: got ${render(problem.got)}, allowed: ${problem.allowed}, fix: ${problem.fix}`;
}

function render(value: unknown): string {
  const isList = Array.isArray(value) && value.length > 0 && !Token.isUnresolved(value);
  return isList ? Array.from(value, shallow).join(', ') : shallow(value);
}

/** A value inside of a value: constructs and scalars in full, what is deeper by its kind. */
function shallow(value: unknown): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  if (Token.isUnresolved(value)) {
    return 'a value that is known at deployment only';
  }
  return typeof value === 'object' ? renderObject(value) : renderScalar(value);
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

function renderObject(value: object): string {
  if (Construct.isConstruct(value)) {
    return value.node.path === '' ? 'the app' : value.node.path;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : '[...]';
  }
  const { name } = (value.constructor ?? Object) as { readonly name?: string };
  return name === undefined || name === 'Object' || name === '' ? renderMap(value) : `an object of the class ${name}`;
}

function renderMap(value: object): string {
  const entries = Object.entries(value);
  const members = entries.map(([key, each]) => `${key}: ${isDeep(each) ? '{...}' : shallow(each)}`);
  return entries.length === 0 ? 'an empty map' : `{ ${members.join(', ')} }`;
}

function isDeep(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !Token.isUnresolved(value) && !Construct.isConstruct(value);
}
