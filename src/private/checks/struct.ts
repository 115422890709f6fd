import { Fields, Kind, isAbsent } from './kind';
import { isPlain } from './values';
import { Problem } from '../errors';

/** What several members are together: tested where each of them is what it has to be by itself. */
export interface Rule<T> {
  readonly reads: ReadonlyArray<keyof T>;
  readonly problems: (values: T) => Problem[];
}

/** The kind of an object whose members have kinds, and no others. */
export function struct<T extends object>(fields: Fields<T>, rules: ReadonlyArray<Rule<T>> = []): Kind<T> {
  const names = Object.keys(fields);
  const allowed = `options: ${names.join(', ')}`;
  const fix = 'write them as an object';
  return {
    allowed,
    fix,
    problems: (prop, value) =>
      hasMembers(value, names)
        ? memberProblems(value as T, fields, rules).map(problem => ({ ...problem, prop: `${prop}.${problem.prop}` }))
        : [{ prop, got: value, allowed, fix }],
    tidy: value => tidied(value, fields),
  };
}

/** A literal, or an object of a user's class that has some of the members. */
export function hasMembers(value: unknown, names: readonly string[]): boolean {
  return (
    isPlain(value) ||
    (typeof value === 'object' && !isAbsent(value) && !Array.isArray(value) && names.some(name => name in value))
  );
}

/** What is wrong with the members of an object, all of it. */
export function memberProblems<T extends object>(
  values: T,
  fields: Fields<T>,
  rules: ReadonlyArray<Rule<T>>,
): Problem[] {
  const names = Object.keys(fields) as Array<keyof T & string>;
  const found = new Map(names.map(name => [name, (fields[name] as Kind<unknown>).problems(name, values[name])]));
  const isSound = ({ reads }: Rule<T>) => reads.every(name => found.get(name as keyof T & string)?.length === 0);
  const sound = tidied(
    values,
    fields,
    names.filter(name => found.get(name)?.length === 0),
  );
  return [
    ...names.flatMap(name => found.get(name) ?? []),
    ...rules.filter(isSound).flatMap(({ problems }) => problems(sound)),
    ...unknownProblems(values, names),
  ];
}

/** The object without what stands for nothing. */
export function tidied<T extends object>(
  values: T,
  fields: Fields<T>,
  names = Object.keys(fields) as Array<keyof T & string>,
): T {
  const present = names.filter(name => !isAbsent(values[name]));
  return Object.fromEntries(present.map(name => [name, tidy(fields[name] as Kind<unknown>, values[name])])) as T;
}

function tidy(kind: Kind<unknown>, value: unknown): unknown {
  return kind.tidy === undefined ? value : kind.tidy(value);
}

/** A misspelt option would be left out in silence. */
function unknownProblems(values: object, names: readonly string[]): Problem[] {
  const entries = Object.entries(values).filter(([name, value]) => !names.includes(name) && value !== undefined);
  return entries.map(([name, got]) => ({
    prop: /^[A-Za-z][\w.-]*$/.test(name) ? name : 'props',
    got,
    allowed: `the options ${names.join(', ')}`,
    fix: `check the spelling of ${name}, or leave it out`,
  }));
}
