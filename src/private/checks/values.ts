import { Duration, Size, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isMarkedAs, isOfClass } from './classes';
import { Check, Kind, isAbsent, kind } from './kind';
import { Problem } from '../errors';
import { holdsNothing, isConcrete, withoutTokens } from '../tokens';

/** What a text is to be. */
export interface TextRule {
  readonly allowed: string;
  readonly fix: string;
  /** What it must match where it is known at synthesis. */
  readonly pattern?: RegExp;
  /** Whether it has to be known at synthesis, because it is compared or becomes a part of a name. */
  readonly isKnown?: boolean;
  /** Whether the pattern holds for what stands around tokens as well, with a letter in the place of each. */
  readonly aroundTokens?: boolean;
}

/** A text that is not empty, or a token. */
export function text(rule: TextRule, check?: Check<string>): Kind<string> {
  return kind(
    rule.allowed,
    rule.fix,
    value => typeof value === 'string' && value !== '' && follows(value, rule),
    (prop, value) => [...nothingProblems(prop, value), ...(check?.(prop, value) ?? [])],
  );
}

/** What is wrong with a text that was put together with a value that is not there. */
export function nothingProblems(prop: string, got: string): Problem[] {
  return holdsNothing(got)
    ? [
        {
          prop,
          got,
          allowed: 'a text without a value that is not there',
          fix: 'see to the value that it is made of, such as an environment variable',
        },
      ]
    : [];
}

function follows(value: string, { pattern = /(?:)/, isKnown = false, aroundTokens = false }: TextRule): boolean {
  if (isConcrete(value)) {
    return pattern.test(value);
  }
  return !isKnown && (!aroundTokens || pattern.test(withoutTokens(value)));
}

/** Any text that is not empty. */
export const ANY_TEXT = text({ allowed: 'a text that is not empty', fix: 'write it as a text, or leave it out' });

/** A text, empty ones included, of which each rule that it breaks is told. */
export function ruledText(allowed: string, fix: string, check: Check<string>): Kind<string> {
  return kind(
    allowed,
    fix,
    value => typeof value === 'string',
    (prop, value: string) => [...nothingProblems(prop, value), ...check(prop, value)],
  );
}

/** A yes or a no. */
export const FLAG = kind<boolean>(
  'true or false',
  'write true or false, not a text',
  value => typeof value === 'boolean',
);

/** A whole number in a range. */
export function whole(from: number, to: number, allowed: string, fix: string): Kind<number> {
  return kind(
    allowed,
    fix,
    value => Number.isInteger(value) && !Token.isUnresolved(value) && Number(value) >= from && Number(value) <= to,
  );
}

/** A length of time. */
export function duration(allowed: string, fix: string, check?: Check<Duration>): Kind<Duration> {
  return instance('aws-cdk-lib.Duration', allowed, fix, check);
}

/** An amount of storage. */
export function size(allowed: string, fix: string, check?: Check<Size>): Kind<Size> {
  return instance('aws-cdk-lib.Size', allowed, fix, check);
}

/** An object of a class of the CDK. */
export function instance<T>(fqn: string, allowed: string, fix: string, check?: Check<T>): Kind<T> {
  return kind(allowed, fix, value => isOfClass(value, fqn), check);
}

/** An object of a class of this library, which notes what it is by `markAs`. */
export function oneOfOurs<T>(name: string, fix: string, check?: Check<T>): Kind<T> {
  return kind(`a ${name}`.replace(/^a (?=[AEIO]|S3)/, 'an '), fix, value => isMarkedAs(value, name), check);
}

/** A value of an enum. */
export function choice<T extends string>(name: string, values: Readonly<Record<string, T>>): Kind<T> {
  const known = Object.entries(values);
  return kind(
    known.map(([key]) => `${name}.${key}`).join(', '),
    `write ${name}.${known[0][0]}, or leave it out`,
    value => known.some(([, each]) => each === value),
  );
}

/** A list of values of one kind, one or more unless an empty one means something. */
export function listOf<T>(each: Kind<T>, allowed: string, fix: string, { mayBeEmpty = false } = {}): Kind<T[]> {
  return kind(`${allowed}, as a list`, fix, isList, (prop, values) => [
    ...(values.length > 0 || mayBeEmpty ? [] : [{ prop, got: values, allowed, fix }]),
    ...Array.from(values).flatMap(value => each.problems(prop, value)),
  ]);
}

/** A map of values of one kind, one or more unless an empty one means something. */
export function mapOf<T>(
  key: Kind<string>,
  each: Kind<T>,
  allowed: string,
  fix: string,
  { mayBeEmpty = false } = {},
): Kind<Record<string, T>> {
  const entryProblems = (prop: string, id: string, value: T): Problem[] => {
    const ofKey = key.problems(prop, id);
    return ofKey.length > 0 ? ofKey : each.problems(`${prop}.${id}`, value);
  };
  return kind(allowed, fix, isPlain, (prop, values) => {
    const ids = Object.keys(values).sort();
    return ids.length === 0 && !mayBeEmpty
      ? [{ prop, got: values, allowed, fix }]
      : ids.flatMap(id => entryProblems(prop, id, values[id]));
  });
}

/** A list whose members are known at synthesis. */
function isList(value: unknown): boolean {
  return Array.isArray(value) && !Token.isUnresolved(value);
}

/** Whether the value is an object without a class: a literal, or what another language sends for a map or a struct. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || isAbsent(value) || Array.isArray(value) || Construct.isConstruct(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return (isAbsent(prototype) || isAbsent(Object.getPrototypeOf(prototype))) && !Token.isUnresolved(value);
}
