import { Stack } from 'aws-cdk-lib';
import { HttpTokens, ISecurityGroup, Instance } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { INSTANCE_FIELDS, PLACEMENT_FIELDS, PROFILE_RULE } from './compute-fields';
import { InstanceOptions } from './instance-options';
import { machineOf, machineProblemsIn } from './machine';
import { validateUserData } from './machine-problems';
import { warnOfPackages } from './package-sources';
import { placementRules } from './placement-problems';
import { WorkloadPlacement } from './workload-placement';
import { WorkloadSecurityGroup } from './workload-security-group';
import { ISOLATED } from '../endpoint';
import { ACCEPTED, Fields, ZONES_OF_THE_SUBNETS, accept, checkedProps, nameByPath } from '../private';

/** Properties of a `PrivateInstance`. */
export interface PrivateInstanceProps extends InstanceOptions, WorkloadPlacement {}

const FIELDS: Fields<PrivateInstanceProps> = { ...INSTANCE_FIELDS, ...PLACEMENT_FIELDS };

/**
 * An EC2 instance that is reached by nobody and reaches S3 only: no public address, no key pair, no ingress, IMDSv2
 * with hop limit 1 unless containers need 2, encrypted volume.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class PrivateInstance extends Instance {
  constructor(scope: Construct, id: string, props: PrivateInstanceProps) {
    const valid = checkedProps(
      { type: 'PrivateInstance', scope, id },
      props,
      FIELDS,
      PROFILE_RULE,
      ...placementRules(scope),
      {
        reads: ['machineImage', 'instanceType', 'rootVolumeSize', 'userData'],
        problems: each => machineProblemsIn(Stack.of(scope), each),
      },
    );
    const machine = machineOf(imageBeside(scope, id), valid);
    super(scope, id, {
      vpc: valid.vpc,
      vpcSubnets: valid.vpcSubnets ?? ISOLATED,
      ...(valid.instanceProfile === undefined ? { role: valid.role } : { instanceProfile: valid.instanceProfile }),
      securityGroup: valid.securityGroup ?? securityGroupBeside(scope, id, valid),
      instanceType: machine.instanceType,
      creditSpecification: machine.credits,
      machineImage: machine.machineImage,
      userData: machine.userData,
      userDataCausesReplacement: valid.userDataCausesReplacement,
      httpTokens: HttpTokens.REQUIRED,
      httpPutResponseHopLimit: machine.hopLimit,
      detailedMonitoring: true,
      ebsOptimized: true,
      disableApiTermination: false,
      blockDevices: [machine.rootVolume],
      propagateTagsToVolumeOnCreation: true,
    });
    this.instance.node.addDependency(valid.s3Endpoint.ready, ...(valid.waitFor ?? []));
    nameByPath(this);
    validateUserData(this, machine.userData);
    warnOfPackages(this, machine.userData, valid.s3Endpoint);
    accept(this, [...ACCEPTED.instance, ...ZONES_OF_THE_SUBNETS]);
  }
}

/** A construct has no children before `super` returns, so its security group stands beside it. */
function securityGroupBeside(
  parent: Construct,
  id: string,
  { vpc, vpcSubnets, s3Endpoint, s3PrefixList }: PrivateInstanceProps,
): ISecurityGroup {
  // eslint-disable-next-line awscdk/no-variable-construct-id -- follows the instance, of which a scope can have several
  return new WorkloadSecurityGroup(parent, `${id}SecurityGroup`, { vpc, vpcSubnets, s3Endpoint, s3PrefixList });
}

/** Nor is there a place for what looks its image up, such as the mapping of a pinned one. */
function imageBeside(parent: Construct, id: string): Construct {
  // eslint-disable-next-line awscdk/no-variable-construct-id -- as above
  return new Construct(parent, `${id}Image`);
}
