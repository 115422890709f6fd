import { Dimension, dimension, RequestClass, NETWORK } from './candidate-request';
import { Constants, valuesOf, witness } from './constants';
import { EXTERNAL_ACCOUNT } from './principals';
import type { ProofInput } from './proof-input';
import { endpointSource, EndpointSource, RequestParts } from '../iam';

/** A DNS suffix that is known at deployment only. */
const SYMBOL = /^<[^<>]+>$/;

/** The address of the instance that the credentials were issued to. */
export const ADDRESS = '10.0.0.10';

/** A VPC that is not the workload's. */
export const OTHER_VPC = 'vpc-other';

/** From anywhere outside of a VPC. */
export const INTERNET: RequestClass = {
  words: 'from the internet',
  parts: fromAddress('203.0.113.9'),
  network: { kind: 'internet' },
};

/**
 * Where a request to S3 can come from: through one of the workload's endpoints, through another endpoint of the same
 * VPC or of another one, from the internet, or from a service that makes the call for the caller; the last two have
 * none of the keys of a VPC. No proof relies on those keys coming together.
 */
export function networkDimension(input: ProofInput, constants: Constants): Dimension {
  const { endpoints, account, partition, region } = input;
  const [organization] = valuesOf(constants, 'aws:VpceOrgID');
  const [unit] = valuesOf(constants, 'aws:VpceOrgPaths');
  const place = { partition, region, address: ADDRESS };
  const owner = {
    account,
    organizationId: organization,
    organizationPaths: unit === undefined ? undefined : [witness(unit)],
  };
  const inside = (id: string, vpcId: string): RequestParts =>
    through(endpointSource({ id, vpcId, ...owner, ...place }));
  const vpc = endpoints[0]?.vpcId ?? 'vpc-workload';
  const ours = endpoints.map(({ id, vpcId }): RequestClass => ({
    words: `through ${id}`,
    parts: inside(id, vpcId),
    network: { kind: 'endpoint', endpointId: id },
  }));
  const vpcs = [...new Set([OTHER_VPC, ...valuesOf(constants, 'aws:SourceVpc').filter(each => each !== vpc)])];
  return dimension(NETWORK, [
    ...ours,
    INTERNET,
    ...otherEndpoints(input, constants).map((id): RequestClass => ({
      words: `through another endpoint of the VPC (${id})`,
      parts: inside(id, vpc),
      network: { kind: 'other endpoint' },
    })),
    ...vpcs.map((id): RequestClass => ({
      words: `through an endpoint of another VPC (${id})`,
      parts: inside(`vpce-of-${id}`, id),
      network: { kind: 'other VPC' },
    })),
    ...(organization === undefined && unit === undefined ? [] : [ofStranger(place)]),
    {
      words: 'at an address of an unknown VPC',
      parts: through({ address: ADDRESS }),
      network: { kind: 'other VPC' },
    },
    ...valuesOf(constants, 'aws:VpcSourceIp').map((range): RequestClass => ({
      words: `through another endpoint of the VPC, from ${range}`,
      parts: through(
        endpointSource({ id: 'vpce-other', vpcId: vpc, ...owner, ...place, address: range.split('/')[0] }),
      ),
      network: { kind: 'other endpoint' },
    })),
    {
      words: 'from the VPC, at an unknown address',
      parts: through({ vpcId: vpc }),
      network: { kind: 'other endpoint' },
    },
    ...valuesOf(constants, 'aws:SourceIp').map((range): RequestClass => ({
      words: `from ${range}`,
      parts: fromAddress(range.split('/')[0]),
      network: { kind: 'internet' },
    })),
    forwarded('athena.amazonaws.com', { calledVia: ['athena.amazonaws.com'] }),
  ]);
}

/** The endpoints that the policies name and that are not in the VPC, and one that nobody names. */
function otherEndpoints({ endpoints }: ProofInput, constants: Constants): readonly string[] {
  const known = new Set(endpoints.map(({ id }) => id));
  const named = valuesOf(constants, 'aws:SourceVpce').filter(id => !known.has(id));
  return [...named.map(id => id.replaceAll('*', 'w')), 'vpce-other'];
}

/** The organization of an endpoint follows its account. */
function ofStranger(place: {
  readonly partition: string;
  readonly region: string;
  readonly address: string;
}): RequestClass {
  const account = EXTERNAL_ACCOUNT;
  const organizationPaths = ['o-anotherone00/r-zz99/ou-zz99-99999999/'];
  const owner = { account, organizationId: 'o-anotherone00', organizationPaths };
  return {
    words: `through an endpoint of account ${account}`,
    parts: through(endpointSource({ id: 'vpce-of-a-stranger', vpcId: 'vpc-of-a-stranger', ...owner, ...place })),
    network: { kind: 'other VPC' },
  };
}

/** Where a request to KMS can come from: a service that makes the call for the caller, or the caller itself. */
export function keyNetworkDimension({ region }: ProofInput, constants: Constants): Dimension {
  const elsewhere = region === 'us-east-2' ? 'us-west-2' : 'us-east-2';
  const hosts = ['s3', 'ec2', 'dynamodb'].map(service => `${service}.${region}.amazonaws.com`);
  const services = new Set(
    [...hosts, ...valuesOf(constants, 'kms:ViaService'), `s3.${elsewhere}.amazonaws.com`].map(each =>
      each.replaceAll('*', 'w'),
    ),
  );
  return dimension(NETWORK, [
    ...[...services].map(host => forwarded(host, { viaService: host })),
    INTERNET,
    {
      words: 'through an endpoint for KMS',
      parts: through({ id: 'vpce-kms', vpcId: OTHER_VPC, address: ADDRESS }),
      network: { kind: 'other VPC' },
    },
  ]);
}

/**
 * Whether a service is S3 of the Region that a key is in; where the workload's Region is known at deployment only,
 * that may be it.
 */
export function isS3OfKey(
  host: string | undefined,
  { arn }: { readonly arn: string },
  { region }: ProofInput,
): boolean {
  const named = arn.split(':')[3];
  const regions = named === undefined || named === '' ? [region] : SYMBOL.test(region) ? [named, region] : [named];
  return regions.some(each => isService(host, 's3', { region: each }));
}

/** Whether a service is S3 or EC2 of a Region, whatever the suffix of the partition. */
export function isService(host: string | undefined, service: string, { region }: Pick<ProofInput, 'region'>): boolean {
  const [own, suffix] = [`${service}.${region}.`, host?.slice(`${service}.${region}.`.length) ?? ''];
  return (
    host !== undefined &&
    host.startsWith(own) &&
    (['amazonaws.com', 'amazonaws.com.cn'].includes(suffix) || SYMBOL.test(suffix))
  );
}

/** A request through an endpoint, with what of it is known. */
export function through(endpoint: EndpointSource): RequestParts {
  return { network: { source: { endpoint } } };
}

function fromAddress(publicAddress: string): RequestParts {
  return { network: { source: { publicAddress } } };
}

type Forwarding = NonNullable<RequestParts['callerChain']>['forwarding'];

function forwarded(host: string, forwarding: Forwarding): RequestClass {
  return {
    words: `by ${host} on behalf of the caller`,
    parts: { network: { source: {} }, callerChain: { forwarding } },
    network: { kind: 'service', viaService: host },
  };
}
