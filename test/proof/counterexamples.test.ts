import { everyOptionInput, LAKES, quickStartInput, s3ManagedInput } from './inputs';
import { lawsBrokenBy } from './possible-requests';
import {
  ACCOUNT_KEY,
  adding,
  ALLOW_ALL,
  Edit,
  FULL_ACCESS,
  spared,
  withBucket,
  withEndpoint,
  withKey,
  withLogs,
  withRole,
} from './sabotage';
import { asList } from '../../src/iam/document';
import { ProofInput, prove } from '../../src/proof';
import type { Authorizer } from '../../src/proof/authorizers';
import { describeCandidate, Exception, networkOf, principalOf, valueIn } from '../../src/proof/candidate-request';
import { CounterexampleSearch, RequestSlice, Ruling } from '../../src/proof/counterexample-search';
import { impossibleAmong } from '../../src/proof/impossible';

interface Told {
  readonly ruling: Ruling;
  readonly slice: RequestSlice;
  readonly authorizer: Authorizer;
  readonly exceptions: readonly Exception[];
}

const tellings: Told[] = [];
const counts: number[] = [];

beforeAll(() => {
  const module = jest.requireActual<typeof import('../../src/proof/most-telling')>('../../src/proof/most-telling');
  const { mostTelling } = module;
  jest.spyOn(module, 'mostTelling').mockImplementation((found, slice, search, authorizer, exceptions) => {
    const ruling = mostTelling(found, slice, search, authorizer, exceptions);
    tellings.push({ ruling, slice, authorizer, exceptions });
    return ruling;
  });
});

const INPUTS: Readonly<Record<string, ProofInput>> = {
  'the quick start': quickStartInput(),
  'every option': everyOptionInput(),
  'keys of S3': s3ManagedInput(),
  'a lake': LAKES.own,
  'a lake of another account': LAKES.ofAnotherAccount,
};

const nobodyIsDenied: Edit = statements => statements.filter(({ Effect }) => Effect !== 'Deny');
const withoutConditions: Edit = statements =>
  statements.map(each => (each.Effect === 'Deny' ? each : (({ Condition: _, ...bare }) => bare)(each)));
const sparing =
  (operator: string, key: string, value: string): Edit =>
  statements =>
    statements.map(each => (each.Effect === 'Deny' ? spared(each, operator, key, value) : each));

const SPARED: ReadonlyArray<readonly [operator: string, key: string, value: string]> = [
  ['StringNotEquals', 'aws:PrincipalTag/team', 'red'],
  ['StringNotEquals', 'aws:PrincipalAccount', '123456789012'],
  ['StringNotEquals', 'aws:SourceVpc', 'vpc-0123456789abcdef0'],
  ['StringNotEquals', 'aws:VpceAccount', '123456789012'],
  ['StringNotEquals', 'aws:CalledViaFirst', 'athena.amazonaws.com'],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'],
  ['NotIpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/Admin'],
  ['Null', 'aws:Ec2InstanceSourceVpc', 'true'],
  ['Bool', 'aws:MultiFactorAuthPresent', 'false'],
  ['Bool', 'aws:ViaAWSService', 'false'],
  ['StringNotEquals', 'aws:PrincipalType', 'User'],
];

/** Ways to open something, each on its own. */
const OPENED: ReadonlyArray<readonly [what: string, open: (input: ProofInput) => ProofInput]> = [
  ['no Deny in the bucket policies', input => withBucket(input, nobodyIsDenied)],
  ['everybody in the bucket policies', input => withBucket(input, adding(ALLOW_ALL))],
  [
    'everybody in bucket policies that deny nobody',
    input => withBucket(withBucket(input, nobodyIsDenied), adding(ALLOW_ALL)),
  ],
  ['everybody in the endpoint policies', input => withEndpoint(input, adding(ALLOW_ALL))],
  ['no condition in the endpoint policies', input => withEndpoint(input, withoutConditions)],
  ['everybody in the log policies', input => withLogs(input, adding(ALLOW_ALL))],
  ['no Deny in the log policies', input => withLogs(withLogs(input, nobodyIsDenied), adding(ALLOW_ALL))],
  ['the account in the key policies', input => withKey(input, adding(ACCOUNT_KEY))],
  ['no condition in the key policies', input => withKey(input, withoutConditions)],
  ['no condition in the policies of the role', input => withRole(input, withoutConditions)],
  ['no Deny in the policies of the role', input => withRole(input, nobodyIsDenied)],
  ['everything for the role', input => withRole(input, adding(asList(FULL_ACCESS.Statement)[0]))],
  ...SPARED.map(
    ([operator, key, value]) =>
      [
        `${key} spared in the bucket policies`,
        (input: ProofInput) => withBucket(input, sparing(operator, key, value)),
      ] as const,
  ),
];

/** The counterexamples about requests that the proof tells of an input. */
function told(input: ProofInput): readonly Told[] {
  tellings.length = 0;
  prove(input);
  return [...tellings];
}

function isStillFound(
  { slice: { action, target, dimensions }, authorizer, exceptions }: Told,
  classes: Ruling['candidate']['classes'],
): boolean {
  const candidate = { action, target, classes };
  return (
    new CounterexampleSearch().allows(candidate, authorizer) &&
    ![...exceptions, ...impossibleAmong(dimensions, action)].some(({ holds }) => holds(candidate))
  );
}

/** The aspects that are told and do not matter: as usual, the request would be let through as well. */
function needless(each: Told): readonly string[] {
  const { classes } = each.ruling.candidate;
  return each.slice.dimensions.flatMap(({ name, classes: [usual] }, at) =>
    ['principal', 'network'].includes(name) ||
    classes[at].words === '' ||
    classes[at] === usual ||
    !isStillFound(
      each,
      classes.map((own, index) => (index === at ? usual : own)),
    )
      ? []
      : [name],
  );
}

describe.each(Object.entries(INPUTS))('of %s', (_, input) => {
  test.each(OPENED)('with %s, each counterexample is possible, decided as it is told, and minimal', (__, open) => {
    const all = told(open(input));
    counts.push(all.length);
    for (const each of all) {
      const { candidate } = each.ruling;
      const { action, target } = candidate;
      const broken = lawsBrokenBy({
        action,
        target,
        principal: principalOf(candidate),
        network: networkOf(candidate),
        value: key => valueIn(candidate, key),
      });
      expect([describeCandidate(candidate), broken, needless(each)]).toEqual([describeCandidate(candidate), [], []]);
      expect(isStillFound(each, candidate.classes)).toBe(true);
    }
  });
});

test('there are many of them', () => {
  expect(counts.filter(count => count > 0).length).toBeGreaterThan(0.7 * counts.length);
});
