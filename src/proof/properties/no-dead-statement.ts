import type { PolicyJson, StatementJson } from '../../iam';
import { conditionsHold } from '../../iam/conditions';
import { asList } from '../../iam/document';
import { PrincipalMatch } from '../../iam/principal';
import { matchStatement } from '../../iam/statement';
import { Attempt, ClaimResult, Finding, first, Trial, tryClaim } from '../property-check';
import { keysOf } from '../constants';
import { Document, documentsOf } from '../documents';
import { ACTOR, Axis, Choice, Exception, lowered, only, requestOf, Scene, Target } from '../candidate-request';
import { Judge, Space } from '../counterexample-search';
import { Sight } from '../partition';
import { conditionsOf, isAbout } from '../statements';
import type { World } from '../request-space';

const FIX = 'remove the statement, or correct what keeps it from ever mattering: a misspelt key, a value that no request has, a wider statement beside it';

/** So many scenes are tried for one action on one target. */
const MOST_SCENES = 4000;

/**
 * *No dead statement*: each statement changes the decision about some request, by its own policy, while everything else would allow it. Where there
 * are too many requests to try them all, that is assumed.
 */
export function noDeadStatement(world: World): ClaimResult {
  return tryClaim('no-dead-statement', documentsOf(world).map((document): Attempt => trial => alive(trial, document)), world);
}

function alive({ assume, judge }: Trial, document: Document): Finding {
  const statements = asList(document.policy.Statement);
  return first(statements.keys(), index => {
    const statement = statements[index];
    const without = { ...document.policy, Statement: statements.filter((_, at) => at !== index) };
    if (isBeside(statement, document.targets)) return undefined;
    const tried = new Tried();
    if (matters(judge, document, statement, without, tried)) return undefined;
    const name = `statement ${statement.Sid ?? `#${index + 1}`} of the ${document.name}`;
    if (tried.isCut) return assume(`${name} changes a decision: ${MOST_SCENES} requests for one action on one target showed none, and there are more`);
    const request = `any request that ${name} is about`;
    return { request, decision: 'the same with the statement and without it', expected: 'a difference', fix: FIX };
  });
}

/** Whether a statement is about resources of other services alone, such as a topic, or about other keys: nothing is known of them here. */
function isBeside({ Action, Resource }: StatementJson, targets: readonly Target[]): boolean {
  const resources = asList(Resource);
  const isOther = (service: string | undefined) => service !== undefined && !OURS.includes(service);
  const isOtherKey = (arn: string) => OTHER_KEY.test(arn) && targets.every(target => target.arn !== arn);
  const ofOthers = resources.every(each => isOther(/^arn:[^:]*:([^:*?]+):/.exec(each)?.[1])) && asList(Action).every(each => isOther(each.split(':')[0].toLowerCase()));
  return resources.length > 0 && (ofOthers || resources.every(isOtherKey));
}

/** A key by its ARN: not a pattern, which can cover those of the data buckets. */
const OTHER_KEY = /^arn:[^:]*:kms:[^*?]+$/;

const OURS: readonly string[] = ['s3', 'kms', 'sts', 'iam'];

/** Whether requests were left out because there were too many. */
class Tried {
  public isCut = false;
}

/** Most statements show where only what they look at themselves varies; the others, where what those vary that are about the same. */
function matters(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson, tried: Tried): boolean {
  const about = document.targets.flatMap(target => document.actionsOn(target, statement)
    .filter(action => isAbout(statement, action, target.arn) && isGrantable(document, action, target))
    .map((action): Space => ({ action, target, axes: document.axesOf(target) })));
  const alone = new Sight([statement]);
  if (about.some(space => differs(judge, document, statement, without, seenBy(alone, statement, space), new Tried()))) return true;
  if (statement.Effect === 'Deny') return about.some(space => isNeeded(judge, document, statement, without, space));
  return about.some(space => differs(judge, document, statement, without, seenBy(sightOn(document.policy, space), statement, space), tried));
}

function seenBy(sight: Sight, statement: StatementJson, { action, target, axes }: Space): Space {
  return { action, target, axes: whereItHolds(statement, sight.classes(axes), target) };
}

function sightOn({ Statement }: PolicyJson, { action, target }: Space): Sight {
  return new Sight(asList(Statement).filter(each => isAbout(each, action, target.arn)));
}

/** Whether the policy without a Deny allows something that the statement denies. */
function isNeeded(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson, { action, target, axes }: Space): boolean {
  const keys = keysOf(statement);
  const seen = axes.filter(each => each.name === ACTOR || [...each.keys].some(key => keys.has(key)));
  const except: Exception = {
    axes: Object.fromEntries(seen.map(({ name }) => [name, 'everything'])), holds: scene => !matches(document, statement, scene),
  };
  return judge.firstAllowed({ action, target, axes: whereItHolds(statement, axes, target) }, document.court(without, target), except) !== undefined;
}

function matches({ principals }: Document, statement: StatementJson, scene: Scene): boolean {
  return matchStatement(statement, requestOf(scene), { principals, withVariables: true, hasBoundary: false }) !== PrincipalMatch.NONE;
}

/** The axes without the choices that a condition of the statement rules out by themselves: there it says nothing. */
function whereItHolds(statement: StatementJson, axes: readonly Axis[], target: Target): readonly Axis[] {
  const parts = conditionsOf(statement).map(part => ({ ...part, keys: [...keysOf(part)] }));
  return axes.map(axis => {
    const others = new Set(axes.filter(each => each !== axis).flatMap(({ keys }) => [...keys]));
    const isDecided = (key: string) => axis.keys.has(key) && !others.has(key) && !lowered(target.context).has(key);
    const own = parts.filter(({ keys }) => keys.every(isDecided));
    const valueOf = ({ context }: Choice) => (key: string) => lowered(context).get(key.toLowerCase());
    return own.length === 0 ? axis : only(axis, choice => own.every(({ Condition }) => conditionsHold(Condition, valueOf(choice), true)));
  });
}

function isGrantable({ grants, policy }: Document, action: string, { arn }: Target): boolean {
  return !grants || asList(policy.Statement).some(each => each.Effect === 'Allow' && isAbout(each, action, arn));
}

function differs(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson, space: Space, tried: Tried): boolean {
  const [needed, other] = statement.Effect === 'Allow' ? [document.policy, without] : [without, document.policy];
  const courts = [document.court(needed, space.target), document.court(other, space.target)];
  for (const scene of scenes(space, tried)) {
    if (matches(document, statement, scene) && judge.allows(scene, courts[0]) && !judge.allows(scene, courts[1])) return true;
  }
  return false;
}

function* scenes({ action, target, axes }: Space, tried: Tried): Generator<Scene> {
  let left = MOST_SCENES;
  for (const choices of product(axes)) {
    if (left-- === 0) {
      tried.isCut = true;
      return;
    }
    yield { action, target, choices };
  }
}

/** Every combination; the last axis varies fastest. */
function* product(axes: readonly Axis[]): Generator<readonly Choice[]> {
  if (axes.some(({ choices }) => choices.length === 0)) return;
  const positions = axes.map(() => 0);
  for (let last = 0; last >= 0;) {
    yield axes.map(({ choices }, index) => choices[positions[index]]);
    last = axes.length - 1;
    while (last >= 0 && ++positions[last] === axes[last].choices.length) positions[last--] = 0;
  }
}
