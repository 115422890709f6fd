import { symbolsIn } from './symbols';
import type { UnknownTexts } from './unknown-texts';
import { asList, ConditionJson, ConditionValue, OneOrMany, PolicyJson, PrincipalJson, StatementJson } from '../iam';

/** Never met: the statement is there, and means nothing. */
const NOTHING: readonly string[] = [];

/** Operators whose values may have wildcards, and their counterparts without. */
const LIKE: Readonly<Record<string, string>> = {
  stringequals: 'StringLike',
  stringnotequals: 'StringNotLike',
  stringlike: 'StringLike',
  stringnotlike: 'StringNotLike',
  arnequals: 'ArnLike',
  arnnotequals: 'ArnNotLike',
  arnlike: 'ArnLike',
  arnnotlike: 'ArnNotLike',
};

type Values = OneOrMany<string>;

/**
 * A policy in which texts that nothing tells count against whoever relies on it: in an Allow such a text may match
 * anything, in a Deny nothing; where a statement means all but what it names it is the other way round. Of a text
 * that is known in part the rest is any text.
 */
export function withUnknownTexts(document: PolicyJson, texts: UnknownTexts): PolicyJson {
  if (texts.size === 0 || !symbolsIn(JSON.stringify(document)).some(symbol => texts.has(symbol))) {
    return document;
  }
  const reader = new Reader(texts);
  return { ...document, Statement: asList(document.Statement).map(each => reader.statement(each)) };
}

class Reader {
  constructor(private readonly texts: UnknownTexts) {}

  public statement(statement: StatementJson): StatementJson {
    const isAllow = statement.Effect === 'Allow';
    const read = {
      ...statement,
      ...this.named(statement, 'Action', isAllow),
      ...this.named(statement, 'Resource', isAllow),
      ...this.others(statement, 'NotAction', isAllow),
      ...this.others(statement, 'NotResource', isAllow),
      ...this.principals(statement, isAllow),
    };
    return this.withConditions(read, isAllow);
  }

  private named(statement: StatementJson, element: 'Action' | 'Resource', isAllow: boolean): Partial<StatementJson> {
    const values = statement[element];
    return values === undefined ? {} : { [element]: this.values(values, isAllow) };
  }

  /** What an element leaves out: for an Allow that is what it surely leaves out. */
  private others(
    statement: StatementJson,
    element: 'NotAction' | 'NotResource',
    isAllow: boolean,
  ): Partial<StatementJson> {
    const values = statement[element];
    return values === undefined ? {} : { [element]: this.values(values, !isAllow) };
  }

  private principals({ Principal, NotPrincipal }: StatementJson, isAllow: boolean): Partial<StatementJson> {
    return {
      ...(Principal === undefined ? {} : { Principal: this.principal(Principal, isAllow) }),
      ...(NotPrincipal === undefined ? {} : { NotPrincipal: this.principal(NotPrincipal, !isAllow) }),
    };
  }

  /** The name of a principal has no wildcards: one that is known in part is anybody. */
  private principal(principal: PrincipalJson, mayBe: boolean): PrincipalJson {
    const named = typeof principal === 'string' ? { AWS: principal } : principal;
    const entries = Object.entries(named).map(([kind, values]) => {
      const read = asList(this.values(values as Values, mayBe));
      return [kind, read.map((value, at) => (this.isWidened(values as Values, read, at) ? '*' : value))];
    });
    return this.isKnown(JSON.stringify(principal)) ? principal : Object.fromEntries(entries);
  }

  private isWidened(given: Values, read: readonly string[], at: number): boolean {
    return read[at].includes('*') && !asList(given).includes(read[at]);
  }

  private withConditions(statement: StatementJson, isAllow: boolean): StatementJson {
    const { Condition } = statement;
    if (Condition === undefined || this.isKnown(JSON.stringify(Condition))) {
      return statement;
    }
    const blocks = Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => this.comparison(operator, key, values, isAllow)),
    );
    if (blocks.includes('never')) {
      const { NotAction, ...rest } = statement;
      return { ...rest, Action: NOTHING };
    }
    return { ...statement, Condition: merged(blocks.filter(block => block !== 'always' && block !== 'never')) };
  }

  /**
   * One comparison. An Allow's may hold, whatever the text is: it is widened, or left out; a Deny's holds only where it
   * holds whatever the text is.
   */
  private comparison(
    operator: string,
    key: string,
    values: OneOrMany<ConditionValue>,
    isAllow: boolean,
  ): Comparison | 'always' | 'never' {
    const texts = asList(values).map(String);
    if (texts.every(each => this.isKnown(each))) {
      return { operator, key, values: [...asList(values)] };
    }
    const isNegated = /Not/i.test(operator);
    const mayBe = isAllow !== isNegated;
    const like = likeOf(operator);
    const read = asList(this.values(texts, mayBe));
    if (read.length === 0 || (mayBe && like === undefined && !this.isFew(texts))) {
      return isAllow ? 'always' : 'never';
    }
    return { operator: mayBe && like !== undefined && !this.isFew(texts) ? like : operator, key, values: read };
  }

  private isFew(texts: readonly string[]): boolean {
    return texts.flatMap(symbolsIn).every(symbol => !this.texts.has(symbol) || this.texts.get(symbol) !== undefined);
  }

  /** Everything that the values may be, or only what they are for sure. */
  private values(values: Values, mayBe: boolean): Values {
    const list = asList(values);
    if (list.every(each => this.isKnown(each))) {
      return values;
    }
    return mayBe ? list.flatMap(each => this.possible(each)) : list.filter(each => this.isKnown(each));
  }

  private possible(text: string): readonly string[] {
    const symbol = symbolsIn(text).find(each => this.texts.has(each));
    return symbol === undefined
      ? [text]
      : (this.texts.get(symbol) ?? ['*']).flatMap(each => this.possible(text.replaceAll(symbol, () => each)));
  }

  private isKnown(text: string): boolean {
    return !symbolsIn(text).some(symbol => this.texts.has(symbol));
  }
}

interface Comparison {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly ConditionValue[];
}

function likeOf(operator: string): string | undefined {
  const [, prefix = '', base = '', suffix = ''] = /^(.*:)?(.+?)(IfExists)?$/i.exec(operator) ?? [];
  const like = LIKE[base.toLowerCase()];
  return like && `${prefix}${like}${suffix}`;
}

/** Two operators may have become one: a key under it twice would be one comparison, so that the second gets a spelling of its own. */
function merged(comparisons: readonly Comparison[]): ConditionJson {
  const condition: Record<string, Record<string, readonly ConditionValue[]>> = {};
  for (const { operator, key, values } of comparisons) {
    const spelled = [operator, operator.toLowerCase(), operator.toUpperCase()].find(
      each => condition[each]?.[key] === undefined,
    );
    const name = spelled ?? operator;
    condition[name] = { ...condition[name], [key]: values };
  }
  return condition;
}
