import { Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import * as base from '../base';

export type Problem = base.Problem;

/**
 * Refuses bad input of a construct or of a factory: throws one error that names all problems, or returns when there
 * are none.
 */
export function refuse(where: IConstruct | string, problems: readonly [Problem, ...Problem[]]): never;
export function refuse(where: IConstruct | string, problems: readonly Problem[]): void;
export function refuse(where: IConstruct | string, problems: readonly Problem[]): void {
  base.refuse(placeOf(where), problems, wordsOf);
}

/** A problem, unless all is well. */
export function unless(isFine: boolean, problem: Problem): Problem[] {
  return isFine ? [] : [problem];
}

/** One problem as a line of the error grammar, for validations that report at synthesis. */
export function describe(where: IConstruct | string, problem: Problem): string {
  return base.describe(placeOf(where), problem, wordsOf);
}

function placeOf(where: IConstruct | string): string {
  return typeof where === 'string' ? where : where.node.path;
}

function wordsOf(value: unknown): string | undefined {
  if (Token.isUnresolved(value)) {
    return 'a value that is known at deployment only';
  }
  if (!Construct.isConstruct(value)) {
    return undefined;
  }
  return value.node.path === '' ? 'the app' : value.node.path;
}
