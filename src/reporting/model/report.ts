import { Access, accessOf } from './access';
import { WhatIf } from './answer';
import { CostItem, costOf } from './cost';
import { Outside, outsideOf } from './outside';
import { Picture, pictureOf, titleOf } from './picture';
import type { WorkloadPolicies } from './policies';
import { workloadPoliciesOf, DecidableWorkload } from './policies-of';
import { decide, ExaminedWorkload, examineWorkloads, FlowStep, nameOf } from '../../analysis';
import { Accepted, acceptedOf, Control, controlsOf, Evidence } from '../controls';

/** What somebody has to do something about. */
export interface ReportedViolation {
  readonly rule: string;
  readonly where: string;
  readonly description: string;
  readonly fix: string;
  readonly severity: 'error' | 'warning';
}

/** A claim of the proof. */
export interface ReportedClaim {
  readonly claim: string;
  /** What it means that it holds. */
  readonly meaning: string;
  readonly holds: boolean;
  readonly decisions: number;
  readonly combinations: number;
  readonly counterexample?: string;
}

/** Everything that the report about one workload says, as plain data. */
export interface Report {
  readonly format: 1;
  readonly title: string;
  /** The resource that runs the workload. */
  readonly workload: string;
  /** Whether the flow, every claim and every rule holds. */
  readonly holds: boolean;
  /** What can reach the data and what cannot, in a few sentences. */
  readonly summary: readonly string[];
  readonly picture: Picture;
  readonly outside: readonly Outside[];
  readonly steps: readonly FlowStep[];
  readonly access: Access;
  readonly claims: readonly ReportedClaim[];
  readonly violations: readonly ReportedViolation[];
  readonly controls: readonly Control[];
  readonly accepted: readonly Accepted[];
  readonly cost: readonly CostItem[];
  /** What is taken for granted, since the assembly does not define it. */
  readonly assumptions: readonly string[];
  /** Everything that the requests are decided by. */
  readonly policies: WorkloadPolicies;
}

const MEANINGS: Readonly<Record<string, string>> = {
  works: 'The role can do exactly what its access list says, through its endpoint, and nothing else.',
  closed: 'Without the endpoint nobody reaches an object, whatever their own policies allow, but for the exempt.',
  'no-way-out':
    "No bucket outside the accounts of the data buckets is reachable through the endpoint, with anybody's credentials.",
  encrypted: 'No plain text, no old TLS, no other key or encryption.',
  bound: "The role's credentials are useless in another VPC, at another address and on the internet.",
  'not-locked-out': 'At no moment of a deployment does a Deny hit CloudFormation, administrators or root.',
  'no-dead-statement': 'Each statement changes some decision of its policy.',
};

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
  const violations = violationsOf(examined);
  return {
    format: 1,
    title: titleOf(examined),
    workload: nameOf(examined.workload.where),
    holds:
      examined.flow.ok && examined.proof?.holds === true && violations.every(({ severity }) => severity === 'warning'),
    summary: summaryOf(picture, outside),
    picture,
    outside,
    steps: examined.flow.steps,
    access,
    claims: claimsOf(examined),
    violations,
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

function claimsOf({ proof }: ExaminedWorkload): ReportedClaim[] {
  return (proof?.claims ?? []).map(({ claim, holds, decisions, combinations, counterexample }) => ({
    claim,
    holds,
    decisions,
    combinations,
    meaning: MEANINGS[claim] ?? claim,
    counterexample:
      counterexample && `${counterexample.request}: ${counterexample.decision}; expected: ${counterexample.expected}`,
  }));
}

function violationsOf({ violations }: ExaminedWorkload): ReportedViolation[] {
  return violations.map(({ workload, where = workload, ...violation }) => ({ ...violation, where: nameOf(where) }));
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
