import { Duration } from 'aws-cdk-lib';
import { InstancesDistribution, SpotAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { FleetOptions, MixedInstances } from './fleet-options';
import { Problem, isConcrete, unless } from '../private';

/** The longest pause of a rolling update. */
const LONGEST_WARMUP = Duration.hours(1);

/** What is wrong with an update policy, as CloudFormation gets it. */
export function updateProblems({ maxCapacity, updatePolicy }: FleetOptions): Problem[] {
  const { autoScalingRollingUpdate: rolling } = updatePolicy?._renderUpdatePolicy({}) ?? {};
  const inService = rolling?.minInstancesInService ?? 0;
  return [
    ...unless(rolling?.waitOnResourceSignals !== true, {
      prop: 'updatePolicy',
      got: 'a rolling update that waits for signals',
      allowed: 'one that does not: the instances have no way to CloudFormation',
      fix: 'leave waitOnResourceSignals out, and name the time that an instance needs in defaultInstanceWarmup',
    }),
    ...unless(inService < maxCapacity, {
      prop: 'updatePolicy',
      got: `a rolling update with ${inService} instances in service`,
      allowed: `fewer than maxCapacity, ${maxCapacity}: there would be no room for a new instance`,
      fix: 'lower minInstancesInService, or raise maxCapacity',
    }),
  ];
}

/** What is wrong with the capacities together. */
export function capacityProblems({ minCapacity, maxCapacity }: FleetOptions): Problem[] {
  return unless(maxCapacity >= minCapacity, {
    prop: 'maxCapacity',
    got: maxCapacity,
    allowed: 'a whole number, not below minCapacity',
    fix: 'raise it to minCapacity or more',
  });
}

/** What is wrong with the time that an instance needs. */
export function warmupProblems(prop: string, warmup: Duration): Problem[] {
  const seconds = warmup.isUnresolved() ? 0 : warmup.toSeconds({ integral: false });
  return unless(Number.isInteger(seconds) && seconds <= LONGEST_WARMUP.toSeconds(), {
    prop,
    got: `${seconds} seconds`,
    allowed: 'whole seconds, one hour at the most',
    fix: 'write such as Duration.minutes(5)',
  });
}

/** What is wrong with one type beside several. */
export function oneTypeProblems({ mixedInstances, instanceType }: FleetOptions): Problem[] {
  return unless(mixedInstances === undefined || instanceType === undefined, {
    prop: 'instanceType',
    got: String(instanceType),
    allowed: 'either one type or mixedInstances',
    fix: 'add it to mixedInstances.instanceTypes',
  });
}

/** What is wrong with the types of one fleet. */
export function typesProblems({ instanceTypes }: MixedInstances): Problem[] {
  const got = instanceTypes.map(String);
  const prop = 'instanceTypes';
  return [
    ...unless(got.length >= 2 && got.length <= 40, {
      prop,
      got,
      allowed: '2 to 40 types',
      fix: 'name more than one, or write instanceType',
    }),
    ...unless(new Set(got).size === got.length, {
      prop,
      got,
      allowed: 'each type once',
      fix: 'leave out what is there twice',
    }),
    ...unless(processors(instanceTypes).size <= 1, {
      prop,
      got,
      allowed: 'types for one processor: a fleet has one image',
      fix: 'make a fleet for each processor',
    }),
  ];
}

/**
 * What is wrong with how a fleet is shared out between On-Demand and Spot.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
 */
export function distributionProblems(prop: string, distribution: InstancesDistribution): Problem[] {
  const {
    onDemandPercentageAboveBaseCapacity: share = 100,
    onDemandBaseCapacity: base = 0,
    spotAllocationStrategy: strategy,
    spotInstancePools: pools,
    spotMaxPrice: price,
  } = distribution;
  return [
    ...unless(Number.isInteger(share) && share >= 0 && share <= 100, {
      prop: `${prop}.onDemandPercentageAboveBaseCapacity`,
      got: share,
      allowed: 'a whole number from 0 to 100',
      fix: 'write 0 for Spot capacity only above the base',
    }),
    ...unless(pools === undefined || strategy === SpotAllocationStrategy.LOWEST_PRICE, {
      prop: `${prop}.spotInstancePools`,
      got: pools,
      allowed: 'none without SpotAllocationStrategy.LOWEST_PRICE, the only one that has pools',
      fix: 'leave it out',
    }),
    ...unless(price === undefined || !isConcrete(price) || /^\d+(\.\d+)?$/.test(price), {
      prop: `${prop}.spotMaxPrice`,
      got: price,
      allowed: 'a price for an hour in US dollars, such as 0.05',
      fix: 'leave it out for the On-Demand price',
    }),
    ...unless(Number.isInteger(base) && base >= 0, {
      prop: `${prop}.onDemandBaseCapacity`,
      got: base,
      allowed: 'a whole number, 0 or more',
      fix: 'leave it out for 0',
    }),
  ];
}

function processors(types: readonly InstanceType[]): ReadonlySet<string> {
  return new Set(types.filter(type => isConcrete(type.toString())).map(({ architecture }) => architecture));
}
