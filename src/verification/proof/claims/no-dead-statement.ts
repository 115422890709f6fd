import type { PolicyJson, StatementJson } from '../../policy';
import { asList } from '../../policy/document';
import { PrincipalMatch } from '../../policy/principal';
import { viewRequest } from '../../policy/request';
import { matchStatement } from '../../policy/statement';
import { Attempt, ClaimResult, Finding, first, tryClaim } from '../claim';
import { keysOf } from '../constants';
import { Document, documentsOf } from '../documents';
import { Choice, requestOf, Scene, Target } from '../scene';
import { ACTOR, isAbout, Judge, NETWORK } from '../search';
import type { World } from '../world';

interface Request {
  readonly action: string;
  readonly target: Target;
}

const FIX = 'remove the statement, or correct what keeps it from ever mattering: a misspelt key, a value that no request has, a wider statement beside it';

/** So many scenes are tried for one action on one target before a statement counts as dead there. */
const MOST_SCENES = 4000;

/** *No dead statement*: each statement changes the decision about some request, by its own policy, while everything else would allow it. */
export function noDeadStatement(world: World): ClaimResult {
  return tryClaim('no-dead-statement', documentsOf(world).map((document): Attempt => ({ judge }) => alive(judge, document)), world);
}

function alive(judge: Judge, document: Document): Finding {
  const statements = asList(document.policy.Statement);
  return first(statements.keys(), index => {
    const statement = statements[index];
    const without = { ...document.policy, Statement: statements.filter((_, at) => at !== index) };
    if (matters(judge, document, statement, without)) return undefined;
    const request = `any request that statement ${statement.Sid ?? `#${index + 1}`} of the ${document.name} is about`;
    return { request, decision: 'the same with the statement and without it', expected: 'a difference', fix: FIX };
  });
}

/** Most statements show at the usual choices of what they do not look at themselves; the others, where what their policy looks at varies, too. */
function matters(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson): boolean {
  const requests = document.targets.flatMap(target => document.actionsOn(target, statement)
    .filter(action => isAbout(statement, action, target.arn) && isGrantable(document, action, target)).map(action => ({ action, target })));
  const own = keysOf(statement);
  const all = new Set(asList(document.policy.Statement).flatMap(each => [...keysOf(each)]));
  return [own, all].some(keys => requests.some(request => differs(judge, document, statement, without, scenes(document, request, statement, keys))));
}

function isGrantable({ grants, policy }: Document, action: string, { arn }: Target): boolean {
  return !grants || asList(policy.Statement).some(each => each.Effect === 'Allow' && isAbout(each, action, arn));
}

function differs(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson, varied: Iterable<Scene>): boolean {
  const [needed, other] = statement.Effect === 'Allow' ? [document.policy, without] : [without, document.policy];
  const rules = { principals: document.principals, withVariables: true, hasBoundary: false };
  for (const scene of varied) {
    if (matchStatement(statement, viewRequest(requestOf(scene)), rules) === PrincipalMatch.NONE) continue;
    if (judge.allows(scene, each => document.court(needed, each)) && !judge.allows(scene, each => document.court(other, each))) return true;
  }
  return false;
}

/** Who asks matters where the statement names principals; where the request comes from always matters to a key. */
function* scenes(document: Document, request: Request, statement: StatementJson, keys: ReadonlySet<string>): Generator<Scene> {
  const always = [...statement.Principal === '*' && keys.size > 0 ? [] : [ACTOR], ...request.action.startsWith('kms:') ? [NETWORK] : []];
  const varied = document.axesOf(request.target).map(({ name, keys: own, choices }) =>
    always.includes(name) || [...own].some(key => keys.has(key)) ? choices : choices.slice(0, 1));
  let left = MOST_SCENES;
  for (const choices of product(varied)) {
    if (left-- === 0) return;
    yield { ...request, choices };
  }
}

/** Every combination; the last axis varies fastest. */
function* product(axes: ReadonlyArray<readonly Choice[]>): Generator<readonly Choice[]> {
  const [choices, ...rest] = axes;
  if (choices === undefined) {
    yield [];
    return;
  }
  for (const choice of choices) {
    for (const others of product(rest)) yield [choice, ...others];
  }
}
