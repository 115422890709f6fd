import {
  EVERY_OPTION_ACCESS,
  everyOptionInput,
  listedInput,
  quickStartInput,
  s3ManagedInput,
  withAccessList,
} from './inputs';
import { brokenIn, proofOf } from './results';
import { guarded } from './under-guardrails';
import { claimOf, ProofInput, PROPERTY_METADATA } from '../../src/proof';

const quickStart = quickStartInput();
const everyOption = everyOptionInput();
const [datasets] = quickStart.buckets;

describe('what the library renders', () => {
  test.each([
    ['the quick start', quickStart],
    ['the quick start with its access list', listedInput()],
    ['every option', everyOption],
    ['every option with its access list', withAccessList(everyOption, EVERY_OPTION_ACCESS)],
    ['keys of S3, through an interface endpoint', s3ManagedInput()],
  ])('%s: every property holds', (_, input) => {
    const proof = proofOf(input);
    expect(brokenIn(proof)).toEqual([]);
    expect(proof.name).toBe('Training/App');
    expect(proof.properties.map(({ id }) => id)).toEqual(Object.keys(PROPERTY_METADATA));
  });

  test('few decisions cover many combinations', () => {
    const { decisions, combinations } = proofOf(quickStart);
    expect(decisions).toBeLessThan(6000);
    expect(combinations).toBeGreaterThan(1_000_000);
  });

  test('what is not in the assembly is assumed, by name', () => {
    expect(proofOf({ ...everyOption, assumptions: ['VPC vpc-1'] }).assumptions).toEqual([
      'VPC vpc-1',
      'the policy of arn:aws:s3:::example-log-archive lets the workload in',
      'the policy of arn:aws:s3:::example-log-archive keeps everybody else out',
      'the policy of arn:aws:s3:::example-log-archive requires TLS 1.2',
      'the policy of arn:aws:s3:::example-log-archive refuses other keys',
      'the policy of arn:aws:s3:::example-log-archive locks nobody out',
    ]);
  });

  test('unknown endpoints, keys, trust, logs and encryption are assumed', () => {
    const {
      role: { arn, policies },
      endpoints,
      keys,
    } = quickStart;
    const input: ProofInput = {
      ...quickStart,
      role: { arn, policies },
      endpoints: endpoints.map(each => ({ ...each, policy: 'unknown' })),
      keys: keys.map(each => ({ ...each, policy: 'unknown' })),
      buckets: quickStart.buckets.map(each => ({ ...each, encryption: undefined })),
      logBuckets: (quickStart.logBuckets ?? []).map(each => ({ ...each, policy: 'unknown' })),
    };
    const proof = proofOf(input);
    const { assumptions } = proof;
    expect(brokenIn(proof)).toEqual([]);
    expect(assumptions).toEqual(
      expect.arrayContaining([
        `the policy of ${endpoints[0].id} lets the workload through`,
        `the policy of ${endpoints[0].id} lets nothing out`,
        `the policy of ${keys[0].arn} lets the workload use the key through S3`,
        `the policy of ${keys[0].arn} keeps everybody else out`,
        `nobody but EC2 can assume ${arn}`,
        `the default encryption of ${datasets.arn}`,
      ]),
    );
  });

  test('the workload works under all guardrails, which leave no hole and lock nobody out', () => {
    const proof = proofOf(guarded());
    const ofGuardrails = proof.properties.filter(({ id }) => claimOf(id) === 'guarded');
    expect(brokenIn(proof)).toEqual([]);
    expect(ofGuardrails.reduce((sum, { decisions }) => sum + decisions, 0)).toBeGreaterThan(100);
  });

  test('without guardrails there is nothing to decide about them', () => {
    const ofGuardrails = proofOf(listedInput()).properties.filter(({ id }) => claimOf(id) === 'guarded');
    expect(new Set(ofGuardrails.map(({ outcome }) => outcome))).toEqual(new Set(['does not apply']));
  });
});
