import { isObject, Json, listOf, textOf } from './json';
import { isSymbolic } from './symbols';
import { below, TemplateLocation } from './template-location';

/** A comparison that the template leaves open, and what is assumed about it. */
export interface AssumedComparison {
  /** The two values, of which at least one is known at deployment only. */
  readonly left: string;
  readonly right: string;
  /** Whether they are taken to be equal. */
  readonly equal: boolean;
}

/** What conditions need of the one who resolves them. */
export interface ConditionScope {
  resolve(value: Json | undefined, at: TemplateLocation): Json | undefined;
  /** Whether two values are equal of which one is known at deployment only. */
  assume(left: string, right: string): boolean;
  unresolvable(at: TemplateLocation, functionName: string, why: string, identity: Json): string;
}

/**
 * Whether a condition of a template holds. A comparison of two known values, or of a symbol with itself, is decided;
 * any other is assumed one way or the other.
 *
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function conditionHolds(name: string, at: TemplateLocation, scope: ConditionScope): boolean {
  return namedHolds(name, at, scope, []);
}

function namedHolds(name: string, at: TemplateLocation, scope: ConditionScope, above: readonly string[]): boolean {
  const condition = at.stack.template.Conditions?.[name];
  if (condition === undefined || above.includes(name)) {
    const why =
      condition === undefined ? `the template has no condition ${name}` : `the condition ${name} refers to itself`;
    scope.unresolvable(at, 'Condition', why, name);
    return true;
  }
  return holds(condition, { stack: at.stack, logicalId: name, path: 'Conditions' }, scope, [...above, name]);
}

function holds(condition: Json, at: TemplateLocation, scope: ConditionScope, above: readonly string[]): boolean {
  const [name, argument] = isObject(condition) ? (Object.entries(condition)[0] ?? ['', null]) : ['', condition];
  const operands = listOf(argument);
  const each = (operand: Json, index: number) => holds(operand, below(at, index), scope, above);
  switch (name) {
    case 'Condition':
      return namedHolds(textOf(argument) ?? '', at, scope, above);
    case 'Fn::Not':
      return !operands.some(each);
    case 'Fn::And':
      return operands.every(each);
    case 'Fn::Or':
      return operands.some(each);
    case 'Fn::Equals':
      return equal(operands, at, scope);
    default:
      scope.unresolvable(at, name, 'this condition function is not known here', condition);
      return true;
  }
}

function equal(operands: readonly Json[], at: TemplateLocation, scope: ConditionScope): boolean {
  const [left, right] = operands.map((operand, index) => {
    const value = scope.resolve(operand, below(at, index));
    return textOf(value) ?? JSON.stringify(value ?? '');
  });
  if (left === right) {
    return true;
  }
  return isSymbolic(left) || isSymbolic(right) ? scope.assume(left, right) : false;
}
