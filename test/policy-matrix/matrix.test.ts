import { CASES, Case } from './cases';
import { World } from './world';
import { WorldName, settingOf } from './worlds';
import { decide, PolicyJson, PolicySet, StatementJson } from '../../src/iam';

/** Documents of one kind among the policies of a request. */
type PoliciesOf = (policies: PolicySet, what: Case['what']) => PolicyJson | readonly PolicyJson[] | undefined;

type Documents = [name: string, world: WorldName, read: PoliciesOf];

/** The worlds whose roles and endpoints, buckets and keys have statements of their own. */
const OWN_ROLES: WorldName[] = [
  'plain',
  'agents',
  'on premises',
  'user data assets',
  'shared endpoint',
  'sessions',
  'session logs in S3',
  'session logs in CloudWatch',
  'encrypted sessions',
  'patching',
  'access point of another account',
  'access point of the account',
];
const OWN_BUCKETS: WorldName[] = [
  'plain',
  'full',
  's3 managed',
  'existing key',
  'organization',
  'organizational units',
  'accounts',
  'remote workload',
  'remote perimeter',
  'remote access list',
  'log buckets',
  'log archive',
  'access point of another account',
  'access point of the account',
];
const OWN_KEYS: WorldName[] = ['plain', 'remote workload', 'log archive'];

const WITHOUT_SID = 'without a Sid';
const EVERY_CASE = Object.values(CASES).flat();

function title({ who, where, what }: Case): string {
  const target = `${what.bucket ?? what.foreign ?? what.kmsKey ?? what.arn ?? ''}${what.owner ?? ''}${what.key === undefined ? '' : `/${what.key}`}`;
  const way = what.accessPoint === undefined ? '' : ` through ${what.accessPoint}`;
  return `${who} from ${where}: ${what.action} ${target}${way} ${JSON.stringify(what.context ?? {})}`;
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases.map(each => [`${each.world ?? 'plain'}: ${title(each)}`, each] as const))('%s', (__, each) => {
    const { verdict, reason } = decided(each.world ?? 'plain', each);
    expect(`${verdict}: ${reason}`).toContain(each.expect === 'allowed' ? 'Allowed: ' : each.expect);
    if (each.expect !== 'allowed') {
      expect(verdict).not.toBe('Allowed');
    }
  });
});

test('the matrix has at least 200 cases, 60 % of them denials or more, and none of them twice', () => {
  expect(EVERY_CASE.length).toBeGreaterThanOrEqual(200);
  expect(EVERY_CASE.filter(({ expect: expected }) => expected !== 'allowed').length).toBeGreaterThanOrEqual(
    EVERY_CASE.length * 0.6,
  );
  const titles = EVERY_CASE.map(each => `${each.world ?? 'plain'}: ${title(each)}`);
  expect(titles.filter((each, index) => titles.indexOf(each) !== index)).toEqual([]);
});

describe('every statement matters: without it a case of the matrix comes out differently', () => {
  const documents: Documents[] = [
    ...OWN_ROLES.flatMap((world): Documents[] => [
      ['role policy', world, rolePoliciesOf],
      ['endpoint policy', world, ({ endpointPolicy }) => endpointPolicy],
    ]),
    ...OWN_BUCKETS.map((world): Documents => ['bucket policy', world, bucketPolicyOf]),
    ...OWN_KEYS.map((world): Documents => ['key policy', world, keyPolicyOf]),
  ];
  const statements = documents.flatMap(([name, world, read]) =>
    sidsIn(world, read).map(sid => [name, world, sid] as const),
  );

  test.each(statements)('%s of %s: %s', (_, world, sid) => {
    expect(casesFor(world).filter(each => outcome(world, each) !== outcome(world, each, sid)).length).toBeGreaterThan(
      0,
    );
  });

  /** The Sids of a document, as the cases of its world meet it. */
  function sidsIn(world: WorldName, read: PoliciesOf): string[] {
    const found = EVERY_CASE.filter(each => (each.world ?? 'plain') === world && ofStack(each)).flatMap(
      ({ who, where, what }) =>
        new World(settingOf(world))
          .halves(what)
          .flatMap(half => read(new World(settingOf(world)).policies(who, where, half), half) ?? []),
    );
    return [...new Set(found.flatMap(statementsOf).map(({ Sid }) => Sid ?? WITHOUT_SID))];
  }
});

