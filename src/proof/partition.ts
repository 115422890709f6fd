import {
  asList,
  Attributes,
  attributesOf,
  ConditionJson,
  conditionsHold,
  identityOf,
  isServiceLinkedRole,
  letsHave,
  matchGatewayPrincipal,
  matchPrincipal,
  PolicyJson,
  PrincipalJson,
  PrincipalName,
  saidOf,
  StatementJson,
} from '../iam';
import { PRINCIPAL, Dimension, RequestClass, Exception, NETWORK, NOTHING } from './candidate-request';
import { keysOf } from './constants';
import { conditionsOf } from './statements';

/**
 * One question that a statement asks a request: whether a condition holds or, without one, what the value of the key
 * is.
 */
interface Question {
  readonly key: string;
  readonly condition?: ConditionJson;
}

/**
 * What some statements see of a request. Classes of a dimension that give the same answers to everything that the
 * statements ask are decided alike, whatever the rest of the request: one of them stands for all.
 */
export class Partition {
  private readonly questions: readonly Question[];
  private readonly principals: readonly PrincipalJson[];
  private readonly hasNotPrincipal: boolean;
  private readonly views = new WeakMap<Dimension['keys'], WeakMap<RequestClass, string>>();
  private readonly merged = new WeakMap<readonly Dimension[], Map<readonly Exception[], readonly Dimension[]>>();

  /**
   * @param statements the statements
   * @param complete whether nothing else decides: then nobody sees a dimension that they do not look at
   */
  constructor(
    statements: readonly StatementJson[],
    private readonly complete = false,
  ) {
    this.questions = [...new Map(statements.flatMap(questionsOf)).values()];
    const named = statements.flatMap(({ Principal }) =>
      Principal === undefined || Principal === '*' ? [] : [Principal],
    );
    this.principals = [...new Map(named.map(each => [JSON.stringify(each), each])).values()];
    this.hasNotPrincipal = statements.some(({ NotPrincipal }) => NotPrincipal !== undefined);
  }

  /**
   * The dimensions with one class for each that the statements and the exception tell apart; a
   * dimension that they do not look at has one class.
   */
  public classes(
    dimensions: readonly Dimension[],
    exceptions: readonly Exception[] = NO_EXCEPTIONS,
  ): readonly Dimension[] {
    const known = this.merged.get(dimensions) ?? new Map<readonly Exception[], readonly Dimension[]>();
    const classes =
      known.get(exceptions) ?? dimensions.map(dimension => this.classesOf(dimension, viewsOn(dimension, exceptions)));
    this.merged.set(dimensions, known.set(exceptions, classes));
    return classes;
  }

  private classesOf(dimension: Dimension, excepted: ReturnType<typeof viewsOn>): Dimension {
    if (excepted === 'everything') {
      return dimension;
    }
    const questions = this.questions.filter(({ key }) => dimension.keys.has(key) || dimension.gates.has(key));
    if (questions.length === 0 && excepted === undefined && !isAlwaysSeen(dimension)) {
      return this.unseen(dimension);
    }
    if (dimension.classes.length < 2) {
      return dimension;
    }
    const view = this.viewOf(dimension.keys, questions);
    const found = new Map<string, RequestClass[]>();
    for (const requestClass of dimension.classes) {
      const seen = [view(requestClass), ...(excepted ?? []).map(each => String(each(requestClass)))].join(' ');
      const alike = found.get(seen);
      if (alike === undefined) {
        found.set(seen, [requestClass]);
      } else {
        alike.push(requestClass);
      }
    }
    if (found.size === dimension.classes.length) {
      return dimension;
    }
    return {
      ...dimension,
      classes: [...found.values()].map(([one, ...others]) => ({ ...one, stands: 1 + others.length })),
    };
  }

