import { Duration, Token } from 'aws-cdk-lib';
import {
  AdditionalHealthCheckType,
  HealthChecks,
  InstancesDistribution,
  OnDemandAllocationStrategy,
  SpotAllocationStrategy,
} from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { FleetOptions, MixedInstances } from './fleet-options';
import { Problem, isConcrete, unless } from '../private';

/** The longest pause of a rolling update. */
const LONGEST_WARMUP = Duration.hours(1);

/** What is wrong with an update policy, as CloudFormation gets it. */
export function updateProblems({ maxCapacity, updatePolicy }: FleetOptions): Problem[] {
  const { autoScalingRollingUpdate: rolling } = updatePolicy?._renderUpdatePolicy({}) ?? {};
  const inService = rolling?.minInstancesInService ?? 0;
  const batch = rolling?.maxBatchSize ?? 1;
  return [
    ...unless(rolling?.waitOnResourceSignals !== true, {
      prop: 'updatePolicy',
      got: 'a rolling update that waits for signals',
      allowed: 'one that does not: the instances have no way to CloudFormation',
      fix: 'leave waitOnResourceSignals out, and name the time that an instance needs in defaultInstanceWarmup',
    }),
    ...unless(Token.isUnresolved(inService) || inService < maxCapacity, {
      prop: 'updatePolicy',
      got: `a rolling update with ${inService} instances in service`,
      allowed: `fewer than maxCapacity, ${maxCapacity}: there would be no room for a new instance`,
      fix: 'lower minInstancesInService, or raise maxCapacity',
    }),
    ...unless(isWhole(batch, 1) && isWhole(inService, -Infinity), {
      prop: 'updatePolicy',
      got: `a rolling update of ${batch} instances at a time, with ${inService} in service`,
      allowed: 'whole numbers, 1 or more at a time',
      fix: 'write such as UpdatePolicy.rollingUpdate({ maxBatchSize: 1 })',
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

/** What is wrong with health checks: the CDK takes any types and any time. */
export function healthCheckProblems(prop: string, { types, gracePeriod }: HealthChecks): Problem[] {
  const known: readonly string[] = ['EC2', ...Object.values(AdditionalHealthCheckType)];
  const seconds =
    gracePeriod === undefined || gracePeriod.isUnresolved() ? 0 : gracePeriod.toSeconds({ integral: false });
  return [
    ...unless(
      types.every(each => Token.isUnresolved(each) || known.includes(each)),
      {
        prop,
        got: types,
        allowed: Object.keys(AdditionalHealthCheckType)
          .map(key => `AdditionalHealthCheckType.${key}`)
          .join(', '),
        fix: 'make it with HealthChecks.ec2() or HealthChecks.withAdditionalChecks()',
      },
    ),
    ...unless(Number.isInteger(seconds), {
      prop: `${prop}.gracePeriod`,
      got: `${seconds} seconds`,
      allowed: 'whole seconds',
      fix: 'write such as Duration.minutes(5)',
    }),
  ];
}

/** What is wrong with an option of one instance: a fleet replaces its instances in any case. */
export function replacementProblems({ userDataCausesReplacement }: FleetOptions): Problem[] {
  return unless(userDataCausesReplacement === undefined, {
    prop: 'userDataCausesReplacement',
    got: userDataCausesReplacement,
    allowed: 'nothing: a fleet replaces its instances when their user data changes',
    fix: 'leave it out, and name updatePolicy for how they are replaced',
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
    onDemandAllocationStrategy: order,
    onDemandBaseCapacity: base = 0,
    onDemandPercentageAboveBaseCapacity: share = 100,
    spotMaxPrice: price,
  } = distribution;
  return [
    ...unless(isWhole(share, 0, 100), {
      prop: `${prop}.onDemandPercentageAboveBaseCapacity`,
      got: share,
      allowed: 'a whole number from 0 to 100',
      fix: 'write 0 for Spot capacity only above the base',
    }),
    ...strategyProblems(`${prop}.onDemandAllocationStrategy`, order, { OnDemandAllocationStrategy }),
    ...spotProblems(prop, distribution),
    ...unless(price === undefined || Token.isUnresolved(price) || isPrice(price), {
      prop: `${prop}.spotMaxPrice`,
      got: price,
      allowed: 'a price for an hour in US dollars, such as 0.05, as a text',
      fix: 'leave it out for the On-Demand price',
    }),
    ...unless(isWhole(base, 0), {
      prop: `${prop}.onDemandBaseCapacity`,
      got: base,
      allowed: 'a whole number, 0 or more',
      fix: 'leave it out for 0',
    }),
  ];
}

/** Only one strategy has pools, and EC2 Auto Scaling knows no more than 20 of them. */
function spotProblems(
  prop: string,
  { spotAllocationStrategy: strategy, spotInstancePools: pools }: InstancesDistribution,
): Problem[] {
  const isUnknown = Token.isUnresolved(strategy);
  return [
    ...strategyProblems(`${prop}.spotAllocationStrategy`, strategy, { SpotAllocationStrategy }),
    ...unless(pools === undefined || isUnknown || strategy === SpotAllocationStrategy.LOWEST_PRICE, {
      prop: `${prop}.spotInstancePools`,
      got: pools,
      allowed: 'none without SpotAllocationStrategy.LOWEST_PRICE, the only one that has pools',
      fix: 'leave it out',
    }),
    ...unless(isWhole(pools ?? 2, 1, 20), {
      prop: `${prop}.spotInstancePools`,
      got: pools,
      allowed: 'a whole number from 1 to 20',
      fix: 'leave it out for 2',
    }),
  ];
}

/** The values are those of the CDK that is installed: a newer one has more. */
function strategyProblems(
  prop: string,
  got: string | undefined,
  strategies: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Problem[] {
  const [[name, values]] = Object.entries(strategies);
  const known = Object.entries(values);
  return unless(got === undefined || Token.isUnresolved(got) || known.some(([, value]) => value === got), {
    prop,
    got,
    allowed: known.map(([key]) => `${name}.${key}`).join(', '),
    fix: 'leave it out for the default',
  });
}

/** What is wrong with a base that a fleet never reaches. */
export function baseProblems({ maxCapacity, mixedInstances }: FleetOptions): Problem[] {
  const base = mixedInstances?.instancesDistribution?.onDemandBaseCapacity ?? 0;
  return unless(Token.isUnresolved(base) || base <= maxCapacity, {
    prop: 'mixedInstances.instancesDistribution.onDemandBaseCapacity',
    got: base,
    allowed: `maxCapacity at the most, ${maxCapacity}: the fleet has no more instances`,
    fix: 'lower it, or raise maxCapacity',
  });
}

function isPrice(price: unknown): boolean {
  return typeof price === 'string' && /^\d+(\.\d+)?$/.test(price);
}

/** Whether a number is a whole one, in a range; what is known at deployment only is not tested. */
function isWhole(value: number, from: number, to: number = Infinity): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= from && value <= to);
}

function processors(types: readonly InstanceType[]): ReadonlySet<string> {
  return new Set(types.filter(type => isConcrete(type.toString())).map(({ architecture }) => architecture));
}
