import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { AwsOwnedBucket, IPrivateEc2S3Access } from '../access';
import { hasIpv6 } from './endpoint-address';
import { fipsProblems } from './fips-endpoints';
import { knownAddressProblems } from './known-addresses';
import { S3EndpointMode } from './s3-endpoint-mode';
import { ISOLATED, subnetProblems } from './subnet-problems';
import { Problem, differ, isConcrete, otherRegionProblems, otherVpcProblems, unless, withoutTokens } from '../private';

/** Where an endpoint is to be, and for whom. */
export interface EndpointPlace {
  readonly mode: S3EndpointMode;
  /** The Region of the stack. */
  readonly region: string;
  /** Absent: one is made, with IPv4 addresses. */
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly credentialBinding?: boolean;
  readonly awsOwnedBuckets?: readonly AwsOwnedBucket[];
}

/** Everything that is wrong with an S3 endpoint in its place, as far as it is known at synthesis. */
export function endpointProblems(place: EndpointPlace): Problem[] {
  const { mode, vpc, vpcSubnets = ISOLATED, region, awsOwnedBuckets = [] } = place;
  return [
    ...(vpc === undefined
      ? networkProblems(mode)
      : [
          ...subnetProblems(vpc, vpcSubnets, mode._makesGateway),
          ...(mode._interface?.subnets === undefined
            ? []
            : subnetProblems(vpc, mode._interface.subnets, false, 's3Endpoint.subnets')),
          ...elsewhereProblems(mode, vpc),
          ...otherVpcProblems('s3Endpoint.securityGroups', mode._interface?.securityGroups, vpc),
          ...otherRegionProblems('vpc', vpc, region),
        ]),
    ...addressProblems(mode, vpc),
    ...serviceRegionProblems(mode, region),
    ...fipsProblems(mode, region),
    ...existingRegionProblems(mode, region),
    ...existingServiceProblems(mode),
    ...bindingProblems(place),
    ...awsOwnedProblems(mode, region, awsOwnedBuckets),
  ];
}

/** Buckets of AWS are those of the workload's own Region. */
function awsOwnedProblems(mode: S3EndpointMode, region: string, awsOwnedBuckets: readonly AwsOwnedBucket[]): Problem[] {
  if (mode._regions(region).includes(region)) {
    return awsOwnedBuckets.flatMap(bucket => bucket._problemsIn(region));
  }
  return awsOwnedBuckets.map(({ purpose }) => ({
    prop: 'awsOwnedBuckets',
    got: purpose,
    allowed:
      `none with an endpoint that leads to ${mode._interface?.serviceRegion} only: the instances ask for ` +
      'the buckets of their own Region',
    fix: 'use S3EndpointMode.gatewayAndInterface with the serviceRegion, so that the gateway leads to the own Region',
  }));
}

function networkProblems(mode: S3EndpointMode): Problem[] {
  const existing = mode._existingGateway ?? (mode._hub === undefined ? mode._existingInterface : undefined);
  if (mode._shared !== undefined) {
    return [otherPlace(undefined, mode._shared)];
  }
  return [
    ...(existing === undefined
      ? []
      : [
          {
            prop: 'vpc',
            got: undefined,
            allowed: `the VPC of the endpoint ${existing.node.path}: a VPC that is made here has no endpoint yet`,
            fix: 'name the vpc, or leave s3Endpoint out to make an endpoint here',
          },
        ]),
    ...[mode._gateway, mode._interface]
      .filter(options => options !== undefined && hasIpv6(options))
      .slice(0, 1)
      .map(options => ({
        prop: 's3Endpoint',
        got: `the ipAddressType ${options?.ipAddressType}`,
        allowed: 'ipv4 in the VPC that is made here, which has no other addresses',
        fix: 'name a vpc with addresses of that kind, or leave ipAddressType out',
      })),
  ];
}

/** An endpoint that another workload makes is in its VPC, and its policy in its stack. */
export function sharedProblems({ _shared: other }: S3EndpointMode, vpc: IVpc | undefined, stack: Stack): Problem[] {
  if (other === undefined) {
    return [];
  }
  const theirs = Stack.of(other);
  return theirs !== stack
    ? [
        {
          prop: 's3Endpoint',
          got: other,
          allowed: `a workload of the stack ${stack.node.path}: its endpoint and this role would name each other across stacks`,
          fix: 'use S3EndpointMode.fromGatewayEndpoint or fromInterfaceEndpoint, and add requiredPolicies there by s3Endpoint.addToPolicy',
        },
      ]
    : vpc !== undefined && differ(vpc.vpcId, other.vpc.vpcId)
      ? [otherPlace(vpc, other)]
      : [];
}

function otherPlace(got: IVpc | undefined, { node, vpc }: IPrivateEc2S3Access): Problem {
  return {
    prop: 'vpc',
    got,
    allowed: `the VPC of the workload ${node.path} that shares its endpoint, ${vpc.node.path}`,
    fix: 'name its vpc: that of the other workload',
  };
}

