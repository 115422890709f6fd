import type { Evidence, Finding } from './rule';
import type { FlowStep } from '../request-flow';

/**
 * What breaks one step of the request flow. A request that the policies refuse is told by the properties of the claim
 * `works`, as far as one of them does not hold.
 */
export function flowFindings({ flow, proof }: Evidence, step: FlowStep['step']): Finding[] {
  const isTold = (proof?.properties ?? []).some(({ id, outcome }) => id.startsWith('works[') && outcome === 'violated');
  return flow.steps
    .filter(each => each.step === step)
    .flatMap(({ checks }) => checks)
    .filter(({ ok, statements }) => !ok && !(isTold && statements !== undefined))
    .map(({ where, sentence, fix = '', statements: [refusedBy] = [] }) => ({
      where,
      description: sentence,
      fix,
      ...(refusedBy === undefined ? {} : { refusedBy }),
    }));
}
