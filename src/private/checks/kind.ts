import { Problem } from '../errors';

/** What a value has to be: of which kind, and what is wrong with one that is not. */
export interface Kind<T> {
  /** What is allowed, in the words of the error grammar. */
  readonly allowed: string;

  /** What the user can do about another value. */
  readonly fix: string;

  /** What is wrong with a value; absent ones are of no kind. */
  problems(prop: string, value: unknown): Problem[];

  /** The value as the rest of the library reads it. */
  tidy?(value: T): T;
}

/** The kind of a value that may be absent. */
export interface OptionalKind<T> extends Kind<T> {
  readonly isOptional: true;
}

/** The kinds of all members of an object: one that is missing here does not compile. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalKind<NonNullable<T[K]>> : Kind<T[K]>;
};

/** What is wrong beyond the kind of a value. */
export type Check<T> = (prop: string, value: T) => Problem[];

/** A kind by a test, and what else is checked of values that pass it. */
export function kind<T>(allowed: string, fix: string, fits: (value: unknown) => boolean, check?: Check<T>): Kind<T> {
  return {
    allowed,
    fix,
    problems: (prop, value) => (fits(value) ? (check?.(prop, value as T) ?? []) : [{ prop, got: value, allowed, fix }]),
  };
}

/** A kind of which more is asked. */
export function also<T>(base: Kind<T>, check: Check<T>): Kind<T> {
  const problems = (prop: string, value: unknown) => {
    const found = base.problems(prop, value);
    return found.length > 0 ? found : check(prop, value as T);
  };
  return { ...base, problems };
}

/** A value that may be absent: languages without `undefined` send `null`. */
export function optional<T>(base: Kind<T>): OptionalKind<T> {
  return { ...base, isOptional: true, problems: (prop, value) => (isAbsent(value) ? [] : base.problems(prop, value)) };
}

/** Whether there is no value. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
