import type { PolicyJson, StatementJson } from '../iam';
import { keysOf } from './constants';
import { Actor, ACTOR, Axis, Choice, Exception, identityOf, lowered, NETWORK, NOTHING } from './candidate-request';
import { conditionsOf } from './statements';
import { conditionsHold } from '../iam/conditions';
import type { ConditionJson, PrincipalJson } from '../iam/document';
import { asList } from '../iam/document';
import { isServiceLinkedRole } from '../iam/principal-identity';
import { matchGatewayPrincipal, matchPrincipal } from '../iam/principal';

/** One question that a statement asks a request: whether a condition holds or, without one, what the value of the key is. */
interface Question {
  readonly key: string;
  readonly condition?: ConditionJson;
}

/**
 * What some statements see of a request. Choices of an axis that give the same answers to everything that the statements ask are decided alike,
 * whatever the rest of the request: one of them stands for all.
 */
export class Sight {
  private readonly questions: readonly Question[];
  private readonly principals: readonly PrincipalJson[];
  private readonly hasNotPrincipal: boolean;
  private readonly views = new WeakMap<Axis['keys'], WeakMap<Choice, string>>();
  private readonly merged = new WeakMap<readonly Axis[], Map<Exception | undefined, readonly Axis[]>>();

  /**
   * @param statements the statements
   * @param complete whether nothing else decides: then nobody sees an axis that they do not look at
   */
  constructor(statements: readonly StatementJson[], private readonly complete = false) {
    this.questions = [...new Map(statements.flatMap(questionsOf)).values()];
    const named = statements.flatMap(({ Principal }) => Principal === undefined || Principal === '*' ? [] : [Principal]);
    this.principals = [...new Map(named.map(each => [JSON.stringify(each), each])).values()];
    this.hasNotPrincipal = statements.some(({ NotPrincipal }) => NotPrincipal !== undefined);
  }

  /** The axes with one choice for each class that the statements and the exception tell apart; an axis that they do not look at has one choice. */
  public classes(axes: readonly Axis[], except?: Exception): readonly Axis[] {
    const known = this.merged.get(axes) ?? new Map<Exception | undefined, readonly Axis[]>();
    const classes = known.get(except) ?? axes.map(axis => this.classesOf(axis, except?.axes[axis.name]));
    this.merged.set(axes, known.set(except, classes));
    return classes;
  }

  private classesOf(axis: Axis, excepted: Exception['axes'][string] | undefined): Axis {
    if (excepted === 'everything') return axis;
    const questions = this.questions.filter(({ key }) => axis.keys.has(key));
    if (questions.length === 0 && excepted === undefined && axis.name !== ACTOR && axis.name !== NETWORK) return this.unseen(axis);
    if (axis.choices.length < 2) return axis;
    const view = this.viewOf(axis.keys, questions);
    const found = new Map<string, Choice[]>();
    for (const choice of axis.choices) {
      const seen = excepted === undefined ? view(choice) : `${view(choice)} ${String(excepted(choice))}`;
      const alike = found.get(seen);
      if (alike === undefined) found.set(seen, [choice]);
      else alike.push(choice);
    }
    if (found.size === axis.choices.length) return axis;
    return { ...axis, choices: [...found.values()].map(([one, ...others]) => ({ ...one, stands: 1 + others.length })) };
  }

  private unseen(axis: Axis): Axis {
    const all = this.complete ? WITHOUT_KEYS : WITH_KEYS;
    const known = all.get(axis);
    if (known !== undefined) return known;
    const stands = axis.choices.length;
    const choices = axis.choices.slice(0, 1).map(usual => ({ ...usual, stands, context: this.complete ? NOTHING : usual.context }));
    const made = { ...axis, choices };
    all.set(axis, made);
    return made;
  }

  private viewOf(keys: Axis['keys'], questions: readonly Question[]): (choice: Choice) => string {
    const views = this.views.get(keys) ?? new WeakMap<Choice, string>();
    this.views.set(keys, views);
    return choice => {
      const view = views.get(choice) ?? this.makeView(choice, questions);
      views.set(choice, view);
      return view;
    };
  }

  private makeView({ context, actor, network }: Choice, questions: readonly Question[]): string {
    const answers = questions.map(question => answer(question, lowered(context))).join();
    return `${answers} ${actor === undefined ? '' : this.identityOf(actor)} ${network?.endpointId ?? ''}`;
  }

  private identityOf(actor: Actor): string {
    const identity = identityOf(actor);
    const matches = this.principals.map(each => `${matchPrincipal(each, identity)}${matchGatewayPrincipal(each, identity)}`);
    return [identity.type, identity.account, isServiceLinkedRole(identity), ...matches, this.hasNotPrincipal ? identity.name : ''].join();
  }
}

/** Axes that nobody looks at, with their usual choice. */
const WITH_KEYS = new WeakMap<Axis, Axis>();

/** The same without the keys. */
const WITHOUT_KEYS = new WeakMap<Axis, Axis>();

/** What the statements of some documents see. */
export function sightOf(documents: readonly PolicyJson[], complete = false): Sight {
  return new Sight(documents.flatMap(({ Statement }) => asList(Statement)), complete);
}

/** The choice does not set the key, takes it out, or gives it a value. */
function answer({ key, condition }: Question, context: ReturnType<typeof lowered>): string {
  const value = context.get(key);
  if (value === undefined && !context.has(key)) return '-';
  if (value === undefined) return '_';
  if (condition === undefined) return JSON.stringify(value);
  return conditionsHold(condition, () => value, false) ? '1' : '0';
}

/** The questions of a statement, each with a text that tells it from others. */
function questionsOf(statement: StatementJson): ReadonlyArray<readonly [string, Question]> {
  const known = QUESTIONS.get(statement) ?? makeQuestions(statement);
  QUESTIONS.set(statement, known);
  return known;
}

/** Statements never change. */
const QUESTIONS = new WeakMap<StatementJson, ReadonlyArray<readonly [string, Question]>>();

/** A condition with policy variables compares two keys, so that their values themselves matter; so do those in resources. */
function makeQuestions(statement: StatementJson): ReadonlyArray<readonly [string, Question]> {
  const value = (key: string) => [key, { key }] as const;
  const { Resource, NotResource } = statement;
  const inResources = [...keysOf({ Effect: 'Allow', Resource, NotResource })].map(value);
  return [...inResources, ...conditionsOf(statement).flatMap(part => {
    const keys = [...keysOf(part)];
    const text = JSON.stringify(part.Condition);
    return text.includes('${') ? keys.map(value) : keys.map(key => [text, { key, condition: part.Condition }] as const);
  })];
}
