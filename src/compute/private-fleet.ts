import { Duration, Stack, Token } from 'aws-cdk-lib';
import {
  AutoScalingGroup,
  CfnAutoScalingGroup,
  GroupMetrics,
  MixedInstancesPolicy,
  SpotAllocationStrategy,
  UpdatePolicy,
} from 'aws-cdk-lib/aws-autoscaling';
import {
  Connections,
  IConnectable,
  ISecurityGroup,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { FLEET_FIELDS, FLEET_RULES, PLACEMENT_FIELDS, PROFILE_RULE } from './compute-fields';
import { FleetOptions, MixedInstances } from './fleet-options';
import { Machine, machineOf, machineProblemsIn } from './machine';
import { validateUserData } from './machine-problems';
import { warnOfPackages } from './package-sources';
import { placementRules } from './placement-problems';
import { warnOfHealthChecks } from './unasked-health-checks';
import { WorkloadPlacement } from './workload-placement';
import { WorkloadSecurityGroup } from './workload-security-group';
import { ISOLATED } from '../endpoint';
import { ACCEPTED, Fields, ZONES_OF_THE_SUBNETS, accept, checkedProps, nameByPath } from '../private';

const WARMUP = Duration.minutes(2);

/** Properties of a `PrivateFleet`. */
export interface PrivateFleetProps extends FleetOptions, WorkloadPlacement {}

const FIELDS: Fields<PrivateFleetProps> = { ...FLEET_FIELDS, ...PLACEMENT_FIELDS };

/**
 * An Auto Scaling group of instances like `PrivateInstance`, spread over the Availability Zones. A new image replaces
 * the instances one by one, unless another update policy is named.
 *
 * No instance is launched before the path to S3 is open. Nothing tells when it has booted: a signal or a lifecycle
 * hook would need endpoints of other services, so updates and scaling count on `defaultInstanceWarmup`.
 *
 * Its volumes are encrypted with the account's default key for EBS unless a key is named: a customer-managed key
 * needs the service-linked role of Auto Scaling in its policy, and that role does not exist in a new account.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export class PrivateFleet extends Construct implements IConnectable {
  /** The Auto Scaling group. */
  // eslint-disable-next-line awscdk/no-construct-in-public-property-of-construct -- its interface is no target of a load balancer
  public readonly autoScalingGroup: AutoScalingGroup;

  /** The network connections of the instances. */
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: PrivateFleetProps) {
    const valid = checkedProps(
      { type: 'PrivateFleet', scope, id },
      props,
      FIELDS,
      ...FLEET_RULES,
      PROFILE_RULE,
      ...placementRules(scope),
      {
        reads: ['machineImage', 'instanceType', 'rootVolumeSize', 'userData', 'mixedInstances'],
        problems: each => machineProblemsIn(Stack.of(scope), each, each.mixedInstances?.instanceTypes),
      },
    );
    super(scope, id);
    const securityGroup = valid.securityGroup ?? new WorkloadSecurityGroup(this, 'SecurityGroup', valid);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    const machine = machineOf(this, valid, valid.mixedInstances?.instanceTypes);
    this.autoScalingGroup = this.addGroup(this.addTemplate(securityGroup, valid, machine), valid);
    this.autoScalingGroup.node.addDependency(valid.role, valid.s3Endpoint.ready, ...(valid.waitFor ?? []));
    nameByPath(this.autoScalingGroup);
    validateUserData(this, machine.userData);
    warnOfPackages(this, machine.userData, valid.s3Endpoint);
    warnOfHealthChecks(this, this.autoScalingGroup);
    const accepted = valid.mixedInstances === undefined ? ACCEPTED.oneType : ACCEPTED.mixedInstances;
    accept(this.autoScalingGroup, [...ACCEPTED.fleet, ...ZONES_OF_THE_SUBNETS, ...accepted]);
  }

  private addTemplate(
    securityGroup: ISecurityGroup,
    { instanceProfile, role }: PrivateFleetProps,
    machine: Machine,
  ): LaunchTemplate {
    return new LaunchTemplate(this, 'Template', {
      ...(instanceProfile === undefined ? { role } : { instanceProfile }),
      securityGroup,
      instanceType: machine.instanceType,
      cpuCredits: machine.credits,
      machineImage: machine.machineImage,
      userData: machine.userData,
      httpTokens: LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: machine.hopLimit,
      associatePublicIpAddress: false,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [machine.rootVolume],
    });
  }

  private addGroup(launchTemplate: LaunchTemplate, props: PrivateFleetProps): AutoScalingGroup {
    const { mixedInstances, defaultInstanceWarmup = WARMUP } = props;
    const group = new AutoScalingGroup(this, 'Group', {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets ?? ISOLATED,
      ...(mixedInstances === undefined
        ? { launchTemplate }
        : { mixedInstancesPolicy: mixedPolicy(launchTemplate, mixedInstances) }),
      minCapacity: props.minCapacity,
      maxCapacity: props.maxCapacity,
      capacityRebalance: props.capacityRebalance ?? (hasSpot(mixedInstances) || undefined),
      defaultInstanceWarmup,
      healthChecks: props.healthChecks,
      groupMetrics: [GroupMetrics.all()],
      updatePolicy: props.updatePolicy ?? oneByOne(props, defaultInstanceWarmup),
    });
    const { subnets } = props.vpc.selectSubnets(props.vpcSubnets ?? ISOLATED);
    const resource = group.node.defaultChild as CfnAutoScalingGroup;
    resource.availabilityZones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    return group;
  }
}

function oneByOne({ minCapacity, maxCapacity }: FleetOptions, pauseTime: Duration): UpdatePolicy {
  return UpdatePolicy.rollingUpdate({
    maxBatchSize: 1,
    minInstancesInService: Math.min(minCapacity, maxCapacity - 1),
    pauseTime,
  });
}

/** Spot instances are there where not everything above the base is On-Demand. */
function hasSpot(mixed: MixedInstances | undefined): boolean {
  const share = mixed?.instancesDistribution?.onDemandPercentageAboveBaseCapacity ?? 100;
  return Token.isUnresolved(share) || share < 100;
}

function mixedPolicy(launchTemplate: LaunchTemplate, mixed: MixedInstances): MixedInstancesPolicy {
  const strategy = hasSpot(mixed) ? { spotAllocationStrategy: SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED } : {};
  return {
    launchTemplate,
    launchTemplateOverrides: mixed.instanceTypes.map(instanceType => ({ instanceType })),
    instancesDistribution: { ...strategy, ...mixed.instancesDistribution },
  };
}
