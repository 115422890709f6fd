import { Lazy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { announceKey } from './adopted-key';
import { deliveryProblems } from './deliveries';
import { handlerProblems } from './handler-problems';
import { AccessList, deploymentRoleArns } from '../access';
import {
  AccessPointUser,
  accessPointStatements,
  accountAllowStatements,
  delegationStatements,
  denyOutsideOrganization,
  encryptionStatements,
  networkStatements,
  transportStatements,
  withUniqueSids,
} from '../policies';
import {
  Problem,
  RequiredPolicyKind,
  accessPointArnOf,
  announce,
  bucketArnOf,
  describe,
  isOwnedBy,
  managerOf,
  markManaged,
  sharerOf,
} from '../private';

/** Properties of an `AdoptedBucket`. */
export interface AdoptedBucketProps {
  /** The bucket that exists. */
  readonly bucket: IBucket;

  /** The access list that its policy follows. */
  readonly accessList: AccessList;

  /**
   * The access point that the workload comes through.
   *
   * @default - the bucket itself
   */
  readonly accessPointName?: string;
}

/**
 * A data bucket that exists. If this stack owns it, the perimeter's statements are added to its policy: objects and
 * lists only through the endpoints of the list, whoever asks. Else nothing is touched, and the Allows that another
 * account must add are announced; the owner's own perimeter stays the owner's business.
 */
export class AdoptedBucket extends Construct {
  /** The bucket. */
  public readonly bucket: IBucket;

  /** The access list that its policy follows. */
  public readonly accessList: AccessList;

  private readonly owned: boolean;

  constructor(scope: Construct, id: string, props: AdoptedBucketProps) {
    super(scope, id);
    this.bucket = props.bucket;
    this.accessList = props.accessList;
    this.owned = isOwnedBy(Stack.of(this), props.bucket);
    if (this.owned) {
      markManaged(props.bucket, this);
      this.attach();
      this.node.addValidation({
        validate: () =>
          [
            ...handlerProblems(props.bucket, props.accessList),
            ...deliveryProblems('bucket', props.bucket, props.accessList.perimeterExemptions),
          ].map(problem => describe(this, problem)),
      });
    }
    announceKey(this, props.bucket.encryptionKey, props.accessList);
    announce(this, {
      id: 'requiredBucketStatements',
      kind: RequiredPolicyKind.BUCKET,
      resource: bucketArnOf(props.bucket),
      account: props.bucket.env.account,
      text: `the policy of the bucket ${props.bucket.node.path} is not touched, because another account owns it; its owner must add`,
      statements: () => this.statementsOfBucket(),
    });
    if (props.accessPointName !== undefined) {
      this.announceAccessPoint(props.accessPointName);
    }
  }

  /** The policy of the bucket, where this stack owns it: whatever uses the bucket must wait for it. */
  public get policy(): BucketPolicy | undefined {
    return this.owned ? this.bucket.policy : undefined;
  }

  private announceAccessPoint(name: string): void {
    announce(this, {
      id: 'requiredAccessPointStatements',
      kind: RequiredPolicyKind.ACCESS_POINT,
      resource: accessPointArnOf(this.bucket, name),
      account: this.bucket.env.account,
      text: `the access point of the bucket ${this.bucket.node.path} is not made in this stack; its owner must make its policy of`,
      statements: () => accessPointStatements(name, this.users, this.bucket),
    });
  }

  /** What the owner of the bucket must add to its policy; empty where the role's own policy is enough. */
  private statementsOfBucket(): PolicyStatement[] {
    const [user] = this.users;
    return withUniqueSids([
      ...accountAllowStatements(this.accessList, this.bucket, user.account),
      ...delegationStatements(this.users, this.bucket),
    ]);
  }

  private get users(): AccessPointUser[] {
    const { account } = Stack.of(this);
    return [{ list: this.accessList, account, endpointAccount: account }];
  }

  /** The statements must exist now, the endpoints of the list are known when the template is rendered. */
  private attach(): void {
    const perimeter = {
      accessList: this.accessList,
      bucketArn: this.bucket.bucketArn,
      vpcEndpointIds: Lazy.list({ produce: () => this.accessList.vpcEndpointIds }),
      keyArn: this.bucket.encryptionKey?.keyArn,
      deploymentRoleArns: deploymentRoleArns(Stack.of(this)),
    };
    [
      ...transportStatements(perimeter.bucketArn),
      ...networkStatements(perimeter),
      ...denyOutsideOrganization(perimeter),
      // without a key of the bucket's construct, how it is encrypted is not known
      ...(perimeter.keyArn === undefined ? [] : encryptionStatements(perimeter)),
    ].forEach(statement => this.bucket.addToResourcePolicy(statement));
  }
}

/** What is wrong with a bucket that a workload in a stack is to adopt. */
export function adoptedBucketProblems(prop: string, bucket: IBucket, stack: Stack): Problem[] {
  return [...managedProblems(prop, bucket, stack), ...emptyingProblems(prop, bucket)];
}

/** Two perimeters on one bucket would each deny the other's endpoint. */
function managedProblems(prop: string, bucket: IBucket, stack: Stack): Problem[] {
  // in the stack of the bucket both would write its policy; from elsewhere a workload is one of those that share it
  const sharer = Stack.of(bucket) === stack ? sharerOf(bucket) : undefined;
  const manager = managerOf(bucket) ?? sharer;
  return manager === undefined
    ? []
    : [
        {
          prop,
          got: bucket,
          allowed: `a bucket that no other perimeter has, and ${manager.node.path} has this one`,
          fix: 'come through the endpoint of that workload: S3EndpointMode.shared',
        },
      ];
}

/** The function that empties a bucket before its deletion works from outside the endpoint. */
function emptyingProblems(prop: string, bucket: IBucket): Problem[] {
  return bucket.node.tryFindChild('AutoDeleteObjectsCustomResource') === undefined
    ? []
    : [
        {
          prop,
          got: bucket,
          allowed:
            'a bucket without autoDeleteObjects: the perimeter keeps the function out that empties the bucket, ' +
            'and the stack could not be deleted',
          fix: 'leave autoDeleteObjects out',
        },
      ];
}
