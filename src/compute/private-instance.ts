import {
  HttpTokens, IMachineImage, Instance, InstanceType, UserData,
} from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DEFAULT_INSTANCE_TYPE, creditsOf, latestAmazonLinux, rootVolume } from './instance-defaults';
import { WorkloadPlacement } from './workload-placement';
import { openPathToS3 } from './workload-security-group';
import { ISOLATED } from '../endpoint/subnet-problems';
import { ACCEPTED, accept } from '../private/accepted-findings';

/** What an instance of the workload is like. */
export interface InstanceOptions {
  /**
   * The type of the instance, of a Nitro generation.
   *
   * @default - t4g.micro
   */
  readonly instanceType?: InstanceType;

  /**
   * The image of the instance. A pinned image (`MachineImage.genericLinux`) keeps the instance when AWS publishes a new one.
   *
   * @default - the latest Amazon Linux 2023 for arm64: the instance is replaced by the first deployment after a new image
   */
  readonly machineImage?: IMachineImage;

  /**
   * What the instance runs at its first boot. It must not contain secrets, nor fetch from anywhere but the data buckets.
   *
   * @default - nothing
   */
  readonly userData?: UserData;

  /**
   * The key that the root volume is encrypted with.
   *
   * @default - the key of the data buckets where the construct makes one, else the account's default key for EBS
   */
  readonly volumeEncryptionKey?: IKey;
}

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
    super(scope, id, {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets ?? ISOLATED,
      role: props.role,
      securityGroup: props.securityGroup,
      allowAllOutbound: false,
      instanceType: props.instanceType ?? DEFAULT_INSTANCE_TYPE,
      creditSpecification: creditsOf(props.instanceType ?? DEFAULT_INSTANCE_TYPE),
      machineImage: props.machineImage ?? latestAmazonLinux(),
      userData: props.userData,
      httpTokens: HttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      ebsOptimized: true,
      disableApiTermination: false,
      blockDevices: [rootVolume(props.volumeEncryptionKey)],
      propagateTagsToVolumeOnCreation: true,
    });
    if (props.securityGroup === undefined) {
      const { vpc, vpcSubnets, s3Endpoint, s3PrefixList } = props;
      openPathToS3(this.connections.securityGroups[0], { vpc, vpcSubnets, s3Endpoint, s3PrefixList });
    }
    this.instance.node.addDependency(props.s3Endpoint.ready, ...props.waitFor ?? []);
    accept(this, ACCEPTED.instance);
  }
}
