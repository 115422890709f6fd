import type { Formula } from './smt-text';

/** The values of variables. */
export type Assignment = ReadonlyMap<string, Ground>;

export type Ground = boolean | number | string;

type Tree = string | readonly Tree[];

/** The value of a formula, or of a term, whose variables all have values. */
export function evaluate(formula: Formula, values: Assignment): Ground {
  return compiled(formula)(values);
}

/** The same for many values. */
export function compiled(formula: Formula): (values: Assignment) => Ground {
  const tree = parse(formula);
  return values => valueOf(tree, values);
}

const TOKEN = /"(?:[^"]|"")*"|[()]|[^\s()"]+/g;

function parse(text: Formula): Tree {
  const stack: Tree[][] = [[]];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '(') {
      stack.push([]);
    } else if (token === ')') {
      const done = stack.pop()!;
      stack[stack.length - 1].push(done);
    } else {
      stack[stack.length - 1].push(token);
    }
  }
  return stack[0][0];
}

function valueOf(tree: Tree, values: Assignment): Ground {
  if (typeof tree === 'string') {
    return atom(tree, values);
  }
  const [operator, ...rest] = tree;
  if (operator === 'str.in_re') {
    return new RegExp(`^(?:${pattern(rest[1])})$`, 's').test(String(valueOf(rest[0], values)));
  }
  const apply = OPERATORS[String(operator)];
  if (apply === undefined) {
    throw new Error(`no meaning for ${String(operator)}`);
  }
  return apply(rest.map(each => () => valueOf(each, values)));
}

type Operands = ReadonlyArray<() => Ground>;

const OPERATORS: Readonly<Record<string, (operands: Operands) => Ground>> = {
  and: operands => operands.every(each => each()),
  or: operands => operands.some(each => each()),
  not: ([one]) => !one(),
  '=>': ([one, other]) => !one() || other(),
  '=': ([one, other]) => one() === other(),
  '<': ([one, other]) => one() < other(),
  '<=': ([one, other]) => one() <= other(),
  '>': ([one, other]) => one() > other(),
  '>=': ([one, other]) => one() >= other(),
  '-': ([one]) => -Number(one()),
  'str.++': operands => operands.map(each => each()).join(''),
  'str.prefixof': ([one, other]) => String(other()).startsWith(String(one())),
};

function atom(token: string, values: Assignment): Ground {
  if (token === 'true' || token === 'false') {
    return token === 'true';
  }
  if (token.startsWith('"')) {
    return textOf(token);
  }
  if (/^\d/.test(token)) {
    return Number(token);
  }
  const value = values.get(token);
  if (value === undefined) {
    throw new Error(`no value for ${token}`);
  }
  return value;
}

function textOf(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll('""', '"')
    .replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}

/** A regular expression of SMT-LIB as one of JavaScript. */
function pattern(tree: Tree): string {
  if (typeof tree === 'string') {
    return { 're.all': '.*', 're.allchar': '.' }[tree] ?? '(?!)';
  }
  const [operator, ...rest] = tree;
  if (typeof operator !== 'string') {
    const [, , least, most = least] = operator as readonly string[];
    return `(?:${pattern(rest[0])}){${least},${most}}`;
  }
  if (operator === 'str.to_re') {
    return escaped(textOf(rest[0] as string));
  }
  if (operator === 're.range') {
    return `[${rest.map(each => escaped(textOf(each as string))).join('-')}]`;
  }
  const parts = rest.map(pattern);
  const suffix = { 're.*': '*', 're.+': '+', 're.opt': '?' }[operator];
  return suffix === undefined ? `(?:${parts.join(operator === 're.union' ? '|' : '')})` : `(?:${parts[0]})${suffix}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 ]/g, each => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