/** Whether the policies of the case are those of the stack: not those of somebody else's role or bucket. */
function ofStack({ who, what }: Case): boolean {
  return (
    who === 'workload' && (what.bucket !== undefined || what.action.startsWith('kms:') || what.foreign !== undefined)
  );
}

function asksForKey({ action, context = {} }: Case['what']): boolean {
  return action.startsWith('kms:') || Object.values(context).includes('OUR_KEY');
}

/** The cases of a world, and those of the plain one as far as there are such buckets. */
function casesFor(world: WorldName): Case[] {
  const { stack } = settingOf(world);
  const hasOne = (type: string, part?: string) => stack.ids(type, part).length === 1;
  const fits = ({ what }: Case) =>
    (what.bucket === undefined || hasOne('AWS::S3::Bucket', what.bucket)) &&
    (!asksForKey(what) || hasOne('AWS::KMS::Key'));
  return EVERY_CASE.filter(each => (each.world ?? 'plain') === world || (each.world === undefined && fits(each)));
}

function rolePoliciesOf({ identityPolicies }: PolicySet): readonly PolicyJson[] | undefined {
  return identityPolicies;
}

function keyPolicyOf({ resourcePolicy, resourcePolicyKind }: PolicySet): PolicyJson | undefined {
  return resourcePolicyKind === 'key' ? resourcePolicy : undefined;
}

function bucketPolicyOf({ resourcePolicy }: PolicySet, { bucket }: Case['what']): PolicyJson | undefined {
  return bucket === undefined ? undefined : resourcePolicy;
}

function outcome(world: WorldName, each: Case, withoutSid?: string): string {
  const { verdict, reason } = decided(world, each, withoutSid);
  return verdict === 'Allowed' ? verdict : `${verdict}: ${reason}`;
}

function decided(name: WorldName, { who, where, what }: Case, withoutSid?: string) {
  const world = new World(settingOf(name));
  const [first, ...others] = world.halves(what).map(half => {
    const policies = world.policies(who, where, half);
    return decide(
      world.request(who, where, withOurKey(world, half)),
      withoutSid === undefined ? policies : without(policies, withoutSid),
    );
  });
  return [first, ...others].find(({ verdict }) => verdict !== 'Allowed') ?? first;
}

/** The cases cannot know the ARN of the key: it stands as `OUR_KEY` in them. */
function withOurKey(world: World, what: Case['what']): Case['what'] {
  const context = Object.entries(what.context ?? {}).map(([name, value]) => [
    name,
    value === 'OUR_KEY' ? world.kmsKey().arn : value,
  ]);
  return { ...what, context: Object.fromEntries(context) as Case['what']['context'] };
}

function statementsOf({ Statement }: PolicyJson): StatementJson[] {
  return [Statement].flat() as StatementJson[];
}

/** Policies in which the statements of one Sid are missing. */
function without(policies: PolicySet, sid: string): PolicySet {
  const others = (document: PolicyJson) => statementsOf(document).filter(({ Sid }) => (Sid ?? WITHOUT_SID) !== sid);
  const strip = (document: PolicyJson): PolicyJson => ({ ...document, Statement: others(document) });
  const { identityPolicies = [], resourcePolicy, endpointPolicy } = policies;
  return {
    ...policies,
    identityPolicies: identityPolicies.map(strip),
    resourcePolicy: resourcePolicy && strip(resourcePolicy),
    endpointPolicy: endpointPolicy && strip(endpointPolicy),
  };
}
