import type { ContextValue } from '../../src/iam';
import type { Network, RequestPrincipal } from '../../src/proof/candidate-request';

/** A request of a counterexample, as it is told. */
export interface ToldRequest {
  readonly action: string;
  readonly target: { readonly arn: string; readonly account?: string };
  readonly principal: RequestPrincipal;
  readonly network: Network;
  readonly value: (key: string) => ContextValue | undefined;
}

type Law = readonly [says: string, isBroken: (request: ToldRequest) => boolean];

const OF_ENDPOINTS = ['aws:SourceVpc', 'aws:SourceVpce', 'aws:VpcSourceIp', 'aws:VpceAccount', 'aws:SourceVpcArn'];
const OF_PRINCIPALS = ['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:userid', 'aws:PrincipalOrgID', 'aws:username'];
const OF_INSTANCES = ['aws:Ec2InstanceSourceVpc', 'aws:Ec2InstanceSourcePrivateIPv4', 'ec2:SourceInstanceARN'];
const PASSES_ENDPOINT: ReadonlyArray<Network['kind']> = ['endpoint', 'other endpoint', 'other VPC'];

/** Of a bucket of another account nobody gets these, whatever its policy says. */
const OWNERS_ONLY = /^s3:CreateBucket$|^s3:(Get|Put|Delete)BucketPolicy$/;

/**
 * What AWS documents of requests, written down without a look at the builder of requests of the proof.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-access-control.html
 */
const LAWS: readonly Law[] = [
  [
    'the keys of an endpoint are there only where a request passes one',
    ({ network, value }) => !PASSES_ENDPOINT.includes(network.kind) && OF_ENDPOINTS.some(key => has(value(key))),
  ],
  [
    'a request through an endpoint has the id of the endpoint and of its VPC',
    ({ network, value }) =>
      PASSES_ENDPOINT.includes(network.kind) && !(has(value('aws:SourceVpce')) && has(value('aws:SourceVpc'))),
  ],
  [
    'aws:SourceIp is a public address: a request through an endpoint has none',
    ({ network, value }) => PASSES_ENDPOINT.includes(network.kind) && has(value('aws:SourceIp')),
  ],
  [
    'nobody who is not signed in, and no service in its own name, has the keys of a principal of IAM',
    ({ principal, value }) =>
      ['anonymous', 'service'].includes(principal.kind) && OF_PRINCIPALS.some(key => has(value(key))),
  ],
  [
    'a principal of IAM has an ARN, and it is of its account',
    ({ principal, value }) => {
      const arn = value('aws:PrincipalArn');
      return !['anonymous', 'service'].includes(principal.kind) && text(arn).split(':')[4] !== principal.account;
    },
  ],
  [
    'the key that tells services apart is true for services only',
    ({ principal, value }) => (value('aws:PrincipalIsAWSService') === 'true') !== (principal.kind === 'service'),
  ],
  [
    'credentials of an instance belong to a role',
    ({ principal, value }) => OF_INSTANCES.some(key => has(value(key))) && !text(principal.arn).includes(':role/'),
  ],
  [
    'who is called through is told only where a service makes the call',
    ({ value }) => has(value('aws:CalledVia')) && value('aws:ViaAWSService') !== 'true',
  ],
  ['AWS answers from TLS 1.2 on', ({ value }) => /^1\.[01]$/.test(text(value('s3:TlsVersion')))],
  [
    'without TLS there is no version of it',
    ({ value }) => value('aws:SecureTransport') === 'false' && has(value('s3:TlsVersion')),
  ],
  [
    'only its account handles the bucket itself and its policy',
    ({ action, principal, target }) =>
      OWNERS_ONLY.test(action) &&
      principal.kind !== 'service' &&
      target.account !== undefined &&
      principal.account !== target.account,
  ],
  [
    'only root of an account is called so',
    ({ principal }) => principal.kind === 'root' && !/:root$/.test(principal.arn!),
  ],
];

/** The laws that a request breaks: it cannot be made. */
export function lawsBrokenBy(request: ToldRequest): readonly string[] {
  return LAWS.filter(([, isBroken]) => isBroken(request)).map(([says]) => says);
}

function has(value: ContextValue | undefined): boolean {
  return value !== undefined && value.length > 0;
}

function text(value: ContextValue | undefined): string {
  return String(value ?? '');
}
