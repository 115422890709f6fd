import type { PolicyWorld } from './policy-sets';
import { askProduct } from './product';
import { Question, questionOf, QuestionName, formulated } from './questions';
import { bindingPolicies, concreteRequest, withDefaults } from './smt-concrete';
import { ProductRequest, sameRequest } from './smt-counterexample';
import { keysOf } from './smt-decision';
import type { Solver } from './solver';
import { AccessRequest, decide } from '../../src/iam';

/**
 * How two answers compare:
 *
 * - `missed`: the proof holds, and there is such a request
 * - `false alarm`: the proof has a counterexample, and there is no such request
 * - `impossible request`: there is such a request, but the counterexample of the proof is none
 * - `evaluator`: the evaluator does not allow the request that the solver found
 * - `unknown`: the solver does not say in time
 * - `not proven`: the proof does not say
 */
export type Outcome =
  | 'agree: holds'
  | 'agree: violated'
  | 'missed'
  | 'false alarm'
  | 'impossible request'
  | 'evaluator'
  | 'unknown'
  | 'not proven';

/** The answers to a question about some policies. */
export interface Comparison {
  readonly outcome: Outcome;
  /** The request that the solver found. */
  readonly request?: AccessRequest;
  /** The counterexample of the proof, and what of it excludes what. */
  readonly counterexample?: ProductRequest;
  readonly core?: readonly string[];
  readonly reason?: string;
  readonly seconds: number;
}

/** Asks the proof and the solver. */
export async function compare(name: QuestionName, world: PolicyWorld, solver: Solver): Promise<Comparison> {
  const question = questionOf(name, world);
  const formulas = formulated(question);
  const { space, assertions } = formulas;
  const product = askProduct(name, world);
  const { result, values, error, seconds } = await solver.ask({
    script: space.variables.script(assertions),
    values: true,
  });
  if (product.answer === 'not proven') {
    return { outcome: 'not proven', reason: product.reason, seconds };
  }
  if (result === 'unknown' || result === 'error') {
    return { outcome: 'unknown', reason: error, seconds };
  }
  const all = values && withDefaults(values, space.variables.all);
  const whole = all && concreteRequest(space, question.target, all);
  const request = whole && only(whole, keysOf(question.policies));
  if (all !== undefined && whole !== undefined) {
    const { verdict } = decide(whole, bindingPolicies(question.policies, space, all));
    if (verdict !== 'Allowed') {
      return { outcome: 'evaluator', request, reason: verdict, seconds };
    }
  }
  if (product.answer === 'holds') {
    return { outcome: result === 'sat' ? 'missed' : 'agree: holds', request, seconds };
  }
  return { ...(await checked(question, formulas, product.request, result, solver)), request, seconds };
}

/** The request with the keys that policies look at. */
function only(request: AccessRequest, keys: ReadonlySet<string>): AccessRequest {
  return { ...request, context: Object.fromEntries(Object.entries(request.context).filter(([key]) => keys.has(key))) };
}

/** A counterexample has to be a request of the encoding. */
async function checked(
  { policies }: Question,
  { space, assertions }: ReturnType<typeof formulated>,
  counterexample: ProductRequest,
  result: 'sat' | 'unsat',
  solver: Solver,
): Promise<Pick<Comparison, 'outcome' | 'counterexample' | 'core' | 'reason'>> {
  const own = await solver.ask({
    script: space.variables.script([...assertions, ...sameRequest(space, counterexample, keysOf(policies))]),
    core: true,
  });
  if (own.result === 'unsat') {
    return { outcome: result === 'sat' ? 'impossible request' : 'false alarm', counterexample, core: own.core };
  }
  return own.result === 'sat'
    ? { outcome: 'agree: violated', counterexample }
    : { outcome: 'unknown', reason: own.error, counterexample };
}

/** Whether the answers contradict each other. */
export function disagrees({ outcome }: Pick<Comparison, 'outcome'>): boolean {
  return ['missed', 'false alarm', 'impossible request', 'evaluator'].includes(outcome);
}

/** The smallest policies, one step after the other, that the answers still contradict each other about in this way. */
export async function shrunk(
  name: QuestionName,
  world: PolicyWorld,
  comparison: Comparison,
  solver: Solver,
): Promise<readonly [PolicyWorld, Comparison]> {
  for (const smaller of smallerThan(name, world)) {
    const found = await compare(name, smaller, solver);
    if (found.outcome === comparison.outcome) {
      return shrunk(name, smaller, found, solver);
    }
  }
  return [world, comparison];
}

/** Policies that a question needs, whatever else there is. */
const NEEDED: Readonly<Record<QuestionName, ReadonlyArray<keyof PolicyWorld>>> = {
  objects: ['bucket'],
  strangers: ['role', 'endpoint'],
  key: ['key'],
};

function* smallerThan(name: QuestionName, world: PolicyWorld): Generator<PolicyWorld> {
  for (const [kind, value] of Object.entries(world) as Array<[keyof PolicyWorld, unknown]>) {
    if (kind === 'actions' || kind === 'exclusive') {
      continue;
    }
    if (!NEEDED[name].includes(kind) && JSON.stringify(value) !== JSON.stringify(EMPTY[kind])) {
      yield { ...world, [kind]: EMPTY[kind] };
    }
    for (const smaller of smallerValues(value, [])) {
      yield { ...world, [kind]: smaller } as PolicyWorld;
    }
  }
}

const NO_STATEMENTS = { Version: '2012-10-17', Statement: [] };

const EMPTY: Partial<PolicyWorld> = {
  bucket: NO_STATEMENTS,
  role: NO_STATEMENTS,
  endpoint: NO_STATEMENTS,
  key: NO_STATEMENTS,
  tags: {},
};

/** The same without one statement, one operator, one key or one value. */
function* smallerValues(value: unknown, path: readonly string[]): Generator<unknown> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (value.length > 1 || path.at(-1) === 'Statement') {
        yield value.filter((_, at) => at !== index);
      }
      for (const smaller of smallerValues(value[index], path)) {
        yield value.map((each, at) => (at === index ? smaller : each));
      }
    }
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (path.includes('Condition')) {
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    }
    for (const smaller of smallerValues(inner, [...path, key])) {
      yield { ...value, [key]: smaller };
    }
  }
}
