import { App, Environment, FeatureFlags, Stack } from 'aws-cdk-lib';
import { CURRENT_VERSION_EXPIRED_FLAGS, FLAGS } from 'aws-cdk-lib/cx-api';
import { Node } from 'constructs';
import { fullExample, quickStart } from '../support/scenarios';
import { ENVIRONMENTS, synthesize } from '../support/synthesized';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const RECOMMENDED: Record<string, unknown> = require('aws-cdk-lib/recommended-feature-flags.json');

/** Flags of CDK v1 that v2 refuses as soon as something asks for them. */
const REFUSED = [
  '@aws-cdk/aws-ecr-assets:dockerIgnoreSupport',
  '@aws-cdk/aws-ecs-patterns:removeDefaultDesiredCount',
  '@aws-cdk/aws-efs:defaultEncryptionAtRest',
  '@aws-cdk/aws-kms:defaultKeyPolicies',
  '@aws-cdk/aws-s3:grantWriteWithoutAcl',
  '@aws-cdk/aws-secretsmanager:parseOwnedSecretName',
  '@aws-cdk/core:enableStackNameDuplicates',
  'aws-cdk:enableDiffNoFail',
];

/** Not a matter of resources: it chooses the synthesizer, and with it the roles that deploy the stack. */
const CHOOSES_THE_SYNTHESIZER = '@aws-cdk/core:newStyleStackSynthesis';

const ACCEPTED = Object.keys(FLAGS)
  .filter(flag => !REFUSED.includes(flag))
  .sort();
const environments = new Map(ENVIRONMENTS);

/** The proof reads templates, and here these are compared with each other. */
const UNPROVEN = { proveAtSynthesis: false };

const SCENARIOS: Array<[string, { define: (stack: Stack) => unknown; env?: Environment }]> = [
  ['the quick start with no environment', { define: stack => quickStart(stack, UNPROVEN) }],
  [
    'the quick start beside the full example in us-east-1',
    {
      define: stack => [quickStart(stack, UNPROVEN, 'QuickStart'), fullExample(stack, UNPROVEN)],
      env: environments.get('us-east-1'),
    },
  ],
];

let printed: jest.SpyInstance;

beforeEach(() => {
  printed = jest.spyOn(console, 'error').mockImplementation();
});

describe.each(SCENARIOS)('the resources of %s', (_, { define, env }) => {
  const resourcesWith = (context: Record<string, unknown>) =>
    JSON.stringify(synthesize(define, { env, context }).resources);
  let unflagged: string;
  // a flag that nobody asks for changes nothing, so it is not tried
  let asked: ReadonlySet<string>;
  let askedForAll: number;
  const changedBy = (settings: Array<[string, unknown]>) =>
    settings
      .filter(([flag, value]) => asked.has(flag) && resourcesWith({ [flag]: value }) !== unflagged)
      .map(([flag, value]) => `${flag}: ${value}`);

  beforeAll(() => {
    const [tryGetContext, getAllContext] = (['tryGetContext', 'getAllContext'] as const).map(method =>
      jest.spyOn(Node.prototype, method),
    );
    unflagged = resourcesWith({});
    asked = new Set(tryGetContext.mock.calls.map(([key]) => String(key)));
    askedForAll = getAllContext.mock.calls.length;
    [tryGetContext, getAllContext].forEach(spy => spy.mockRestore());
  });

  test('depend on the flags that are asked for only: nothing reads all of the context', () => {
    expect(askedForAll).toBe(0);
    expect(ACCEPTED.filter(flag => asked.has(flag)).length).toBeGreaterThan(10);
  });

  test('are the same with each recommended flag alone', () => {
    expect(changedBy(ACCEPTED.map(flag => [flag, FLAGS[flag].recommendedValue]))).toEqual([]);
  });

  test('are the same with each flag that is on by itself turned off', () => {
    const onByDefault = ACCEPTED.filter(
      flag => FLAGS[flag].unconfiguredBehavesLike?.v2 === true && flag !== CHOOSES_THE_SYNTHESIZER,
    );

    expect(onByDefault.length).toBeGreaterThan(8);
    expect(changedBy(onByDefault.map(flag => [flag, false]))).toEqual([]);
  });

  test('are the same with each flag that is better left off turned on', () => {
    const offOnPurpose = ACCEPTED.filter(flag => FLAGS[flag].recommendedValue === false);

    expect(offOnPurpose.length).toBeGreaterThan(3);
    expect(changedBy(offOnPurpose.map(flag => [flag, true]))).toEqual([]);
  });

  test('are the same with all recommended flags together', () => {
    expect(resourcesWith(RECOMMENDED)).toBe(unflagged);
    expect(resourcesWith(Object.fromEntries(ACCEPTED.map(flag => [flag, FLAGS[flag].recommendedValue])))).toBe(
      unflagged,
    );
  });
});

test('annotations are readable in the validation report of the CDK too', () => {
  synthesize(stack => fullExample(stack), { context: { '@aws-cdk/core:annotationsInValidationReport': true } });
  const report = printed.mock.calls.flat().join('\n');

  expect(report).toContain('cdk-private-ec2-s3-access:requiredBucketStatements');
  expect(report).toContain('its owner must add');
  expect(report).not.toContain('Token[');
});

test('every flag is tried, or refused by the CDK', () => {
  expect(ACCEPTED.length).toBeGreaterThan(80);
  expect(Object.keys(RECOMMENDED).filter(flag => !ACCEPTED.includes(flag))).toEqual([]);
  expect([...CURRENT_VERSION_EXPIRED_FLAGS].sort()).toEqual(REFUSED);
});

test.each(REFUSED)('the CDK refuses %s', flag => {
  const app = new App({ context: { [flag]: true } });

  expect(() => FeatureFlags.of(app).isEnabled(flag)).toThrow(`Unsupported feature flag '${flag}'`);
});

test.each(ACCEPTED)('the CDK accepts %s', flag => {
  const app = new App({ context: { [flag]: FLAGS[flag].recommendedValue } });

  expect(() => FeatureFlags.of(app).isEnabled(flag)).not.toThrow();
});
