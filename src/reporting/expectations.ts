import { decide, ExamineOptions, examineWorkloads, nameOf } from '../analysis';
import { WhatIf } from './model/answer';
import type { WorkloadPolicies } from './model/policies';
import { DecidableWorkload, workloadPoliciesOf } from './model/policies-of';
import type { Target } from './model/question';

/** A request, and what has to become of it. */
export interface Expectation {
  /** The construct path or the logical id of the workload; absent: every one. */
  readonly workload?: string;
  /** `workload`, `admin`, `root`, `deployer`, `stranger` or `anonymous`. */
  readonly who: string;
  /** `instance`, `internet`, `other-vpc` or `other-endpoint`. */
  readonly from: string;
  readonly action: string;
  /** The ARN of a bucket or an object, or the name of the bucket in the template, with a key behind a slash. */
  readonly resource: string;
  readonly expect: 'allowed' | 'denied';
}

/** What became of it. */
export interface Outcome {
  readonly expectation: Expectation;
  readonly workload: string;
  readonly isAsExpected: boolean;
  readonly because: string;
}

/** Decides requests, each for every workload that it is about. */
export function outcomesOf(
  paths: readonly string[],
  options: ExamineOptions,
  expectations: readonly Expectation[],
): Outcome[] {
  const workloads = examineWorkloads(paths, options).filter(
    (examined): examined is DecidableWorkload => examined.input !== undefined,
  );
  const known = workloads.map(examined => {
    const policies = workloadPoliciesOf(examined);
    return { examined, policies, whatIf: new WhatIf(policies, decide) };
  });
  return expectations.flatMap(expectation =>
    known
      .filter(({ examined }) => isAbout(expectation, examined))
      .map(({ examined, policies, whatIf }) => {
        const { outcome, sentence } = whatIf.answer({
          who: expectation.who,
          from: originOf(expectation, policies),
          action: expectation.action,
          target: targetOf(expectation.resource, policies),
        });
        const isAllowed = outcome !== 'denied';
        return {
          expectation,
          workload: nameOf(examined.workload.where),
          isAsExpected: isAllowed === (expectation.expect === 'allowed'),
          because: sentence,
        };
      }),
  );
}

function isAbout({ workload }: Expectation, { workload: { where, declaration } }: DecidableWorkload): boolean {
  const { constructPath, logicalId, stack } = where;
  const names = [constructPath, declaration?.constructPath, logicalId, `${stack}/${logicalId}`];
  return workload === undefined || names.includes(workload);
}

function originOf({ from }: Expectation, { endpoints }: WorkloadPolicies): string {
  return from === 'instance' ? (endpoints.length > 0 ? 'endpoint-0' : 'internet') : from;
}

/** A bucket by its ARN, its name or what it is called in the template; any other is a stranger's. */
function targetOf(resource: string, { buckets }: WorkloadPolicies): Target {
  const [name, ...rest] = resource.replace(/^arn:[^:]*:s3:::/, '').split('/');
  const object = rest.length === 0 ? {} : { object: rest.join('/') };
  const index = buckets.findIndex(({ arn, label }) => {
    const own = arn.split(':::')[1] ?? arn;
    return [own, label].includes(name) || own.endsWith(`.${name}>`);
  });
  return index === -1 ? { kind: 'stranger', ...object } : { kind: 'bucket', index, ...object };
}
