import { Fn } from 'aws-cdk-lib';
import { IIpAddresses, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ADDRESSES_OF_HOSTS, IPV4_NETWORK, NO_HOSTS, Problem, isConcrete, unless } from '../private';

/**
 * The sizes of VPCs and subnets, as prefix lengths.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const [LARGEST, SMALLEST] = [16, 28];

const FIX = "write such as IpAddresses.cidr('10.0.0.0/16')";

/** What is wrong with the addresses of a VPC that has a subnet in each of some Availability Zones. */
export function addressesProblems(prop: string, addresses: IIpAddresses, maxAzs: number): Problem[] {
  const { cidrBlock, ipv4IpamPoolId, ipv4NetmaskLength } = addresses.allocateVpcCidr();
  return cidrBlock === undefined
    ? [
        ...unless(Boolean(ipv4IpamPoolId), {
          prop,
          got: ipv4IpamPoolId,
          allowed: 'a network, or a pool of IPAM with an id',
          fix: FIX,
        }),
        ...pooledProblems(prop, addresses, ipv4NetmaskLength, maxAzs),
      ]
    : blockProblems(prop, cidrBlock, maxAzs);
}

function blockProblems(prop: string, got: string, maxAzs: number): Problem[] {
  const [address, length] = got.split('/');
  const longest = SMALLEST - Math.ceil(Math.log2(maxAzs));
  const isSized = IPV4_NETWORK.test(got) && Number(length) >= LARGEST && Number(length) <= longest;
  return [
    ...unless(!isConcrete(got) || isSized, {
      prop,
      got,
      allowed: `a network of /${LARGEST} to /${longest}, which has room for ${maxAzs} subnets of /${SMALLEST} or larger`,
      fix: FIX,
    }),
    ...unless(!isConcrete(got) || !NO_HOSTS.test(address), {
      prop,
      got,
      allowed: ADDRESSES_OF_HOSTS,
      fix: FIX,
    }),
  ];
}

/** What a pool of IPAM allocates: the CDK divides it at synthesis, and says what it misses. */
function pooledProblems(prop: string, addresses: IIpAddresses, length: number | undefined, maxAzs: number): Problem[] {
  const failure = failureOf(addresses, maxAzs);
  return [
    ...unless(length === undefined || (length >= LARGEST && length <= SMALLEST), {
      prop,
      got: `a network of /${length}`,
      allowed: `a network of /${LARGEST} to /${SMALLEST}`,
      fix: 'write such as ipv4NetmaskLength: 16',
    }),
    ...unless(failure === undefined, {
      prop,
      got: failure,
      allowed: `a network that is divided into ${maxAzs} subnets`,
      fix: 'name defaultSubnetIpv4NetmaskLength, such as 20',
    }),
  ];
}

function failureOf(addresses: IIpAddresses, maxAzs: number): string | undefined {
  try {
    addresses.allocateSubnetsCidr({
      vpcCidr: Fn.ref('Vpc'),
      requestedSubnets: Array.from({ length: maxAzs }, (_, index) => ({
        availabilityZone: `${index}`,
        configuration: { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
        subnetConstructId: `${index}`,
      })),
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
