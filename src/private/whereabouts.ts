import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { Problem, unless } from './errors';
import { isConcrete } from './tokens';

/** What knows where it is. */
export interface Located {
  readonly env: { readonly account: string; readonly region: string };
}

/** What is wrong with a resource of another Region. */
export function otherRegionProblems(
  prop: string,
  resource: (IConstruct & Located) | undefined,
  region: string,
): Problem[] {
  const there = resource?.env.region;
  return unless(!isConcrete(there) || !isConcrete(region) || there === region, {
    prop,
    got: resource,
    allowed: `one in ${region}: this one is in ${there}`,
    fix: `use one in ${region}`,
  });
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

/** What is wrong with security groups and subnets that were made in another VPC. */
export function otherVpcProblems(
  prop: string,
  resources: ReadonlyArray<ISecurityGroup | ISubnet> | undefined,
  vpc: IVpc,
): Problem[] {
  const others = (resources ?? []).filter(each => {
    const vpcId = (each.node.defaultChild as { readonly vpcId?: string } | undefined)?.vpcId;
    return vpcId !== undefined && differ(vpcId, vpc.vpcId);
  });
  return others.map(got => ({ prop, got, allowed: `those of the VPC ${vpc.node.path}`, fix: 'make it in that VPC' }));
}

/** Whether two ids certainly mean different things: two literal ones, or references to two resources. */
export function differ(one: string, other: string): boolean {
  if (isConcrete(one) && isConcrete(other)) {
    return one !== other;
  }
  const [target, otherTarget] = [one, other]
    .map(id => Tokenization.reverseString(id).firstToken)
    .map(token => (Reference.isReference(token) ? token.target : undefined));
  return (
    target !== undefined &&
    otherTarget !== undefined &&
    target !== otherTarget &&
    Stack.of(target) === Stack.of(otherTarget)
  );
}
