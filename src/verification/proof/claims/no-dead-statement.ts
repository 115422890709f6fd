import type { PolicyJson, StatementJson } from '../../policy';
import { asList } from '../../policy/document';
import { PrincipalMatch } from '../../policy/principal';
import { matchStatement } from '../../policy/statement';
import { Attempt, ClaimResult, Finding, first, tryClaim } from '../claim';
import type { Court } from '../courts';
import { Document, documentsOf } from '../documents';
import { Axis, Choice, requestOf, Scene, Target } from '../scene';
import { Judge, Space } from '../search';
import { Sight, sightOf } from '../sight';
import { isAbout } from '../statements';
import type { World } from '../world';

const FIX = 'remove the statement, or correct what keeps it from ever mattering: a misspelt key, a value that no request has, a wider statement beside it';

/** So many scenes are tried for one action on one target before a statement counts as dead there. */
const MOST_SCENES = 4000;

/** *No dead statement*: each statement changes the decision about some request, by its own policy, while everything else would allow it. */
export function noDeadStatement(world: World): ClaimResult {
  return tryClaim('no-dead-statement', documentsOf(world).map((document): Attempt => ({ judge }) => alive(judge, document)), world);
}

function alive(judge: Judge, document: Document): Finding {
  const statements = asList(document.policy.Statement);
  const all = sightOf([document.policy]);
  return first(statements.keys(), index => {
    const statement = statements[index];
    const without = { ...document.policy, Statement: statements.filter((_, at) => at !== index) };
    if (isBeside(statement, document.targets) || matters(judge, document, statement, without, all)) return undefined;
    const request = `any request that statement ${statement.Sid ?? `#${index + 1}`} of the ${document.name} is about`;
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

/** Most statements show where only what they look at themselves varies; the others, where what their policy looks at varies, too. */
function matters(judge: Judge, document: Document, statement: StatementJson, without: PolicyJson, all: Sight): boolean {
  const [needed, other] = statement.Effect === 'Allow' ? [document.policy, without] : [without, document.policy];
  return [new Sight([statement]), all].some(sight => document.targets.some(target => {
    const axes = sight.classes(document.axesOf(target));
    const courts = [document.court(needed, target), document.court(other, target)];
    return document.actionsOn(target, statement).some(action => isAbout(statement, action, target.arn) && isGrantable(document, action, target)
      && differs(judge, document, statement, courts, scenes({ action, target, axes })));
  }));
}

function isGrantable({ grants, policy }: Document, action: string, { arn }: Target): boolean {
  return !grants || asList(policy.Statement).some(each => each.Effect === 'Allow' && isAbout(each, action, arn));
}

function differs(
  judge: Judge, { principals }: Document, statement: StatementJson, [needed, other]: readonly Court[], varied: Iterable<Scene>,
): boolean {
  const rules = { principals, withVariables: true, hasBoundary: false };
  for (const scene of varied) {
    if (matchStatement(statement, requestOf(scene), rules) === PrincipalMatch.NONE) continue;
    if (judge.allows(scene, needed) && !judge.allows(scene, other)) return true;
  }
  return false;
}

function* scenes({ action, target, axes }: Space): Generator<Scene> {
  let left = MOST_SCENES;
  for (const choices of product(axes)) {
    if (left-- === 0) return;
    yield { action, target, choices };
  }
}

/** Every combination; the last axis varies fastest. */
function* product(axes: readonly Axis[]): Generator<readonly Choice[]> {
  const positions = axes.map(() => 0);
  for (let last = 0; last >= 0;) {
    yield axes.map(({ choices }, index) => choices[positions[index]]);
    last = axes.length - 1;
    while (last >= 0 && ++positions[last] === axes[last].choices.length) positions[last--] = 0;
  }
}
