import { About, aboutOf, ReadTemplate, ReportOptions, templatesAt } from './about';
import { Access, accessOf } from './access';
import { WhatIf } from './answer';
import { CostItem, costOf } from './cost';
import { Intention } from './intention';
import { hasLooked } from './looked';
import { namesFor } from './names-for';
import { Outside, outsideOf } from './outside';
import { Picture, pictureOf, titleOf } from './picture';
import type { WorkloadPolicies } from './policies';
import { workloadPoliciesOf, DecidableWorkload } from './policies-of';
import { GrantLine, grantLines, sentencesOf } from './sentences';
import {
  byCause,
  CATALOG,
  decide,
  ExaminedWorkload,
  examineWorkloads,
  FlowStep,
  holds,
  nameOf,
  Outcome,
  pathOf,
  Violation,
} from '../../analysis';
import { Accepted, acceptedOf, Control, controlsOf, Evidence } from '../controls';

/** What somebody has to do something about. */
export interface ReportedViolation {
  readonly rule: string;
  readonly title: string;
  readonly where: string;
  /** What is to blame, where more than one thing comes from it. */
  readonly cause?: string;
  /** One example of what is wrong. */
  readonly description: string;
  readonly fix: string;
  readonly severity: 'fatal' | 'error' | 'warning';
  /** What else comes from the same cause. */
  readonly breaks?: ReadonlyArray<{ readonly rule: string; readonly description: string }>;
}

/** What was found, and why the app accepts it. */
export interface ReportedAcceptance extends ReportedViolation {
  readonly reason: string;
}

/** A property of the proof. */
export interface ReportedProperty {
  readonly id: string;
  readonly title: string;
  /** What it means that it holds. */
  readonly meaning: string;
  readonly outcome: Outcome;
  readonly isAccepted: boolean;
  readonly decisions: number;
  readonly combinations: number;
  /** Whether there was something to look at: a property about all of nothing holds. */
  readonly hasLooked: boolean;
  /** The counterexamples, what keeps it from being proven, or why it does not apply. */
  readonly because: readonly string[];
}

/** How many of each there are. */
export interface Counts {
  readonly hold: number;
  readonly errors: number;
  readonly warnings: number;
  readonly accepted: number;
  readonly assumptions: number;
}

/** Everything that the report about one workload says, as plain data. */
export interface Report {
  readonly format: 2;
  readonly title: string;
  /** The resource that runs the workload. */
  readonly workload: string;
  /** Whether nothing is violated but what is accepted. */
  readonly holds: boolean;
  readonly about: About;
  readonly counts: Counts;
  /** What can reach the data and what cannot, in five sentences at most. */
  readonly sentences: readonly string[];
  /** What the workload may do in its buckets. */
  readonly grants: readonly GrantLine[];
  readonly picture: Picture;
  readonly outside: readonly Outside[];
  readonly steps: readonly FlowStep[];
  readonly access: Access;
  readonly properties: readonly ReportedProperty[];
  readonly violations: readonly ReportedViolation[];
  /** What is violated, and accepted. */
  readonly acceptedViolations: readonly ReportedAcceptance[];
  readonly controls: readonly Control[];
  readonly accepted: readonly Accepted[];
  readonly cost: readonly CostItem[];
  /** What is assumed, since the assembly does not define it. */
  readonly assumptions: readonly string[];
  /** Everything that the requests are decided by. */
  readonly policies: WorkloadPolicies;
}

/** The report about each workload of a cloud assembly, or of a template, that may use S3. */
export function reportsOf(paths: string | readonly string[], options: ReportOptions = {}): Report[] {
  const found = examineWorkloads(paths).filter(
    (examined): examined is DecidableWorkload => examined.input !== undefined,
  );
  const templates = found.length === 0 ? [] : templatesAt(paths);
  return found.map(examined => reportOf(examined, templates, options));
}

