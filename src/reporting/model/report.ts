import { Access, accessOf } from './access';
import { WhatIf } from './answer';
import { CostItem, costOf } from './cost';
import { Outside, outsideOf } from './outside';
import { Picture, pictureOf, titleOf } from './picture';
import type { WorkloadPolicies } from './policies';
import { workloadPoliciesOf, DecidableWorkload } from './policies-of';
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
  readonly where: string;
  readonly description: string;
  readonly fix: string;
  readonly severity: 'fatal' | 'error' | 'warning';
  /** What comes from one cause, which is what the description is about then. */
  readonly breaks?: readonly string[];
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
  /** The counterexamples, what keeps it from being proven, or why it does not apply. */
  readonly because: readonly string[];
}

/** Everything that the report about one workload says, as plain data. */
export interface Report {
  readonly format: 1;
  readonly title: string;
  /** The resource that runs the workload. */
  readonly workload: string;
  /** Whether nothing is violated but what is accepted. */
  readonly holds: boolean;
  /** What can reach the data and what cannot, in a few sentences. */
  readonly summary: readonly string[];
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
  /** What is taken for granted, since the assembly does not define it. */
  readonly assumptions: readonly string[];
  /** Everything that the requests are decided by. */
  readonly policies: WorkloadPolicies;
}

/** The report about each workload of a cloud assembly, or of a template, that may use S3. */
export function reportsOf(path: string): Report[] {
  const found = examineWorkloads(path).filter(
    (examined): examined is DecidableWorkload => examined.input !== undefined,
  );
  return found.map(reportOf);
}

function reportOf(examined: DecidableWorkload): Report {
  const policies = workloadPoliciesOf(examined);
  const access = accessOf(policies, new WhatIf(policies, decide));
  const outside = outsideOf(access, examined, policies);
  const picture = pictureOf(examined, policies, access, outside);
  const evidence = evidenceOf(examined, policies, access);
  return {
    format: 1,
    title: titleOf(examined),
    workload: nameOf(examined.workload.where),
    holds: holds(examined.violations),
    summary: summaryOf(picture, outside),
    picture,
    outside,
    steps: examined.flow.steps,
    access,
    properties: propertiesOf(examined),
    violations: byCause(examined.violations).map(reported),
    acceptedViolations: examined.accepted.map(each => ({ ...reported(each), reason: each.accepted.reason })),
    controls: controlsOf(evidence),
    accepted: acceptedOf(evidence),
    cost: costOf(evidence),
    assumptions: [
      ...new Set([
        ...(examined.proof?.assumptions ?? []),
        ...assumedIn(examined),
        ...examined.flow.assumed.map(
          ({ left, right, equal }) => `${left} ${equal ? 'equals' : 'does not equal'} ${right}`,
        ),
      ]),
    ],
    policies,
  };
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

function reported({ rule, description, fix, severity, where, workload, ...violation }: Violation): ReportedViolation {
  const resource = where ?? workload;
  const place = resource === undefined ? (pathOf(violation as Violation) ?? '') : nameOf(resource);
  const [first, ...breaks] = description.split('\n').map(line => line.trim());
  return { rule, description: first, fix, severity, where: place, ...(breaks.length === 0 ? {} : { breaks }) };
}

function assumedIn({ flow }: ExaminedWorkload): string[] {
  return flow.steps.flatMap(({ checks }) => checks).flatMap(({ assumes = [] }) => assumes);
}

function summaryOf({ compute, buckets, otherAccounts, endpoints }: Picture, outside: readonly Outside[]): string[] {
  const all = [...buckets, ...otherAccounts.flatMap(each => each.buckets)];
  const used = endpoints.find(({ isUsed }) => isUsed);
  const open = outside.filter(({ isClosed }) => !isClosed);
  const exempt = [...new Set(outside.flatMap(each => each.exempt))];
  const closed = outside.filter(({ isClosed }) => isClosed).map(({ title }) => inSentence(title));
  const count = all.length === 1 ? 'one data bucket' : `${all.length} data buckets`;
  const endpoint = used === undefined ? 'no endpoint that is known' : `the ${used.title}`;
  return [
    `The ${compute.title} reaches ${count} through ${endpoint}, with temporary credentials.`,
    ...all.map(({ title, may }) => `${title}: ${may}.`),
    ...(closed.length === 0 ? [] : [`Closed: ${closed.join(', ')}.`]),
    ...open.map(({ title, open: ways }) => `NOT closed: ${inSentence(title)}. ${ways.join('; ')}.`),
    ...(exempt.length === 0 ? [] : [`Let in on purpose, from anywhere: ${exempt.join(', ')}.`]),
  ];
}

function inSentence(title: string): string {
  return `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}
