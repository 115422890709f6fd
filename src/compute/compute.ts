import { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Instance } from 'aws-cdk-lib/aws-ec2';
import { IInstanceProfile, IRole, InstanceProfile } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { FLEET_FIELDS, FLEET_RULES, INSTANCE_FIELDS } from './compute-fields';
import { FleetOptions } from './fleet-options';
import { InstanceOptions } from './instance-options';
import { CONTAINER_VOLUME } from './machine';
import { computeProblems } from './placement-problems';
import { PrivateFleet } from './private-fleet';
import { PrivateInstance } from './private-instance';
import { WorkloadPlacement } from './workload-placement';
import { AccessList } from '../access';
import { DeclaredAccess } from '../base';
import { Fields, Kind, Problem, checkedOptions, markAs, optional, oneOfOurs, whole } from '../private';

/** Where compute is placed, and the key of the construct that places it; for the parts of this library only. */
export interface ComputeContext {
  readonly accessList: AccessList;
  readonly placement: WorkloadPlacement;
  readonly ownKey?: IKey;
}

/** What a workload runs on, as it was made: one of these is there. */
export interface ComputeResources {
  /**
   * The Auto Scaling group, such as for scaling policies.
   *
   * @default - none: the workload is not a fleet
   */
  // eslint-disable-next-line awscdk/no-construct-in-interface -- its interface is no target of a load balancer
  readonly autoScalingGroup?: AutoScalingGroup;

  /**
   * The one instance.
   *
   * @default - none: the workload is not one instance
   */
  // eslint-disable-next-line awscdk/no-construct-in-interface -- its interface is no target of a load balancer
  readonly instance?: Instance;

  /**
   * The instance profile with the role of the workload, for instances that are made elsewhere.
   *
   * @default - none: the instances are made here
   */
  readonly instanceProfile?: IInstanceProfile;
}

/** What was made, and what the proof has to know about it. */
export interface BoundCompute {
  readonly resources: ComputeResources;
  readonly declared: Pick<DeclaredAccess, 'hopLimit' | 'elsewhere'>;
}

/** A choice of compute. */
export const COMPUTE: Kind<Compute> = oneOfOurs<Compute>(
  'Compute',
  'make it with Compute.instance(), fleet(), container() or instanceProfile()',
);

const CONTAINER_FIELDS: Fields<InstanceOptions> = {
  ...INSTANCE_FIELDS,
  httpPutResponseHopLimit: optional(
    whole(2, 2, '2, which is what makes it one for containers', 'leave it out, or use Compute.instance()'),
  ),
};

/**
 * What the workload runs on.
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', { dataBuckets, compute: Compute.fleet({ minCapacity: 2, maxCapacity: 20 }) });
 */
export class Compute {
  /**
   * One EC2 instance for containers: like `instance()`, but the answers of its metadata service take one hop more. So
   * containers with a bridge network get the credentials of the role. Its volume has 30 GiB unless you name a size.
   * Every container gets the credentials: do not run one that you do not trust. Containers that share the network of
   * the host need `instance()` only. Images come from a data bucket, or from a registry that the VPC has endpoints
   * for.
   *
   * A fleet takes `httpPutResponseHopLimit: 2`.
   *
   * @param options what it is like. Default: t4g.micro with the latest Amazon Linux 2023
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
   */
  public static container(options?: InstanceOptions): Compute {
    const valid = checkedOptions('Compute.container', 'options', options, CONTAINER_FIELDS);
    return Compute.instance({
      ...valid,
      httpPutResponseHopLimit: 2,
      rootVolumeSize: valid.rootVolumeSize ?? CONTAINER_VOLUME,
    });
  }

  /**
   * An Auto Scaling group over the Availability Zones of the subnets, with one type of instances or several, replaced
   * by a rolling update or an instance refresh.
   *
   * @param options how many instances there are, and what they are like
   */
  public static fleet(options: FleetOptions): Compute {
    const valid = checkedOptions('Compute.fleet', 'options', options, FLEET_FIELDS, ...FLEET_RULES);
    return new Compute(
      (parent, context) => {
        const { placement } = context;
        allowAssets(context, valid);
        const { autoScalingGroup } = new PrivateFleet(parent, 'Fleet', { ...placement, ...valid });
        return { resources: { autoScalingGroup }, declared: { hopLimit: valid.httpPutResponseHopLimit } };
      },
      (stack, role) => computeProblems(stack, valid, role, valid.mixedInstances?.instanceTypes),
    );
  }

  /**
   * One EC2 instance.
   *
   * @param options what it is like. Default: t4g.micro with the latest Amazon Linux 2023
   */
  public static instance(options?: InstanceOptions): Compute {
    const valid = checkedOptions('Compute.instance', 'options', options, INSTANCE_FIELDS);
    return new Compute(
      (parent, context) => {
        const { placement, ownKey } = context;
        allowAssets(context, valid);
        const instance = new PrivateInstance(parent, 'Instance', {
          ...placement,
          ...valid,
          volumeEncryptionKey: valid.volumeEncryptionKey ?? ownKey,
        });
        return { resources: { instance }, declared: { hopLimit: valid.httpPutResponseHopLimit } };
      },
      (stack, role) => computeProblems(stack, valid, role),
    );
  }

  /**
   * No instance: an instance profile with the role, for instances that are made elsewhere, by another construct of
   * the app or outside of it. Take `compute.instanceProfile` of the construct, its security group (`connections`) and
   * its subnets. Make them with IMDSv2 required, hop limit 1 and encrypted volumes, and let them wait for the
   * construct (`node.addDependency`), so that their first boot finds the path open.
   *
   * The proof assumes this of instances outside of the app, and checks it on those of the app.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
   */
  public static instanceProfile(): Compute {
    return new Compute((parent, { placement: { role, vpc, vpcSubnets, securityGroup } }) => ({
      resources: { instanceProfile: new InstanceProfile(parent, 'InstanceProfile', { role }) },
      declared: {
        elsewhere: {
          subnetIds: vpc.selectSubnets(vpcSubnets).subnetIds,
          securityGroupIds: securityGroup === undefined ? [] : [securityGroup.securityGroupId],
        },
      },
    }));
  }

  private constructor(
    private readonly add: (scope: Construct, context: ComputeContext) => BoundCompute,
    private readonly check?: (stack: Stack, role?: IRole) => Problem[],
  ) {
    markAs(this, 'Compute');
  }

  /**
   * What is wrong with the machines in a stack, before anything is made there; without a role one is made.
   *
   * @internal
   */
  public _problemsIn(stack: Stack, role?: IRole): Problem[] {
    return (this.check?.(stack, role) ?? []).map(problem => ({ ...problem, prop: `compute.${problem.prop}` }));
  }

  /**
   * Whether instances are made, each of which is placed in a zone.
   *
   * @internal
   */
  public get _hasMachines(): boolean {
    return this.check !== undefined;
  }

  /** @internal */
  public _bind(scope: Construct, context: ComputeContext): BoundCompute {
    return this.add(scope, context);
  }
}

/** The role reads the files of its user data, through the endpoint. */
function allowAssets(
  { accessList, placement: { role } }: ComputeContext,
  { userDataAssets = [], userDataAssetsKey: encryptionKey }: InstanceOptions,
): void {
  userDataAssets.forEach(asset => accessList.allowAsset({ role, asset, encryptionKey }));
}
