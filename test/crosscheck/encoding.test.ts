import * as fc from 'fast-check';
import { PolicyWorld, samplesOf } from './policy-sets';
import { Question, questionOf, QUESTIONS } from './questions';
import { bindingPolicies, concreteRequest } from './smt-concrete';
import { allowed, Policies } from './smt-decision';
import { Assignment, compiled, evaluate, Ground } from './smt-evaluate';
import { smtSpace, SmtSpace, WORLD } from './smt-request';
import { matches, matchesArn, Segment, TRUE } from './smt-text';
import { arnMatch, decide, wildcardMatch } from '../../src/iam';

const SEED = 20260127;
const WORLDS = samplesOf(60, SEED);
const REQUESTS = 12;

describe('policies as formulas', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', ':', '/', '*', '?'), maxLength: 7 });

  test.each([
    ['by wildcards', { wildcards: true, ignoreCase: false }, wildcardMatch],
    ['in any case', { wildcards: true, ignoreCase: true }, ignoringCase],
    ['exactly', { wildcards: false, ignoreCase: false }, (pattern: string, actual: string) => pattern === actual],
  ] as const)('match texts %s like the evaluator, wherever variables stand in them', (_, reading, evaluator) => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (pattern, parts) => {
        const { segments, values } = segmented(parts);
        const formula = matches(pattern, reading, [{ guard: TRUE, segments }]);
        expect(evaluate(formula, values)).toBe(evaluator(pattern, parts.join('')));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('match ARNs like the evaluator', () => {
    const part = fc.constantFrom('arn', 'aws', '*', 'i?m', 'iam', '1234', '', 'role/x', 'role/*', 'a:b');
    const arn = fc.array(part, { minLength: 5, maxLength: 7 }).map(parts => parts.join(':'));
    fc.assert(
      fc.property(arn, arn, (pattern, actual) => {
        const formula = matchesArn(pattern, [{ guard: TRUE, segments: [actual] }]);
        expect(evaluate(formula, new Map())).toBe(arnMatch(pattern, actual));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test.each(QUESTIONS)('decide requests like the evaluator: %s', name => {
    const different = WORLDS.flatMap((world, index) => differences(questionOf(name, world), index));
    expect(different).toEqual([]);
  });

  test('are allowed for some of the requests, and not for others', () => {
    const answers = WORLDS.flatMap((world, index) =>
      QUESTIONS.flatMap(name => decisions(questionOf(name, world), index)).map(({ encoded }) => encoded),
    );
    const share = answers.filter(each => each).length / answers.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.95);
  });
});

describe('an evaluator that is wrong is found out', () => {
  test.each<[string, (policies: Policies) => Policies]>([
    ['takes IfExists for nothing', rewritten(/IfExists"/g, '"')],
    ['takes one value for all values', rewritten(/ForAllValues:/g, 'ForAnyValue:')],
    ['takes a pattern for an exact text', rewritten(/"String(Not)?Like/g, '"String$1Equals')],
    ['takes NotAction for Action', rewritten(/"NotAction"/g, '"Action"')],
    ['takes NotResource for Resource', rewritten(/"NotResource"/g, '"Resource"')],
    ['passes over a range of addresses', rewritten(/"203\.0\.113\.\d+\/\d+"/g, '"0.0.0.0/0"')],
    ['passes over the boundary', policies => ({ ...policies, boundary: undefined })],
    ['passes over the endpoint', policies => ({ ...policies, endpoint: undefined })],
    ['passes over the organization of the principal', policies => ({ ...policies, serviceControl: undefined })],
    ['passes over the organization of the resource', policies => ({ ...policies, resourceControl: undefined })],
  ])('it %s', (_, fault) => {
    const worlds = samplesOf(300, SEED);
    const found = worlds.some((world, index) =>
      QUESTIONS.some(name => differences(questionOf(name, world), index, fault).length > 0),
    );
    expect(found).toBe(true);
  });
});

describe('random policies', () => {
  test('are the same for the same seed', () => {
    expect(samplesOf(5, 7)).toEqual(samplesOf(5, 7));
    expect(samplesOf(5, 7)).not.toEqual(samplesOf(5, 8));
  });

  test.each(['boundary', 'serviceControl', 'resourceControl'] as const)('have a %s at times', kind => {
    const having = WORLDS.filter((world: PolicyWorld) => world[kind] !== undefined).length;
    expect(having).toBeGreaterThan(0);
    expect(having).toBeLessThan(WORLDS.length);
  });
});

function ignoringCase(pattern: string, actual: string): boolean {
  return wildcardMatch(pattern.toLowerCase(), actual.toLowerCase());
}

/** Every other part is a variable. */
function segmented(parts: readonly string[]): { segments: readonly Segment[]; values: Assignment } {
  const segments = parts.map((part, index) => (index % 2 === 0 ? part : { variable: `v${index}` }));
  return { segments, values: new Map(parts.map((part, index) => [`v${index}`, part])) };
}

function rewritten(pattern: RegExp, replacement: string): (policies: Policies) => Policies {
  return policies => JSON.parse(JSON.stringify(policies).replaceAll(pattern, replacement)) as Policies;
}

/** The requests that the formula and the evaluator decide differently. */
function differences(question: Question, seed: number, fault?: (policies: Policies) => Policies): readonly unknown[] {
  return decisions(question, seed, fault).filter(({ encoded, evaluated }) => encoded !== evaluated);
}

function decisions(question: Question, seed: number, fault = (policies: Policies) => policies) {
  const { target, policies } = question;
  const space = smtSpace(target);
  const decided = compiled(allowed(policies, space.request));
  const random = randomOf(seed);
  return Array.from({ length: REQUESTS }, () => {
    const values = assignment(space, random);
    const request = concreteRequest(space, target, values);
    const { verdict } = decide(request, bindingPolicies(fault(policies), space, values));
    return { encoded: decided(values), evaluated: verdict === 'Allowed', request, policies };
  });
}

type Random = <T>(from: readonly T[]) => T;

/** The same choices for the same seed. */
function randomOf(seed: number): Random {
  let state = seed + 1;
  return from => {
    state = (state * 48271) % 2147483647;
    return from[state % from.length];
  };
}

/** Values that policies compare with, and others. */
const TEXTS: ReadonlyArray<readonly [RegExp, readonly string[]]> = [
  [/account$/, ['111122223333', '111122223333', '444455556666', '999900001111']],
  [/_full$/, ['App', 'ops/Admin', 'team/Reader', 'Deployer', 'Guest', 'aws-service-role/x.amazonaws.com/y', 'alice']],
  [/_org$/, ['o-a1b2c3d4e5', 'o-z9y8x7w6v5', 'o-a1a1a1a1a1']],
  [/_unit/, ['r-ab12/ou-ab12-11111111/', 'r-zz99/', 'r-ab12/ou-ab12-22222222/']],
  [/^e_id$/, ['vpce-0f0f0f0f0f0f0f0f0', 'vpce-0a0a0a0a0a0a0a0a0']],
  [/_vpc$/, [WORLD.vpc, 'vpc-0f0f0f0f0f0f0f0f0']],
  [/region$/, ['us-east-1', 'eu-west-1']],
  [/^(p_service|c_)/, ['cloudformation', 'athena', 'logging.s3', 's3']],
  [/^r_key$/, ['x', 'shared/x', 'red/x', 'a/x', 'alice/1', 'loot']],
  [/^r_bucket$/, ['app-data', 'app-x', 'dept-1', 'logs-111122223333', 'other']],
  [/./, ['x', 'red', 'prod', 'public', 'purpose', 'private', 'team', 'secret', 'AROAEXAMPLE0001:i']],
];

const OURS: Readonly<Record<string, string>> = {
  e_id: WORLD.endpoint,
  e_vpc: WORLD.vpc,
  e_region: WORLD.region,
  e_account: WORLD.account,
  e_vpc_account: WORLD.account,
};

function assignment(space: SmtSpace, random: Random): Assignment {
  const values = new Map<string, Ground>();
  for (const [name, sort] of space.variables.all) {
    values.set(name, groundOf(name, sort, random));
  }
  const kind = random(Object.values(space.kinds));
  Object.values(space.kinds).forEach(each => values.set(each, each === kind));
  const way = random(Object.values(space.networks));
  Object.values(space.networks).forEach(each => values.set(each, each === way));
  if (way === space.networks.ours) {
    Object.entries(OURS).forEach(([name, value]) => values.set(name, value));
  }
  values.set('p_name', String(values.get('p_full')).split('/').pop()!);
  return values;
}

function groundOf(name: string, sort: string, random: Random): Ground {
  switch (sort) {
    case 'Bool':
      return random([true, false]);
    case 'Int':
      return random([3405803786, 3405803999, 3325256711, 167772170, 167837696]);
    case 'Real':
      return /time|issued/.test(name) ? random([1700000000, 1790000000, 1950000000]) : random([1, 1.2, 1.3, 2, 1000]);
    default:
      return random(TEXTS.find(([pattern]) => pattern.test(name))![1]);
  }
}
