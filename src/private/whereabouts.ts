import { CfnResource, Reference, Resource, Stack, Tokenization } from 'aws-cdk-lib';
import { CfnVPC, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { Problem, unless } from './errors';
import { isConcrete } from './tokens';

/** What knows where it is. */
export interface Located {
  readonly env: { readonly account: string; readonly region: string };
}

/** Whether a stack makes a resource: another's, and what is imported, is not touched from here. */
export function isOwnedBy(stack: Stack, resource: IConstruct): boolean {
  return Resource.isOwnedResource(resource) && Stack.of(resource) === stack;
}

/** What is wrong with a resource of another Region, or with a key whose ARN is that of another partition. */
export function otherRegionProblems(
  prop: string,
  resource: (IConstruct & Located) | undefined,
  region: string,
): Problem[] {
  const there = resource?.env.region;
  const { keyArn } = (resource ?? {}) as Partial<IKey>;
  return !isConcrete(there) || !isConcrete(region) || there === region
    ? otherPartitionProblems(prop, keyArn === undefined ? [] : [keyArn], region)
    : [
        {
          prop,
          got: resource,
          allowed: `one in ${region}: this one is in ${there}`,
          fix: `use one in ${region}`,
        },
      ];
}

/** What is wrong with ARNs of another partition than that of a Region: they match nobody there. */
export function otherPartitionProblems(prop: string, arns: readonly string[] | undefined, region: string): Problem[] {
  const partition = isConcrete(region) ? RegionInfo.get(region).partition : undefined;
  const others = (arns ?? []).filter(arn => isConcrete(arn) && arn.split(':')[1] !== partition);
  return partition === undefined
    ? []
    : others.map(got => ({
        prop,
        got,
        allowed: `ARNs of the partition ${partition}, where the stack is`,
        fix: `write arn:${partition}: at its beginning`,
      }));
}

/** What is wrong with security groups and subnets of another VPC, as far as it is known. */
export function otherVpcProblems(
  prop: string,
  resources: ReadonlyArray<ISecurityGroup | ISubnet> | undefined,
  vpc: IVpc,
): Problem[] {
  const others = (resources ?? []).filter(each => {
    const vpcId = vpcIdOf(each);
    return vpcId !== undefined && differ(vpcId, vpc.vpcId);
  });
  return others.map(got => ({
    prop,
    got,
    allowed: `those of the VPC ${vpc.node.path}`,
    fix: 'use one of that VPC',
  }));
}

/** The VPC that something was made in, or that a subnet was imported with. */
function vpcIdOf({ node }: IConstruct): string | undefined {
  const made = (node.defaultChild as { readonly vpcId?: string } | undefined)?.vpcId;
  return made ?? node.scopes.find(isVpc)?.vpcId;
}

function isVpc(construct: IConstruct): construct is IVpc {
  return Resource.isResource(construct) && 'vpcId' in construct && 'selectSubnets' in construct;
}

/**
 * Whether two ids certainly mean different things: two literal ones, references to two resources, or a VPC of the app
 * and one that exists.
 */
export function differ(one: string, other: string): boolean {
  if (isConcrete(one) && isConcrete(other)) {
    return one !== other;
  }
  const [target, otherTarget] = [one, other].map(targetOf);
  if (target === undefined || otherTarget === undefined) {
    return [one, other].some(isConcrete) && isMadeVpc(target ?? otherTarget);
  }
  return (
    target !== otherTarget && (Stack.of(target) === Stack.of(otherTarget) || [target, otherTarget].every(isMadeVpc))
  );
}

function targetOf(id: string): IConstruct | undefined {
  const token = Tokenization.reverseString(id).firstToken;
  return Reference.isReference(token) ? token.target : undefined;
}

function isMadeVpc(target: IConstruct | undefined): boolean {
  return (
    target !== undefined &&
    CfnResource.isCfnResource(target) &&
    target.cfnResourceType === CfnVPC.CFN_RESOURCE_TYPE_NAME
  );
}

/** The Region at the beginning of the name of an Availability Zone or a Local Zone; ids of zones and dummies have none. */
const REGION_OF_ZONE = /^([a-z]+(?:-[a-z]+)+-\d+)(?:[a-z]$|-)/;

/** What is wrong with subnets in an Availability Zone of another Region. */
export function otherZoneProblems(prop: string, subnets: readonly ISubnet[], region: string): Problem[] {
  return (isConcrete(region) ? subnets : []).flatMap(subnet => {
    const zone = zoneOf(subnet) ?? '';
    const there = isConcrete(zone) ? REGION_OF_ZONE.exec(zone)?.[1] : undefined;
    return unless(there === undefined || there === region, {
      prop,
      got: subnet,
      allowed: `subnets in ${region}: this one is in ${zone}`,
      fix: `use subnets in ${region}`,
    });
  });
}

/** The Availability Zone of a subnet: one that is imported without it throws. */
export function zoneOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
