import { quickStartSubject, everyOptionSubject } from './inputs';
import { Court } from '../../src/proof/authorizers';
import { Axis, Choice, Target } from '../../src/proof/candidate-request';
import { Judge } from '../../src/proof/counterexample-search';
import { World } from '../../src/proof/request-space';

/** Numbers that look random, and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

interface Space {
  readonly court: Court;
  readonly target: Target;
  readonly actions: readonly string[];
  readonly axes: readonly Axis[];
}

function spacesOf(world: World): readonly Space[] {
  const { buckets, keys, account } = world.subject;
  const inS3 = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'];
  return [
    ...buckets.flatMap(bucket => {
      const resource = world.courts.resource(world.holding(bucket));
      const courts = [world.courts.workload(bucket, bucket.account), world.courts.role(account), resource, world.courts.endpoint()];
      const targets = [...world.objects(bucket), world.bucket(bucket)];
      return courts.flatMap(court => targets.map(target => ({ court, target, actions: inS3, axes: world.axes(bucket.encryption?.keyArn) })));
    }),
    ...keys.flatMap(key => key.policy === 'unknown' ? [] : [{
      court: world.courts.resource(key.policy, 'key'), target: world.key(key), actions: ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'], axes: world.keyAxes(key),
    }]),
  ];
}

describe.each([['the quick start', quickStartSubject()], ['every option', everyOptionSubject()]])('%s', (_, subject) => {
  test('choices that no statement tells apart are decided alike, whatever the rest of the request', () => {
    const random = numbers(7);
    const judge = new Judge();
    const pick = <T>(items: readonly T[]) => items[random(items.length)];
    const spaces = spacesOf(new World(subject));
    const verdicts = new Set<string>();
    let merged = 0;
    for (let round = 0; round < 4000; round++) {
      const { court, target, actions, axes } = pick(spaces);
      const at = random(axes.length);
      const [one, other] = [pick(axes[at].choices), pick(axes[at].choices)];
      const [{ choices: classes }] = court.sight.classes([{ ...axes[at], choices: [one, other] }]);
      if (one === other || classes.length > 1) { continue; }
      merged++;
      const action = pick(actions);
      const rest = axes.map(({ choices }) => pick(choices));
      const decide = (choice: Choice) => judge.decide({ action, target, choices: rest.map((each, index) => index === at ? choice : each) }, court);
      expect(decide(other)).toEqual(decide(one));
      verdicts.add(decide(one).verdict);
    }
    expect(merged).toBeGreaterThan(500);
    expect([...verdicts].sort()).toEqual(['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied']);
  });

  test('a search finds what trying every class finds', () => {
    const random = numbers(11);
    const judge = new Judge();
    for (const { court, target, actions, axes } of spacesOf(new World(subject))) {
      for (const action of actions) {
        const found = judge.firstAllowed({ action, target, axes }, court) !== undefined;
        const tries = Array.from({ length: 40 }, () => ({ action, target, choices: axes.map(({ choices }) => choices[random(choices.length)]) }));
        const allowed = tries.filter(scene => judge.allows(scene, court));
        expect({ action, found: found || allowed.length > 0 }).toEqual({ action, found });
      }
    }
  });
});
