import {
  Assembly,
  AssemblyModel,
  modelsOf,
  ResourceRef,
  RoleModel,
  WorkloadModel,
} from '../../src/cloudformation/models';
import type { StatementJson } from '../../src/iam';
import { requestFlows } from '../../src/request-flow/request-flows';
import { Evidence, Finding, placedPolicies, Rule } from '../../src/rules/all-rules';
import type { PlacedPolicy, PolicyPlace } from '../../src/rules/rule';

/** A resource on a construct path. */
export function resourceOn(path: string, type = 'AWS::Test::Resource'): ResourceRef {
  return { stack: 'Training', logicalId: path.replaceAll('/', ''), type, constructPath: path };
}

/** A policy by hand, with a statement or several. */
export function policyOf(
  place: PolicyPlace,
  statements: StatementJson | readonly StatementJson[],
  more: Partial<PlacedPolicy> = {},
): PlacedPolicy {
  return {
    place,
    name: `${place} policy`,
    where: resourceOn('Training/Policy'),
    document: { Version: '2012-10-17', Statement: statements },
    ...more,
  };
}

/** A workload by hand. */
export function workloadOf(more: Partial<WorkloadModel> = {}): WorkloadModel {
  return {
    where: resourceOn('Training/App/Compute/Instance/Resource', 'AWS::EC2::Instance'),
    kind: 'instance',
    environment: {
      partition: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      urlSuffix: 'amazonaws.com',
    } as WorkloadModel['environment'],
    describedBy: [],
    metadataOptions: {},
    subnets: [],
    securityGroups: [],
    interfaces: [],
    publicIp: false,
    texts: [],
    ...more,
  };
}

/** A role by hand. */
export function roleOf(more: Partial<RoleModel> = {}): RoleModel {
  return {
    name: 'Role',
    arn: 'arn:aws:iam::111122223333:role/Role',
    account: '111122223333',
    where: resourceOn('Training/App/Role'),
    policies: [],
    unknownPolicies: [],
    tags: {},
    ...more,
  };
}

/** What a rule has to say of policies by hand. */
export function findings(
  rule: Rule,
  policies: readonly PlacedPolicy[],
  workload: Partial<WorkloadModel> = {},
): readonly Finding[] {
  const model = { buckets: [] } as unknown as AssemblyModel;
  return rule.check({ workload: workloadOf(workload), model, flow: {} as Evidence['flow'], policies });
}

/** The same as lines: what is wrong, and the fix. */
export function lines(rule: Rule, policies: readonly PlacedPolicy[], workload: Partial<WorkloadModel> = {}): string[] {
  return findings(rule, policies, workload).map(asLine);
}

/** A finding as a line. */
export function asLine({ description, fix }: Finding): string {
  return `${description} > ${fix}`;
}

/** What the rules look at in an assembly, for each workload in each way in which open conditions come out. */
export function evidencesOf(assembly: Assembly): Evidence[] {
  return modelsOf(assembly).flatMap(model =>
    requestFlows(model).map((flow, index) => {
      const workload = model.workloads[index];
      return { workload, model, flow, policies: placedPolicies(workload, flow, model) };
    }),
  );
}

/** What one rule has to say of an assembly, as lines. */
export function linesOf(rule: Rule, assembly: Assembly): string[] {
  return evidencesOf(assembly)
    .flatMap(evidence => rule.check(evidence))
    .map(asLine);
}