function serviceRegionProblems(mode: S3EndpointMode, region: string): Problem[] {
  const serviceRegion = mode._interface?.serviceRegion;
  if (!isConcrete(serviceRegion) || !isConcrete(region)) {
    return [];
  }
  const [here, there] = [region, serviceRegion].map(each => RegionInfo.get(each).partition);
  return [
    ...(serviceRegion !== region
      ? []
      : [
          {
            prop: 's3Endpoint',
            got: `the serviceRegion ${serviceRegion}`,
            allowed: `another Region than ${region}, where the endpoint is`,
            fix: 'leave serviceRegion out',
          },
        ]),
    ...(here === undefined || there === undefined || here === there
      ? []
      : [
          {
            prop: 's3Endpoint',
            got: `the serviceRegion ${serviceRegion}`,
            allowed: `a Region of the partition ${here}`,
            fix: 'copy the objects to a bucket of this partition',
          },
        ]),
  ];
}

function addressProblems({ _existingInterface: endpoint, _hub }: S3EndpointMode, vpc: IVpc | undefined): Problem[] {
  const place = _hub ?? vpc;
  return endpoint === undefined || place === undefined
    ? []
    : knownAddressProblems('s3Endpoint', endpoint, place, 'fromInterfaceVpcEndpointAttributes');
}

/** Endpoints stay in their Region, whatever they lead to. */
function existingRegionProblems(mode: S3EndpointMode, region: string): Problem[] {
  const endpoint = mode._existingGateway ?? mode._existingInterface;
  const there = endpoint?.env.region;
  return isConcrete(there) && isConcrete(region) && there !== region
    ? [
        {
          prop: 's3Endpoint',
          got: endpoint,
          allowed: `an endpoint in ${region}: this one is in ${there}`,
          fix: 'use an endpoint of the same Region; one made here leads to another Region with serviceRegion',
        },
      ]
    : [];
}

/** An endpoint that the app makes for another service. */
function existingServiceProblems({ _existingGateway, _existingInterface }: S3EndpointMode): Problem[] {
  const endpoint = _existingGateway ?? _existingInterface;
  const name = madeEndpoint(endpoint)?.serviceName;
  const service = name === undefined ? 's3' : withoutTokens(name).replace(/.*\./, '');
  // a token stands for the whole name, or is the end of it
  return unless(/^(s3|x|s3x)$/.test(service), {
    prop: 's3Endpoint',
    got: endpoint,
    allowed: `an endpoint for S3: this one is for ${service}`,
    fix: 'make it with GatewayVpcEndpointAwsService.S3 or InterfaceVpcEndpointAwsService.S3',
  });
}

/** A gateway endpoint is a route of its own VPC: peering and transit gateways do not lead to it. */
function elsewhereProblems({ _existingGateway, _existingInterface, _hub }: S3EndpointMode, vpc: IVpc): Problem[] {
  return [
    ...(_existingGateway !== undefined && isOtherVpc(_existingGateway, vpc)
      ? [
          {
            prop: 's3Endpoint',
            got: _existingGateway,
            allowed: `a gateway endpoint of the VPC ${vpc.node.path}: no peering and no transit gateway leads to one of another VPC`,
            fix: 'leave s3Endpoint out to make one here, or use an interface endpoint with S3EndpointMode.fromInterfaceEndpoint',
          },
        ]
      : []),
    ...(_existingInterface !== undefined && _hub === undefined && isOtherVpc(_existingInterface, vpc)
      ? [
          {
            prop: 's3Endpoint',
            got: _existingInterface,
            allowed: `an interface endpoint of the VPC ${vpc.node.path}, or the VPC that it is in`,
            fix: 'name its VPC, as in S3EndpointMode.fromInterfaceEndpoint(endpoint, { vpc: hub })',
          },
        ]
      : []),
  ];
}

function isOtherVpc(endpoint: IConstruct, vpc: IVpc): boolean {
  const vpcId = madeEndpoint(endpoint)?.vpcId;
  return vpcId !== undefined && differ(vpcId, vpc.vpcId);
}

/** The resource of an endpoint that the app makes. */
function madeEndpoint(endpoint: IConstruct | undefined): CfnVPCEndpoint | undefined {
  const resource = endpoint?.node.defaultChild as CfnVPCEndpoint | undefined;
  return resource?.cfnResourceType === CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME ? resource : undefined;
}

/** Rule 2 of `docs/policy-rules.md`: where credential binding would lock the workload out. */
function bindingProblems({ mode, region, vpc, credentialBinding = true }: EndpointPlace): Problem[] {
  const because = !credentialBinding
    ? []
    : [
        ...(mode._isReachedOverIpv6
          ? ['requests arrive over IPv6, and AWS binds credentials to the IPv4 address of an instance']
          : []),
        ...(mode._hub !== undefined && mode._hub.vpcId !== vpc?.vpcId
          ? ["the endpoint is in another VPC, whose id the requests carry in the place of the instance's"]
          : []),
        ...(mode._regions(region).every(each => each === region)
          ? []
          : [
              `S3 is in another Region (${mode._interface?.serviceRegion}), and AWS does not say that the keys of ` +
                'the binding are sent there',
            ]),
      ];
  return because.map(reason => ({
    prop: 'credentialBinding',
    got: true,
    allowed: `false where ${reason}`,
    fix: reason.includes('IPv6') ? 'set it to false, or dnsRecordIpType to IPv4' : 'set it to false',
  }));
}
