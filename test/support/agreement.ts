import { modelsOf, readAssembly } from '../../src/cloudformation';
import { decide } from '../../src/iam';
import { attributeOf, partsWith } from '../../src/iam/request/attributes';
import { proofInputsOf } from '../../src/proof';
import { NETWORK, RequestClass, usualCandidate } from '../../src/proof/candidate-request';
import { CounterexampleSearch } from '../../src/proof/counterexample-search';
import { RequestSpace } from '../../src/proof/request-space';
import { WhatIf } from '../../src/reporting/model/answer';
import type { WorkloadPolicies } from '../../src/reporting/model/policies';
import { workloadPoliciesOf } from '../../src/reporting/model/policies-of';
import { DecidedRequest, RequestFlow, requestFlows } from '../../src/request-flow';

/** How many requests of a cloud assembly were compared, and those that flow, proof and report do not decide alike. */
export interface Agreement {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Decides each request of each workload three times: as the request flow, the proof and the report do. */
export function agreementIn(directory: string): Agreement {
  const all = modelsOf(readAssembly(directory)).flatMap(model => {
    const flows = requestFlows(model);
    const inputs = proofInputsOf(model, flows);
    return model.workloads.flatMap((workload, index) => {
      const flow: RequestFlow = flows[index];
      const input = inputs.find(({ where }) => where === workload.where);
      if (input === undefined) {
        return [];
      }
      const examined = { workload, model, flow, input } as unknown as Parameters<typeof workloadPoliciesOf>[0];
      const [space, policies] = [new RequestSpace(input), workloadPoliciesOf(examined)];
      return flow.requests.map(request => differenceIn(request, space, policies));
    });
  });
  return { compared: all.length, differences: all.filter(each => each !== undefined) };
}

function differenceIn(decided: DecidedRequest, space: RequestSpace, policies: WorkloadPolicies): string | undefined {
  const { request, decision } = decided;
  const verdicts = {
    flow: decision.verdict === 'Allowed',
    proof: request.action.startsWith('kms:') ? byProofOnKey(decided, space) : byProof(decided, space),
    report: byReport(decided, policies),
  };
  const same = [verdicts.proof, verdicts.report].every(each => each === undefined || each === verdicts.flow);
  return same ? undefined : `${request.action} on ${request.resource}: ${JSON.stringify(verdicts)}: ${decision.reason}`;
}

/** What a request says beside its parts. */
function saidBy({ request: { context } }: DecidedRequest): Record<string, string> {
  const own = Object.entries(context).filter(([key]) => !attributeOf(key).includes('.') && !key.includes('Tag/'));
  return Object.fromEntries(own) as Record<string, string>;
}

function classesFor(decided: DecidedRequest): RequestClass[] {
  const accessPoint = decided.request.context['s3:DataAccessPointArn'];
  const parameters = Object.entries(saidBy(decided)).map(([key, value]) => ({
    words: '',
    parts: partsWith(key, value),
  }));
  const through = { words: '', parts: { target: { accessPoint: { arn: String(accessPoint) } } } };
  return [...parameters, ...(accessPoint === undefined ? [] : [through])];
}

function byProof(decided: DecidedRequest, space: RequestSpace): boolean | undefined {
  const { request, endpointId } = decided;
  const { action, resource, resourceAccount } = request;
  const bucket = space.input.buckets.find(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
  const network = space.networks.classes.find(each => each.network?.endpointId === endpointId);
  if (network === undefined) {
    return undefined;
  }
  const target = { ...space.bucket(bucket ?? { arn: resource, account: resourceAccount }), arn: resource };
  const usual = usualCandidate(action, target, space.dimensions(), { [NETWORK]: network });
  const candidate = { ...usual, classes: [...usual.classes, ...classesFor(decided)] };
  return new CounterexampleSearch().allows(candidate, space.authorizers.workload(bucket, resourceAccount));
}

function byProofOnKey(decided: DecidedRequest, space: RequestSpace): boolean | undefined {
  const { action, resource, context } = decided.request;
  const key = space.input.keys.find(({ arn }) => arn === resource);
  const network = space.keyNetworks.classes.find(each => each.network?.viaService === context['kms:ViaService']);
  if (key === undefined || network === undefined) {
    return undefined;
  }
  const usual = usualCandidate(action, space.key(key), space.keyDimensions(key), { [NETWORK]: network });
  const candidate = { ...usual, classes: [...usual.classes, ...classesFor(decided)] };
  const authorizer =
    key.policy === 'unknown' ? space.authorizers.role(key.account, 'key') : space.authorizers.roleAndKey(key.policy);
  return new CounterexampleSearch().allows(candidate, authorizer);
}

/** The report tells the keys of buckets together with the buckets. */
function byReport(decided: DecidedRequest, policies: WorkloadPolicies): boolean | undefined {
  const { action, resource } = decided.request;
  const endpoint = policies.endpoints.findIndex(({ id }) => id === decided.endpointId);
  const index = policies.buckets.findIndex(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
  if (endpoint === -1 || index === -1) {
    return undefined;
  }
  const object = resource.slice(policies.buckets[index].arn.length + 1);
  const target = { kind: 'bucket' as const, index, ...(object === '' ? {} : { object }) };
  const question = { who: 'workload', from: `endpoint-${endpoint}`, action, target, keys: saidBy(decided) };
  const [onS3] = new WhatIf(policies, decide).cases(question).slice(-1);
  const request = new WhatIf(policies, decide).cases(question).find(each => each.request.action === action) ?? onS3;
  return decide(request.request, request.policies).verdict === 'Allowed';
}
