import { AttributeValues, vpcOf } from './attribute-values';
import { Dimension, dimension, RequestClass, NETWORK } from './candidate-request';
import type { EndpointInput, ProofInput } from './proof-input';
import { ADDRESS, PUBLIC_ADDRESS } from './strangers';
import { EndpointSource, RequestParts } from '../iam';

/** A DNS suffix that is known at deployment only. */
const SYMBOL = /^<[^<>]+>$/;

/** From anywhere outside of a VPC. */
export const INTERNET: RequestClass = fromAddress(PUBLIC_ADDRESS);

/**
 * Where a request can come from: through one of the workload's endpoints, through another endpoint of the same VPC or
 * of another one, from the internet, or from inside AWS, where a service makes the call for the caller or in its own
 * name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function networkDimension(input: ProofInput, values: AttributeValues): Dimension {
  const { endpoints } = input;
  return dimension(NETWORK, [
    ...endpoints.map(each => throughOwn(each, ADDRESS, input, values)),
    INTERNET,
    ...throughOthers(input, values),
    ...endpoints.flatMap(each => otherAddresses(values).map(address => throughOwn(each, address, input, values))),
    ...elsewhere(values),
  ]);
}

function throughOwn(
  { id, vpcId }: EndpointInput,
  address: string,
  { account }: ProofInput,
  values: AttributeValues,
): RequestClass {
  const vpcArn = values.all('vpcArns').find(each => vpcOf(each) === vpcId);
  const isUsual = address === ADDRESS;
  return {
    words: `through ${id}${isUsual ? '' : ` from ${address}`}`,
    parts: through({ id, vpcId, vpcArn, account, address }),
    network: { kind: 'endpoint', endpointId: id, ...(isUsual ? {} : { fromElsewhere: true }) },
  };
}

/** Where requests come from without an endpoint, beside the usual address of the internet. */
function elsewhere(values: AttributeValues): readonly RequestClass[] {
  return [...otherPublicAddresses(values).map(fromAddress), ...forwardedByChains(values), ...fromInside(values)];
}

/** Where a request to KMS can come from: mostly a service makes the call for the caller. */
export function keyNetworkDimension(input: ProofInput, values: AttributeValues): Dimension {
  const { region } = input;
  const otherRegion = region === 'us-east-2' ? 'us-west-2' : 'us-east-2';
  const usual = ['s3', 'ec2', 'dynamodb'].map(service => `${service}.${region}.amazonaws.com`);
  const hosts = new Set([...usual, ...values.of('kms:ViaService'), `s3.${otherRegion}.amazonaws.com`]);
  const toldChains = [undefined, ...(values.compares('callers') ? chains(values) : [])];
  return dimension(NETWORK, [
    ...[...hosts].flatMap(host =>
      toldChains.flatMap(calledVia =>
        toldAddresses(values).map(address => forwarded(host, { viaService: host, calledVia }, address)),
      ),
    ),
    INTERNET,
    ...throughOthers(input, values),
    ...elsewhere(values),
  ]);
}

/** Through endpoints of any account, in any VPC, with any id and from any address that policies tell apart. */
function throughOthers({ endpoints, account }: ProofInput, values: AttributeValues): readonly RequestClass[] {
  const own = new Set(endpoints.map(({ id }) => id));
  const ids = values.compares('endpoints') ? values.all('endpoints').filter(id => !own.has(id)) : ['vpce-other'];
  const isOwnerTold = ['aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpceOrgPaths'].some(key => values.comparesKey(key));
  const owners = isOwnerTold ? values.all('accounts') : [undefined];
  const vpcs = values.all('vpcArns');
  const addresses = [ADDRESS, ...otherAddresses(values)];
  return vpcs.flatMap(vpcArn =>
    ids.flatMap(id =>
      owners.flatMap(owner =>
        addresses.map(address => throughOther({ id, vpcArn, account: owner ?? account, address }, endpoints)),
      ),
    ),
  );
}

function throughOther(
  endpoint: Required<Pick<EndpointSource, 'id' | 'vpcArn' | 'account' | 'address'>>,
  own: ProofInput['endpoints'],
): RequestClass {
  const { id, vpcArn, account, address } = endpoint;
  const vpcId = vpcOf(vpcArn);
  const inOwn = own.some(each => each.vpcId === vpcId);
  const place = inOwn ? 'another endpoint of the VPC' : 'an endpoint of another VPC';
  const more = [
    vpcArn.split(':')[4] === account ? [] : `of account ${account}`,
    address === ADDRESS ? [] : `from ${address}`,
  ];
  return {
    words: [`through ${place} (${inOwn ? id : vpcId})`, ...more.flat()].join(' '),
    parts: through({ ...endpoint, vpcId }),
    network: { kind: inOwn ? 'other endpoint' : 'other VPC' },
  };
}

function otherAddresses(values: AttributeValues): readonly string[] {
  return values.compares('privateAddresses') ? values.all('privateAddresses').filter(each => each !== ADDRESS) : [];
}

function otherPublicAddresses(values: AttributeValues): readonly string[] {
  return values.compares('publicAddresses')
    ? values.all('publicAddresses').filter(each => each !== PUBLIC_ADDRESS)
    : [];
}

/** The services that a request came through: one, or two where policies look at them. */
function chains(values: AttributeValues): ReadonlyArray<readonly string[]> {
  const services = values.all('callers');
  const others = ['aws:CalledVia', 'aws:CalledViaLast'].some(key => values.comparesKey(key)) ? services : [];
  return services.flatMap(one => [[one], ...others.map(other => [one, other])]);
}

/** The public address of the caller may be told, or not. */
function toldAddresses(values: AttributeValues): ReadonlyArray<string | undefined> {
  return [undefined, ...(values.compares('publicAddresses') ? values.all('publicAddresses') : [])];
}

function forwardedByChains(values: AttributeValues): readonly RequestClass[] {
  return chains(values).flatMap(calledVia =>
    toldAddresses(values).map(address => forwarded(calledVia[calledVia.length - 1], { calledVia }, address)),
  );
}

/** A service that calls in its own name, or for somebody that it does not tell. */
function fromInside(values: AttributeValues): readonly RequestClass[] {
  return toldAddresses(values).map(publicAddress => ({
    words: publicAddress === undefined ? '' : `from ${publicAddress}`,
    parts: { network: { source: { publicAddress } } },
    network: { kind: 'inside' },
  }));
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

function fromAddress(publicAddress: string): RequestClass {
  return {
    words: publicAddress === PUBLIC_ADDRESS ? 'from the internet' : `from ${publicAddress}`,
    parts: { network: { source: { publicAddress } } },
    network: { kind: 'internet' },
  };
}

type Forwarding = NonNullable<RequestParts['callerChain']>['forwarding'];

function forwarded(host: string, forwarding: Forwarding, publicAddress?: string): RequestClass {
  const origin = publicAddress === undefined ? '' : ` from ${publicAddress}`;
  return {
    words: `by ${host} on behalf of the caller${origin}`,
    parts: { network: { source: { publicAddress } }, callerChain: { forwarding } },
    network: { kind: 'service', viaService: host },
  };
}
