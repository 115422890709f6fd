import { CATALOG, violatedMeaning } from './catalog';
import type { Cause } from './cause';
import type { Causes } from './causes';
import type { Violation } from './violation';
import type { AssemblyModel, ResourceRef, WorkloadModel } from '../cloudformation';
import type { Counterexample, Proof, PropertyId, PropertyResult } from '../proof';

/** What is violated, or not proven, of a workload's properties. */
export function propertyViolations(
  proof: Proof,
  workload: WorkloadModel,
  model: AssemblyModel,
  causes: Causes,
): Array<Omit<Violation, 'workload' | 'construct'>> {
  const whereIs = placesIn(workload, model);
  const causesOf = (found: Counterexample, id: PropertyId) =>
    causes.ofCounterexample(found, id, proof, whereIs(found.subject));
  return proof.properties.flatMap(result => [
    ...counterexamplesOf(result, whereIs, causesOf),
    ...(result.outcome === 'not proven' ? unprovenOf(result, whereIs) : []),
  ]);
}

type WhereIs = (subject: string | undefined) => ResourceRef | undefined;

type CausesOf = (found: Counterexample, id: PropertyId) => readonly Cause[];

function counterexamplesOf({ id, counterexamples }: PropertyResult, whereIs: WhereIs, causesOf: CausesOf) {
  return counterexamples.map(found => ({
    rule: id,
    where: whereIs(found.subject),
    description: sentenceOf(id, found),
    fix: found.fix,
    counterexample: { request: found.request, decision: found.decision, expected: found.expected },
    severity: CATALOG[id].severity,
    causes: causesOf(found, id),
  }));
}

/** A counterexample in one sentence. */
export function sentenceOf(id: PropertyId, { request, decision, expected }: Counterexample): string {
  return `${violatedMeaning(id)}: ${request}: ${decision}, expected: ${expected}`;
}

function unprovenOf({ id, notProven }: PropertyResult, whereIs: WhereIs) {
  return notProven
    .filter(({ rule }) => rule === undefined)
    .map(({ place, reason, subject }) => ({
      rule: id,
      where: whereIs(subject),
      description: `not proven: ${place}: ${reason}`,
      fix: 'write it so that it can be read from the templates, or acknowledge that it is not proven',
      severity: CATALOG[id].severity,
    }));
}

/** The resources by the ARN or the id that the proof calls them by. */
function placesIn({ role }: WorkloadModel, model: AssemblyModel): WhereIs {
  const found: ReadonlyArray<readonly [string, ResourceRef | undefined]> = [
    ...model.endpoints.map(({ id, where }) => [id, where] as const),
    ...[...model.buckets, ...model.accessPoints, ...model.keys].map(({ arn, where }) => [arn, where] as const),
    ...(role === undefined ? [] : [[role.arn, role.where] as const]),
  ];
  const places = new Map(found);
  return subject => (subject === undefined ? undefined : places.get(subject));
}