function reportOf(examined: DecidableWorkload, templates: readonly ReadTemplate[], options: ReportOptions): Report {
  const policies = workloadPoliciesOf(examined);
  const access = accessOf(policies, new WhatIf(policies, decide), new Intention(examined.input, policies));
  const outside = outsideOf(access, examined, policies);
  const picture = pictureOf(examined, policies, access, outside);
  const evidence = evidenceOf(examined, policies, access);
  const properties = propertiesOf(examined);
  const told = (each: Violation) => reported(each, namesFor(policies));
  const violations = byCause(examined.violations).map(told);
  const assumptions = assumptionsOf(examined);
  return {
    format: 2,
    title: titleOf(examined),
    workload: nameOf(examined.workload.where),
    about: aboutOf(policies, templates, options),
    holds: holds(examined.violations),
    counts: {
      hold: properties.filter(({ outcome }) => outcome === 'holds' || outcome === 'holds, assuming').length,
      errors: violations.filter(({ severity }) => severity !== 'warning').length,
      warnings: violations.filter(({ severity }) => severity === 'warning').length,
      accepted: examined.accepted.length,
      assumptions: assumptions.length,
    },
    sentences: sentencesOf(examined, picture, outside),
    grants: grantLines(access, policies),
    picture,
    outside,
    steps: examined.flow.steps,
    access,
    properties,
    violations,
    acceptedViolations: examined.accepted.map(each => ({ ...told(each), reason: each.accepted.reason })),
    controls: controlsOf(evidence),
    accepted: acceptedOf(evidence),
    cost: costOf(evidence),
    assumptions,
    policies,
  };
}

function assumptionsOf(examined: ExaminedWorkload): string[] {
  return [
    ...new Set([
      ...(examined.proof?.assumptions ?? []),
      ...assumedIn(examined),
      ...examined.flow.assumed.map(
        ({ left, right, equal }) => `${left} ${equal ? 'equals' : 'does not equal'} ${right}`,
      ),
    ]),
  ];
}

function evidenceOf(examined: ExaminedWorkload, policies: WorkloadPolicies, access: Access): Evidence {
  const dataBuckets = examined.model.buckets.filter(({ arn }) => policies.buckets.some(bucket => bucket.arn === arn));
  const names = new Set(dataBuckets.map(({ name }) => name));
  const receiving = new Set(
    examined.model.deliveries
      .filter(
        ({ kind, source }) =>
          (kind === 'access logs' && names.has(source)) || (kind === 'flow logs' && source === examined.workload.vpcId),
      )
      .map(({ destination }) => destination),
  );
  const logBuckets = examined.model.buckets.filter(({ name }) => receiving.has(name) && !names.has(name));
  return { ...examined, policies, access, dataBuckets, logBuckets };
}

function propertiesOf({ proof, violations }: ExaminedWorkload): ReportedProperty[] {
  const open = new Set<string>(violations.map(({ rule }) => rule));
  return (proof?.properties ?? []).map(({ id, outcome, decisions, combinations, ...result }) => ({
    id,
    title: CATALOG[id].title,
    meaning: CATALOG[id].meaning,
    outcome,
    hasLooked: hasLooked({ id, outcome, decisions }),
    isAccepted: (outcome === 'violated' || outcome === 'not proven') && !open.has(id),
    decisions,
    combinations,
    because: [
      ...result.counterexamples.map(
        ({ request, decision, expected }) => `${request}: ${decision}; expected: ${expected}`,
      ),
      ...result.notProven.map(({ place, reason }) => `${place}: ${reason}`),
      ...(result.because === undefined ? [] : [result.because]),
    ],
  }));
}

function reported(
  { rule, severity, where, workload, breaks = [], ...violation }: Violation,
  named: (text: string) => string,
): ReportedViolation {
  const resource = where ?? workload;
  const place = resource === undefined ? (pathOf(violation as Violation) ?? '') : nameOf(resource);
  const [first, ...others] = breaks;
  return {
    rule,
    title: CATALOG[rule].title,
    ...(violation.cause === undefined ? {} : { cause: named(violation.cause) }),
    description: named(first?.description ?? violation.description),
    fix: violation.fix,
    severity,
    where: place,
    ...(others.length === 0
      ? {}
      : { breaks: others.map(each => ({ rule: each.rule, description: named(each.description) })) }),
  };
}

function assumedIn({ flow }: ExaminedWorkload): string[] {
  return flow.steps.flatMap(({ checks }) => checks).flatMap(({ assumes = [] }) => assumes);
}
