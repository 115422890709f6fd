import { quickStartInput, everyOptionInput } from './inputs';
import { Authorizer } from '../../src/proof/authorizers';
import { Dimension, narrowed, PRINCIPAL, RequestClass, Target } from '../../src/proof/candidate-request';
import { CounterexampleSearch } from '../../src/proof/counterexample-search';
import { impossibleAmong } from '../../src/proof/impossible';
import { RequestSpace } from '../../src/proof/request-space';

/** Numbers that look random, and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

interface RequestSlice {
  readonly authorizer: Authorizer;
  readonly target: Target;
  readonly actions: readonly string[];
  readonly dimensions: readonly Dimension[];
}

function spacesOf(space: RequestSpace): readonly RequestSlice[] {
  const { buckets, keys, account } = space.input;
  const inS3 = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'];
  return [
    ...buckets.flatMap(bucket => {
      const resource = space.authorizers.resource(space.holding(bucket));
      const authorizers = [
        space.authorizers.workload(bucket, bucket.account),
        space.authorizers.role(account),
        resource,
        space.authorizers.endpoint(),
      ];
      const targets = [...space.objects(bucket), space.bucket(bucket)];
      return authorizers.flatMap(authorizer =>
        targets.map(target => ({
          authorizer,
          target,
          actions: inS3,
          dimensions: space.dimensions(bucket.encryption?.keyArn),
        })),
      );
    }),
    ...keys.flatMap(key =>
      key.policy === 'unknown'
        ? []
        : [
            {
              authorizer: space.authorizers.resource(key.policy, 'key'),
              target: space.key(key),
              actions: ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'],
              dimensions: space.keyDimensions(key),
            },
          ],
    ),
  ];
}

describe.each([
  ['the quick start', quickStartInput()],
  ['every option', everyOptionInput()],
])('%s', (_, input) => {
  test('classes that no statement tells apart are decided alike, whatever the rest of the request', () => {
    const random = numbers(7);
    const search = new CounterexampleSearch();
    const pick = <T>(items: readonly T[]) => items[random(items.length)];
    const slices = spacesOf(new RequestSpace(input));
    const verdicts = new Set<string>();
    let merged = 0;
    for (let round = 0; round < 4000; round++) {
      const { authorizer, target, actions, dimensions } = pick(slices);
      const at = random(dimensions.length);
      const [one, other] = [pick(dimensions[at].classes), pick(dimensions[at].classes)];
      const [{ classes: alike }] = authorizer.requestPartition.classes([{ ...dimensions[at], classes: [one, other] }]);
      if (one === other || alike.length > 1) {
        continue;
      }
      merged++;
      const action = pick(actions);
      const rest = dimensions.map(({ classes }) => pick(classes));
      const decide = (requestClass: RequestClass) =>
        search.decide(
          { action, target, classes: rest.map((each, index) => (index === at ? requestClass : each)) },
          authorizer,
        );
      expect(decide(other)).toEqual(decide(one));
      verdicts.add(decide(one).verdict);
    }
    expect(merged).toBeGreaterThan(500);
    expect([...verdicts].sort()).toEqual(['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied']);
  });

  test('a search finds what trying every class finds', () => {
    const random = numbers(11);
    const search = new CounterexampleSearch();
    for (const { authorizer, target, actions, dimensions } of spacesOf(new RequestSpace(input))) {
      for (const action of actions) {
        const impossible = impossibleAmong(dimensions, action);
        const found = search.firstAllowed({ action, target, dimensions }, authorizer) !== undefined;
        const tries = Array.from({ length: 40 }, () => ({
          action,
          target,
          classes: dimensions.map(({ classes }) => classes[random(classes.length)]),
        }));
        const allowed = tries.filter(
          candidate => search.allows(candidate, authorizer) && !impossible.some(({ holds }) => holds(candidate)),
        );
        expect({ action, found: found || allowed.length > 0 }).toEqual({ action, found });
      }
    }
  });
});

test('ways that let a request have a key are told from those that do not, where another dimension has its values', () => {
  const { role, endpoints, ...rest } = quickStartInput();
  const statement = {
    Effect: 'Allow' as const,
    Action: 's3:*',
    Resource: '*',
    Condition: { 'ForAnyValue:StringNotEquals': { 'aws:VpceOrgID': 'o-a1b2c3d4e5' } },
  };
  const space = new RequestSpace({
    ...rest,
    role: { ...role, policies: [{ Version: '2012-10-17', Statement: [statement] }] },
    endpoints: endpoints.map(each => ({ ...each, policy: { Version: '2012-10-17', Statement: [] } })),
  });
  const [target] = space.foreign();
  const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const slice = { action: 's3:ListBucket', target, dimensions };
  const found = new CounterexampleSearch().firstAllowed(slice, space.authorizers.workload(undefined, 'a stranger'));

  expect(found?.candidate.classes.map(({ words }) => words).join()).toContain('of another organization');
});
