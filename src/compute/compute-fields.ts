import { HealthChecks, InstancesDistribution, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { FleetOptions, MixedInstances } from './fleet-options';
import {
  baseProblems,
  capacityProblems,
  distributionProblems,
  healthCheckProblems,
  oneTypeProblems,
  replacementProblems,
  typesProblems,
  updateProblems,
  warmupProblems,
} from './fleet-problems';
import { InstanceOptions } from './instance-options';
import { profileProblems, typeProblems, userDataProblems, volumeProblems } from './machine-problems';
import { WorkloadPlacement } from './workload-placement';
import { S3_ENDPOINT } from '../endpoint';
import {
  ASSET,
  DEPENDABLE,
  FLAG,
  Fields,
  INSTANCE_PROFILE,
  INSTANCE_TYPE,
  KEY,
  MACHINE_IMAGE,
  PREFIX_LIST,
  ROLE,
  Rule,
  SECURITY_GROUP,
  SUBNETS,
  USER_DATA,
  VPC,
  also,
  cdkStruct,
  duration,
  instance,
  listOf,
  optional,
  size,
  struct,
  text,
  whole,
} from '../private';

const HOP_LIMIT = {
  allowed: '1, or 2 where containers need the credentials of the role: with more they can leave the instance',
  fix: 'leave it out, or use Compute.container()',
};

const ROOT_DEVICE = text({
  allowed: 'the name of a device, such as /dev/xvda',
  fix: 'write the root device of the image, or leave it out',
  pattern: /^\/dev\/[a-z0-9]+$/,
});

const TYPE = also(INSTANCE_TYPE, typeProblems);

/** What an instance is like. */
export const INSTANCE_FIELDS: Fields<InstanceOptions> = {
  httpPutResponseHopLimit: optional(whole(1, 2, HOP_LIMIT.allowed, HOP_LIMIT.fix)),
  instanceProfile: optional(INSTANCE_PROFILE),
  instanceType: optional(TYPE),
  machineImage: optional(MACHINE_IMAGE),
  rootDeviceName: optional(ROOT_DEVICE),
  rootVolumeSize: optional(
    size('a Size in whole gibibytes', 'write Size.gibibytes(30), or leave it out', volumeProblems),
  ),
  userData: optional(also(USER_DATA, userDataProblems)),
  userDataCausesReplacement: optional(FLAG),
  userDataAssets: optional(listOf(ASSET, 'assets', 'leave it out for none', { mayBeEmpty: true })),
  userDataAssetsKey: optional(KEY),
  volumeEncryptionKey: optional(KEY),
};

const DISTRIBUTION = cdkStruct<InstancesDistribution>(
  'an instances distribution',
  'write { onDemandBaseCapacity: 1 }',
  [
    'onDemandAllocationStrategy',
    'onDemandBaseCapacity',
    'onDemandPercentageAboveBaseCapacity',
    'spotAllocationStrategy',
    'spotInstancePools',
    'spotMaxPrice',
  ],
);

const MIXED_FIELDS: Fields<MixedInstances> = {
  instanceTypes: listOf(TYPE, '2 to 40 types', 'name more than one, or write instanceType'),
  instancesDistribution: optional(also(DISTRIBUTION, distributionProblems)),
};

const UPDATE_POLICY = instance<UpdatePolicy>(
  'aws-cdk-lib.aws_autoscaling.UpdatePolicy',
  'an update policy',
  'make it with UpdatePolicy.rollingUpdate(), instanceRefresh() or replacingUpdate()',
);

const HEALTH_CHECKS = instance<HealthChecks>(
  'aws-cdk-lib.aws_autoscaling.HealthChecks',
  'health checks',
  'make them with HealthChecks.ec2() or HealthChecks.withAdditionalChecks()',
  healthCheckProblems,
);

const CAPACITY = whole(1, Infinity, 'a whole number, 1 or more', 'name how many instances are always there');

const MOST_CAPACITY = whole(1, Infinity, 'a whole number, not below minCapacity', 'raise it to minCapacity or more');

const WARMUP = duration('whole seconds, one hour at the most', 'write such as Duration.minutes(5)', warmupProblems);

/** What a fleet is like. */
export const FLEET_FIELDS: Fields<FleetOptions> = {
  ...INSTANCE_FIELDS,
  minCapacity: CAPACITY,
  maxCapacity: MOST_CAPACITY,
  capacityRebalance: optional(FLAG),
  defaultInstanceWarmup: optional(WARMUP),
  healthChecks: optional(HEALTH_CHECKS),
  mixedInstances: optional(struct(MIXED_FIELDS, [{ reads: ['instanceTypes'], problems: typesProblems }])),
  updatePolicy: optional(UPDATE_POLICY),
};

/** What the options of a fleet are together. */
export const FLEET_RULES: ReadonlyArray<Rule<FleetOptions>> = [
  { reads: ['minCapacity', 'maxCapacity'], problems: capacityProblems },
  { reads: ['mixedInstances', 'maxCapacity'], problems: baseProblems },
  { reads: ['mixedInstances', 'instanceType'], problems: oneTypeProblems },
  { reads: ['updatePolicy', 'maxCapacity'], problems: updateProblems },
  { reads: ['userDataCausesReplacement'], problems: replacementProblems },
];

/** Where instances are placed. */
export const PLACEMENT_FIELDS: Fields<WorkloadPlacement> = {
  role: ROLE,
  s3Endpoint: S3_ENDPOINT,
  vpc: VPC,
  s3PrefixList: optional(PREFIX_LIST),
  securityGroup: optional(SECURITY_GROUP),
  vpcSubnets: optional(SUBNETS),
  waitFor: optional(listOf(DEPENDABLE, 'constructs', 'leave it out for nothing else', { mayBeEmpty: true })),
};

/** The role of an instance profile. */
export const PROFILE_RULE: Rule<InstanceOptions & WorkloadPlacement> = {
  reads: ['instanceProfile', 'role'],
  problems: options => profileProblems(options, options.role),
};