  private unseen(dimension: Dimension): Dimension {
    const all = this.complete ? WITHOUT_KEYS : WITH_KEYS;
    const known = all.get(dimension);
    if (known !== undefined) {
      return known;
    }
    const stands = dimension.classes.length;
    const classes = dimension.classes
      .slice(0, 1)
      .map(usual => ({ ...usual, stands, parts: this.complete ? NOTHING : usual.parts }));
    const made = { ...dimension, classes };
    all.set(dimension, made);
    return made;
  }

  private viewOf(keys: Dimension['keys'], questions: readonly Question[]): (requestClass: RequestClass) => string {
    const views = this.views.get(keys) ?? new WeakMap<RequestClass, string>();
    this.views.set(keys, views);
    return requestClass => {
      const view = views.get(requestClass) ?? this.makeView(requestClass, questions);
      views.set(requestClass, view);
      return view;
    };
  }

  private makeView({ parts, network }: RequestClass, questions: readonly Question[]): string {
    const said = attributesOf(parts);
    const answers = questions.map(question => answer(question, said)).join();
    const identity = parts.principal?.identity;
    return `${answers} ${identity === undefined ? '' : this.seenOf(identity)} ${network?.endpointId ?? ''}`;
  }

  /** The kind of principal also tells which keys the request cannot have. */
  private seenOf(name: PrincipalName): string {
    const identity = identityOf(name);
    const matches = this.principals.map(
      each => `${matchPrincipal(each, identity)}${matchGatewayPrincipal(each, identity)}`,
    );
    return [
      identity.type,
      identity.account,
      isServiceLinkedRole(identity),
      ...matches,
      this.hasNotPrincipal ? identity.name : '',
    ].join();
  }
}

const NO_EXCEPTIONS: readonly Exception[] = [];

type View = (requestClass: RequestClass) => unknown;

/** What exceptions look at in the classes of a dimension; `undefined` if nothing. */
function viewsOn({ name }: Dimension, exceptions: readonly Exception[]): 'everything' | readonly View[] | undefined {
  const views = exceptions.flatMap(({ dimensions }) => dimensions[name] ?? []);
  const some = views.filter(view => view !== 'everything');
  return some.length < views.length ? 'everything' : some.length === 0 ? undefined : some;
}

/** Whether policies see a dimension without the keys that it sets. */
function isAlwaysSeen({ name }: Dimension): boolean {
  return name === PRINCIPAL || name === NETWORK;
}

/** Dimensions that nobody looks at, with their usual class. */
const WITH_KEYS = new WeakMap<Dimension, Dimension>();

/** The same without the keys. */
const WITHOUT_KEYS = new WeakMap<Dimension, Dimension>();

/** What the statements of some documents see. */
export function partitionOf(documents: readonly PolicyJson[], complete = false): Partition {
  return new Partition(
    documents.flatMap(({ Statement }) => asList(Statement)),
    complete,
  );
}

/** The class does not set the key, takes it out or lets it be, or gives it a value. */
function answer({ key, condition }: Question, attributes: Attributes): string {
  const said = saidOf(attributes, key);
  if (said === undefined) {
    return letsHave(attributes, key) === false ? '_' : '-';
  }
  const { value } = said;
  if (value === undefined) {
    return '_';
  }
  if (condition === undefined) {
    return JSON.stringify(value);
  }
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

/**
 * A condition with policy variables compares two keys, so that their values themselves matter; so do those in
 * resources.
 */
function makeQuestions(statement: StatementJson): ReadonlyArray<readonly [string, Question]> {
  const value = (key: string) => [key, { key }] as const;
  const { Resource, NotResource } = statement;
  const inResources = [...keysOf({ Effect: 'Allow', Resource, NotResource })].map(value);
  return [
    ...inResources,
    ...conditionsOf(statement).flatMap(part => {
      const keys = [...keysOf(part)];
      const text = JSON.stringify(part.Condition);
      return text.includes('${')
        ? keys.map(value)
        : keys.map(key => [text, { key, condition: part.Condition }] as const);
    }),
  ];
}
