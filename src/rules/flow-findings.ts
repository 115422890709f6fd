import type { Evidence, Finding } from './rule';
import type { FlowStep } from '../request-flow';

/**
 * What breaks one step of the request flow. How the policies decide its requests is not in it: that is for the
 * claims.
 */
export function flowFindings({ flow }: Evidence, step: FlowStep['step']): Finding[] {
  return flow.steps
    .filter(each => each.step === step)
    .flatMap(({ checks }) => checks)
    .filter(({ ok, statements }) => !ok && (step !== 3 || statements === undefined))
    .map(({ where, sentence, fix = '' }) => ({ where, description: sentence, fix }));
}
