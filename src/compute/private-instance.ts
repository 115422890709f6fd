import { HttpTokens, ISecurityGroup, Instance } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DEFAULT_INSTANCE_TYPE, creditsOf, latestAmazonLinux, rootVolume } from './instance-defaults';
import { InstanceOptions } from './instance-options';
import { WorkloadPlacement } from './workload-placement';
import { WorkloadSecurityGroup } from './workload-security-group';
import { ISOLATED } from '../endpoint/subnet-problems';
import { ACCEPTED, accept } from '../private/accepted-findings';

/** Properties of a `PrivateInstance`. */
export interface PrivateInstanceProps extends InstanceOptions, WorkloadPlacement {
}

/**
 * An EC2 instance that is reached by nobody and reaches S3 only: no public address, no key pair, no ingress, IMDSv2 with
 * hop limit 1, encrypted volume.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class PrivateInstance extends Instance {
  constructor(scope: Construct, id: string, props: PrivateInstanceProps) {
    const instanceType = props.instanceType ?? DEFAULT_INSTANCE_TYPE;
    super(scope, id, {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets ?? ISOLATED,
      role: props.role,
      securityGroup: props.securityGroup ?? securityGroupBeside(scope, id, props),
      instanceType,
      creditSpecification: creditsOf(instanceType),
      machineImage: props.machineImage ?? latestAmazonLinux(instanceType),
      userData: props.userData,
      httpTokens: HttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      ebsOptimized: true,
      disableApiTermination: false,
      blockDevices: [rootVolume(props)],
      propagateTagsToVolumeOnCreation: true,
    });
    this.instance.node.addDependency(props.s3Endpoint.ready, ...props.waitFor ?? []);
    accept(this, ACCEPTED.instance);
  }
}

/** A construct has no children before `super` returns, so its security group stands beside it. */
function securityGroupBeside(parent: Construct, id: string, { vpc, vpcSubnets, s3Endpoint, s3PrefixList }: PrivateInstanceProps): ISecurityGroup {
  // eslint-disable-next-line awscdk/no-variable-construct-id -- the id follows that of the instance, of which a scope can have several
  return new WorkloadSecurityGroup(parent, `${id}SecurityGroup`, { vpc, vpcSubnets, s3Endpoint, s3PrefixList });
}
