import { AutoScalingGroup, CfnAutoScalingGroup, GroupMetrics, IAutoScalingGroup, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { Connections, IConnectable, ISecurityGroup, LaunchTemplate, LaunchTemplateHttpTokens } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { Machine, machineOf } from './machine';
import { WorkloadPlacement } from './workload-placement';
import { WorkloadSecurityGroup } from './workload-security-group';
import { ISOLATED } from '../endpoint/subnet-problems';
import { ACCEPTED, accept } from '../private/accepted-findings';
import { Problem, refuse } from '../private/errors';

/** What a fleet of the workload is like. */
export interface FleetOptions extends InstanceOptions {
  /** The number of instances that are always there: 1 or more. */
  readonly minCapacity: number;

  /** The number of instances at the most: not below `minCapacity`. */
  readonly maxCapacity: number;
}

/** Properties of a `PrivateFleet`. */
export interface PrivateFleetProps extends FleetOptions, WorkloadPlacement {
}

/**
 * An Auto Scaling group of instances like `PrivateInstance`, spread over the Availability Zones. A new image replaces the
 * instances one by one.
 *
 * Its volumes are encrypted with the account's default key for EBS unless a key is named: a customer-managed key needs the
 * service-linked role of Auto Scaling in its policy, and that role does not exist in a new account.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export class PrivateFleet extends Construct implements IConnectable {
  /** The Auto Scaling group. */
  public readonly autoScalingGroup: IAutoScalingGroup;

  /** The network connections of the instances. */
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: PrivateFleetProps) {
    super(scope, id);
    refuse(this, capacityProblems(props));
    const securityGroup = props.securityGroup ?? new WorkloadSecurityGroup(this, 'SecurityGroup', props);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.autoScalingGroup = this.addGroup(this.addTemplate(securityGroup, props.role, machineOf(this, this.node.path, props)), props);
    this.autoScalingGroup.node.addDependency(props.role, props.s3Endpoint.ready, ...props.waitFor ?? []);
    accept(this.autoScalingGroup, ACCEPTED.fleet);
  }

  private addTemplate(securityGroup: ISecurityGroup, role: IRole, machine: Machine): LaunchTemplate {
    return new LaunchTemplate(this, 'Template', {
      role,
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
    const group = new AutoScalingGroup(this, 'Group', {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets ?? ISOLATED,
      launchTemplate,
      minCapacity: props.minCapacity,
      maxCapacity: props.maxCapacity,
      groupMetrics: [GroupMetrics.all()],
      updatePolicy: UpdatePolicy.rollingUpdate({ maxBatchSize: 1, minInstancesInService: Math.min(props.minCapacity, props.maxCapacity - 1) }),
    });
    const { subnets } = props.vpc.selectSubnets(props.vpcSubnets ?? ISOLATED);
    const resource = group.node.defaultChild as CfnAutoScalingGroup;
    resource.availabilityZones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    return group;
  }
}

/** What is wrong with the capacity of a fleet. */
export function capacityProblems({ minCapacity, maxCapacity }: FleetOptions): Problem[] {
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  return [
    ...whole(minCapacity) ? [] : [{ prop: 'minCapacity', got: minCapacity, allowed: 'a whole number, 1 or more', fix: 'name how many instances are always there' }],
    ...whole(maxCapacity) && maxCapacity >= minCapacity ? [] : [{
      prop: 'maxCapacity', got: maxCapacity, allowed: 'a whole number, not below minCapacity', fix: 'raise it to minCapacity or more',
    }],
  ];
}
