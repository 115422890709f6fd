import type { Stack } from 'aws-cdk-lib';
import { asLine, evidencesOf } from './support';
import { RULES } from '../../src/rules/all-rules';
import { synthesizedStack } from '../cloudformation/support';
import { everyOption, fullExample, quickStart, s3ManagedThroughInterface } from '../support/scenarios';
import { ENVIRONMENTS } from '../support/synthesized';

const SCENARIOS: Array<[string, (stack: Stack) => unknown]> = [
  ['quickStart', quickStart],
  ['everyOption', everyOption],
  ['s3ManagedThroughInterface', s3ManagedThroughInterface],
  ['fullExample', stack => fullExample(stack, { proveAtSynthesis: false })],
];

describe.each(SCENARIOS)('%s', (_, define) => {
  test.each(ENVIRONMENTS)('breaks no rule in %s', (__, env) => {
    const evidences = evidencesOf(synthesizedStack(define, env));
    expect(evidences.length).toBeGreaterThan(0);
    expect(evidences.flatMap(evidence => evidence.policies).length).toBeGreaterThan(3);
    expect(
      evidences.flatMap(evidence =>
        RULES.flatMap(rule => rule.check(evidence).map(finding => `${rule.id}: ${asLine(finding)}`)),
      ),
    ).toEqual([]);
  });
});
