import { Resource, Token } from 'aws-cdk-lib';
import { ISubnet, IVpc, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { Problem, isConcrete, otherVpcProblems, otherZoneProblems, zoneOf } from '../private';

/** What is wrong with the subnets of a workload: they must exist, be private, and lead to the endpoint. */
export function subnetProblems(
  vpc: IVpc,
  selection: SubnetSelection,
  needsRouteTables: boolean,
  prop: string = 'vpcSubnets',
): Problem[] {
  const selected = trySelect(vpc, selection);
  if (typeof selected === 'string') {
    return [
      {
        prop,
        got: selected,
        allowed: 'private subnets of the VPC',
        fix: 'select subnets that the VPC has, such as { subnetType: SubnetType.PRIVATE_ISOLATED }',
      },
    ];
  }
  const publicIds = new Set(vpc.publicSubnets.map(({ subnetId }) => subnetId));
  return [
    ...selected
      .filter(({ subnetId }) => !isConcrete(subnetId) && !Token.isUnresolved(subnetId))
      .map(got => ({ prop, got, allowed: 'subnets with ids', fix: 'see to the value that it is imported by' })),
    ...selected
      .filter((subnet, at) => selected.findIndex(({ subnetId }) => subnetId === subnet.subnetId) < at)
      .map(got => ({ prop, got, allowed: 'each subnet once', fix: 'name it once' })),
    ...otherVpcProblems(prop, selected, vpc),
    ...otherZoneProblems(prop, selected, vpc.env.region),
    ...selected
      .filter(({ subnetId }) => publicIds.has(subnetId))
      .map(subnet => ({
        prop,
        got: subnet,
        allowed: 'private subnets: a public one has a route to the internet',
        fix: 'select { subnetType: SubnetType.PRIVATE_ISOLATED }',
      })),
    ...(needsRouteTables
      ? selected
          .filter(subnet => routeTableId(subnet) === undefined)
          .map(subnet => ({
            prop,
            got: subnet,
            allowed: 'subnets whose route table is known, so that the gateway endpoint gets a route in it',
            fix: 'import the subnets with their route table ids, or use S3EndpointMode.interfaceEndpoint()',
          }))
      : []),
  ];
}

/** What is wrong with subnets for instances, each of which is placed in a zone. */
export function zoneProblems(vpc: IVpc, selection: SubnetSelection): Problem[] {
  const selected = trySelect(vpc, selection);
  const nowhere = typeof selected === 'string' ? [] : selected.filter(subnet => zoneOf(subnet) === undefined);
  return nowhere.map(got => ({
    prop: 'vpcSubnets',
    got,
    allowed: 'subnets whose Availability Zone is known',
    fix: 'import them by Subnet.fromSubnetAttributes, with availabilityZone',
  }));
}

/** Whether traffic of these subnets has another way out than the endpoint. */
export function hasOtherRoutes(vpc: IVpc, selection: SubnetSelection): boolean {
  const isolated = new Set(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
  const selected = trySelect(vpc, selection);
  return typeof selected !== 'string' && selected.some(({ subnetId }) => !isolated.has(subnetId));
}

/** What a workload's subnets are unless it names others. */
export const ISOLATED: SubnetSelection = { subnetType: SubnetType.PRIVATE_ISOLATED };

function trySelect(vpc: IVpc, selection: SubnetSelection): ISubnet[] | string {
  try {
    const { subnets } = vpc.selectSubnets(selection);
    return areSubnets(subnets) ? subnets : 'a selection of no subnet';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Imported subnets throw, or have an empty id, when theirs is not known. */
function routeTableId(subnet: ISubnet): string | undefined {
  try {
    return subnet.routeTable?.routeTableId || undefined;
  } catch {
    return undefined;
  }
}

/** A selection passes whatever stands in it on. */
function areSubnets(subnets: readonly unknown[]): boolean {
  return Array.isArray(subnets) && subnets.length > 0 && subnets.every(each => Resource.isResource(each as IConstruct));
}
