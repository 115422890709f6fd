import { documentOf } from './policy-sources';
import type { ProofInput, ServiceEndpointInput } from './proof-input';
import { AssemblyModel, EndpointModel, nameOf, ResourceRef, WorkloadModel } from '../cloudformation';
import type { PolicyJson } from '../iam';
import { canReach, canReachOthers } from '../request-flow';

/**
 * What AWS gives an endpoint without a policy.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
const DEFAULT_ENDPOINT_POLICY: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** What of an endpoint's service name is the prefix of no action. */
const PREFIXES: ReadonlyArray<readonly [service: RegExp, prefix: string]> = [
  [/\.ecr\.(api|dkr)$/, 'ecr'],
  [/\.kinesis-streams$/, 'kinesis'],
  [/\.monitoring$/, 'cloudwatch'],
  [/\.s3-global\.accesspoint$/, 's3'],
];

/** Whose endpoints count as the workload's own, and which ones its requests take. */
interface Ownership {
  readonly used: ReadonlyArray<string | undefined>;
  readonly isOwn: (where: ResourceRef) => boolean;
}

/**
 * The endpoints of a VPC beside those that the workload's requests to S3 take: of other services, and of S3 with
 * names of their own. One that somebody else made counts where a packet of the workload gets to it.
 */
export function channelsOf(
  workload: WorkloadModel,
  model: AssemblyModel,
  { used, isOwn }: Ownership,
): Pick<ProofInput, 'otherEndpoints' | 'endpointsOfOthers' | 'unseenEndpoints'> {
  const inVpc = model.endpoints.filter(
    endpoint => endpoint.vpcId === workload.vpcId && (isOwn(endpoint.where) || canReach(workload, endpoint)),
  );
  const ofOthers = inVpc.filter(isOfSomebody);
  const services = inVpc.filter(
    endpoint => !ofOthers.includes(endpoint) && (!endpoint.isS3 || isBeside(endpoint, workload, used, isOwn)),
  );
  return {
    otherEndpoints: services.map(endpoint => serviceEndpoint(endpoint, !isOwn(endpoint.where))),
    endpointsOfOthers: ofOthers.map(({ where, service }) => ({ id: nameOf(where), service })),
    ...(isImported(workload) && canReachOthers(workload) ? { unseenEndpoints: workload.vpcId } : {}),
  };
}

/** Whether the VPC is somebody else's, who may have made more endpoints in it. */
function isImported({ vpc }: WorkloadModel): boolean {
  return vpc !== undefined && vpc.where === undefined;
}

/** An S3 endpoint that is none of those that the properties about S3 look at. */
function isBeside(
  { id, where, policy }: EndpointModel,
  { declaration }: WorkloadModel,
  used: Ownership['used'],
  isOwn: Ownership['isOwn'],
): boolean {
  return declaration !== undefined && policy !== undefined && !used.includes(id) && !isOwn(where);
}

/** An endpoint service, a resource or a service network that somebody shares: it takes no policy. */
function isOfSomebody({ service }: EndpointModel): boolean {
  return service.includes('vpce-svc-') || !/^(cn\.)?(com\.amazonaws|aws)\./.test(service);
}

function serviceEndpoint({ id, service, policy }: EndpointModel, isShared: boolean): ServiceEndpointInput {
  const plain = service.replace(/-fips$/, '');
  const [, prefix = plain.split('.').slice(-1)[0]] = PREFIXES.find(([pattern]) => pattern.test(plain)) ?? [];
  return {
    id,
    service: prefix,
    policy: policy === undefined ? DEFAULT_ENDPOINT_POLICY : documentOf(policy, 'endpoint policy'),
    isShared,
  };
}

/** What resolves names for a workload: nothing, where the VPC has no resolver. */
export function namesOf({ vpc }: WorkloadModel): ProofInput['names'] {
  if (vpc === undefined) {
    return { resolver: 'the resolver of the VPC', forwarders: [], rules: [] };
  }
  const { where, id, hasResolver, forwarders, dnsRules, dnsFailOpen, ranges, ownDomains } = vpc;
  return hasResolver
    ? {
        resolver: `the resolver of the VPC ${where === undefined ? id : nameOf(where)}`,
        forwarders: forwarders.map(({ name }) => name),
        ranges,
        ownDomains,
        ...(dnsFailOpen === undefined ? {} : { failOpen: nameOf(dnsFailOpen) }),
        rules: dnsRules.map(({ where: group, unseenGroup, ...rule }) => ({
          ...rule,
          group: unseenGroup ?? nameOf(group),
          isUnseen: unseenGroup !== undefined,
        })),
      }
    : undefined;
}
