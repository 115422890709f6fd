import { CfnUpdatePolicy, Duration } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { FleetOptions, MixedInstances } from './fleet-options';
import { hopLimitProblems } from './machine-problems';
import { isConcrete, Problem } from '../private';

/** The longest pause of a rolling update. */
const LONGEST_WARMUP = Duration.hours(1);

/** What is wrong with the options of a fleet. */
export function fleetProblems(options: FleetOptions): Problem[] {
  return [
    ...hopLimitProblems(options),
    ...capacityProblems(options),
    ...warmupProblems(options),
    ...mixedProblems(options),
  ];
}

/** What is wrong with an update policy, as CloudFormation gets it. */
export function updateProblems(
  { maxCapacity }: FleetOptions,
  { autoScalingRollingUpdate: rolling }: CfnUpdatePolicy,
): Problem[] {
  return [
    ...(rolling?.waitOnResourceSignals !== true
      ? []
      : [
          {
            prop: 'updatePolicy',
            got: 'a rolling update that waits for signals',
            allowed: 'one that does not: the instances have no way to CloudFormation',
            fix: 'leave waitOnResourceSignals out, and name the time that an instance needs in defaultInstanceWarmup',
          },
        ]),
    ...((rolling?.minInstancesInService ?? 0) < maxCapacity
      ? []
      : [
          {
            prop: 'updatePolicy',
            got: `a rolling update with ${rolling?.minInstancesInService} instances in service`,
            allowed: `fewer than maxCapacity, ${maxCapacity}: there would be no room for a new instance`,
            fix: 'lower minInstancesInService, or raise maxCapacity',
          },
        ]),
  ];
}

function capacityProblems({ minCapacity, maxCapacity }: FleetOptions): Problem[] {
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  return [
    ...(whole(minCapacity)
      ? []
      : [
          {
            prop: 'minCapacity',
            got: minCapacity,
            allowed: 'a whole number, 1 or more',
            fix: 'name how many instances are always there',
          },
        ]),
    ...(whole(maxCapacity) && maxCapacity >= minCapacity
      ? []
      : [
          {
            prop: 'maxCapacity',
            got: maxCapacity,
            allowed: 'a whole number, not below minCapacity',
            fix: 'raise it to minCapacity or more',
          },
        ]),
  ];
}

function warmupProblems({ defaultInstanceWarmup: warmup }: FleetOptions): Problem[] {
  if (warmup === undefined || warmup.isUnresolved()) {
    return [];
  }
  const seconds = warmup.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds <= LONGEST_WARMUP.toSeconds()
    ? []
    : [
        {
          prop: 'defaultInstanceWarmup',
          got: `${seconds} seconds`,
          allowed: 'whole seconds, one hour at the most',
          fix: 'write such as Duration.minutes(5)',
        },
      ];
}

function mixedProblems({ mixedInstances, instanceType }: FleetOptions): Problem[] {
  if (mixedInstances === undefined) {
    return [];
  }
  const { instanceTypes } = mixedInstances;
  const names = instanceTypes.map(String);
  const prop = 'mixedInstances.instanceTypes';
  return [
    ...(instanceType === undefined
      ? []
      : [
          {
            prop: 'instanceType',
            got: instanceType.toString(),
            allowed: 'either one type or mixedInstances',
            fix: 'add it to mixedInstances.instanceTypes',
          },
        ]),
    ...(names.length >= 2 && names.length <= 40
      ? []
      : [{ prop, got: names, allowed: '2 to 40 types', fix: 'name more than one, or write instanceType' }]),
    ...(new Set(names).size === names.length
      ? []
      : [{ prop, got: names, allowed: 'each type once', fix: 'leave out what is there twice' }]),
    ...(processors(instanceTypes).size <= 1
      ? []
      : [
          {
            prop,
            got: names,
            allowed: 'types for one processor: a fleet has one image',
            fix: 'make a fleet for each processor',
          },
        ]),
    ...distributionProblems(mixedInstances),
  ];
}

function distributionProblems({ instancesDistribution: distribution }: MixedInstances): Problem[] {
  const share = distribution?.onDemandPercentageAboveBaseCapacity ?? 100;
  return Number.isInteger(share) && share >= 0 && share <= 100
    ? []
    : [
        {
          prop: 'mixedInstances.instancesDistribution.onDemandPercentageAboveBaseCapacity',
          got: share,
          allowed: 'a whole number from 0 to 100',
          fix: 'write 0 for Spot capacity only above the base',
        },
      ];
}

function processors(types: readonly InstanceType[]): ReadonlySet<string> {
  return new Set(types.filter(type => isConcrete(type.toString())).map(({ architecture }) => architecture));
}
