import { Aws, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { CfnVPC, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AWS_DOMAINS, reverseZonesOf } from '../base';
import { partitionOfRegion } from '../iam';
import { isConcrete } from '../private';

/**
 * The names that a VPC needs, as DNS Firewall spells them: those of AWS in the partition, or in every one where the
 * Region is not known; those of the VPC's own hosts; and those of its addresses.
 */
export function namesNeededIn(vpc: IVpc, region: string): string[] {
  const domains = [...domainsOfAws(region), ...hostDomains(region), ...reverseZonesOf(rangeOf(vpc) ?? '')];
  return domains.map(domain => `*.${domain}`);
}

function domainsOfAws(region: string): readonly string[] {
  const inPartition = isConcrete(region) ? AWS_DOMAINS.get(partitionOfRegion(region)) : undefined;
  return inPartition ?? [...new Set([...AWS_DOMAINS.values()].flat())];
}

/**
 * The domains of private DNS hostnames.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
function hostDomains(region: string): readonly string[] {
  const regional = `${isConcrete(region) ? region : Aws.REGION}.compute.internal`;
  return region === 'us-east-1' ? ['ec2.internal'] : isConcrete(region) ? [regional] : ['ec2.internal', regional];
}

/** The range of addresses of a VPC, where it is known at synthesis. */
function rangeOf(vpc: IVpc): string | undefined {
  const { firstToken } = Tokenization.reverseString(vpc.vpcId);
  if (Reference.isReference(firstToken) && CfnVPC.isCfnVPC(firstToken.target)) {
    const { cidrBlock } = firstToken.target;
    return isConcrete(cidrBlock) ? cidrBlock : undefined;
  }
  return named(vpc);
}

/** An imported VPC throws where its range was not named. */
function named(vpc: IVpc): string | undefined {
  try {
    return Token.isUnresolved(vpc.vpcCidrBlock) ? undefined : vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}
