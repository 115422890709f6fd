import { Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { Fields, kind } from './kind';
import { Rule, hasMembers, memberProblems, tidied } from './struct';
import { text } from './values';
import { Problem, refuse } from '../errors';

/** Where a construct is to be made. */
export interface Place {
  readonly type: string;
  readonly scope: Construct;
  readonly id: string;
}

const SCOPE = kind<Construct>(
  'a construct in a stack',
  'pass this, or a stack',
  value => Construct.isConstruct(value) && value.node.scopes.some(Stack.isStack),
);

const ID_RULE = { allowed: 'a text that is known at synthesis', fix: "write it out, as in 'App'", isKnown: true };

/** The arguments of a factory or a method, without what stands for nothing; one error tells everything that is wrong with them. */
export function checked<T extends object>(
  where: IConstruct | string,
  values: T,
  fields: Fields<T>,
  ...rules: ReadonlyArray<Rule<T>>
): T {
  refuse(where, memberProblems(values, fields, rules));
  return tidied(values, fields);
}

/** The one object of options that a factory or a method takes, in the same way. */
export function checkedOptions<T extends object>(
  where: IConstruct | string,
  name: string,
  options: T | undefined,
  fields: Fields<T>,
  ...rules: ReadonlyArray<Rule<T>>
): T {
  const values = options ?? {};
  refuse(where, optionsProblems(name, values, fields, rules));
  return tidied(values as T, fields);
}

/** One argument and the options beside it, in the same way; returned are the options. */
export function checkedWith<A extends object, T extends object>(
  where: string,
  argument: A,
  kinds: Fields<A>,
  name: string,
  options: T | undefined,
  fields: Fields<T>,
): T {
  const values = options ?? {};
  refuse(where, [...memberProblems(argument, kinds, []), ...optionsProblems(name, values, fields, [])]);
  return tidied(values as T, fields);
}

/** The props of a construct, in the same way, before it is made. */
export function checkedProps<T extends object>(
  { type, scope, id }: Place,
  props: T | undefined,
  fields: Fields<T>,
  ...rules: ReadonlyArray<Rule<T>>
): T {
  const ofPlace = placeProblems(scope, id);
  const where = ofPlace.length > 0 ? type : pathOf(scope, id);
  const values = props ?? {};
  refuse(where, [...ofPlace, ...optionsProblems('props', values, fields, ofPlace.length > 0 ? [] : rules)]);
  return tidied(values as T, fields);
}

/** The path of a construct that is not made yet. */
export function pathOf({ node }: Construct, id: string): string {
  return node.path === '' ? id : `${node.path}/${id}`;
}

function optionsProblems<T extends object>(
  prop: string,
  values: object,
  fields: Fields<T>,
  rules: ReadonlyArray<Rule<T>>,
): Problem[] {
  const names = Object.keys(fields);
  return hasMembers(values, names)
    ? memberProblems(values as T, fields, rules)
    : [
        {
          prop,
          got: values,
          allowed: `an object with the options ${names.join(', ')}`,
          fix: 'write them as an object',
        },
      ];
}

function placeProblems(scope: unknown, id: unknown): Problem[] {
  const ofScope = SCOPE.problems('scope', scope);
  return [
    ...ofScope,
    ...text(ID_RULE).problems('id', id),
    ...(ofScope.length > 0 || typeof id !== 'string' || Token.isUnresolved(id)
      ? []
      : takenProblems(scope as Construct, id)),
  ];
}

/** The tree of constructs keeps children by their ids in an object, which has these members from the beginning. */
function takenProblems({ node }: Construct, id: string): Problem[] {
  return [
    ...(node.locked
      ? [
          {
            prop: 'scope',
            got: node.path,
            allowed: 'a construct that is not synthesized yet',
            fix: 'make it before app.synth()',
          },
        ]
      : []),
    ...(id in Object.prototype
      ? [{ prop: 'id', got: id, allowed: 'an id that is no member of every object', fix: 'choose another id' }]
      : node.tryFindChild(id) === undefined
        ? []
        : [{ prop: 'id', got: id, allowed: `an id that is free in ${node.path}`, fix: 'choose another id' }]),
  ];
}
