import { Annotations, Lazy, Resource, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { deploymentRoleArns } from './deployment-roles';
import { AccessList } from '../identity/access-list';
import { BucketPerimeter, denyOutsideOrganization, encryptionStatements, networkStatements, transportStatements } from '../perimeter/bucket-policy';
import { accountAllowStatements } from '../perimeter/cross-account-policy';
import { readable } from '../private/readable';

/** Properties of an `AdoptedBucket`. */
export interface AdoptedBucketProps {
  /** The bucket that exists. */
  readonly bucket: IBucket;

  /** The access list that its policy follows. */
  readonly accessList: AccessList;
}

/**
 * A data bucket that exists. If this stack owns it, the perimeter's statements are added to its policy; else nothing is
 * touched, and what its owner must add is announced.
 *
 * There is no Deny of other identities here: what else uses the bucket is its owner's business.
 */
export class AdoptedBucket extends Construct {
  /** The bucket. */
  public readonly bucket: IBucket;

  private readonly accessList: AccessList;
  private readonly owned: boolean;

  constructor(scope: Construct, id: string, props: AdoptedBucketProps) {
    super(scope, id);
    this.bucket = props.bucket;
    this.accessList = props.accessList;
    this.owned = Resource.isOwnedResource(props.bucket) && Stack.of(props.bucket) === Stack.of(this);
    if (this.owned) {
      this.attach();
    } else {
      this.announce();
    }
  }

  /** The policy of the bucket, where this stack owns it: whatever uses the bucket must wait for it. */
  public get policy(): BucketPolicy | undefined {
    return this.owned ? this.bucket.policy : undefined;
  }

  /** The statements that the owner of the bucket must add to its policy; empty where this stack adds them. */
  public get requiredStatements(): PolicyStatement[] {
    if (this.owned) { return []; }
    return [
      ...accountAllowStatements(this.accessList, this.bucket, Stack.of(this).account),
      ...this.denials(this.accessList.vpcEndpointIds),
    ];
  }

  /** The statements must exist now, the endpoints of the list are known when the template is rendered. */
  private attach(): void {
    const vpcEndpointIds = Lazy.list({ produce: () => this.accessList.vpcEndpointIds });
    this.denials(vpcEndpointIds).forEach(statement => this.bucket.addToResourcePolicy(statement));
  }

  private announce(): void {
    Annotations.of(this).addWarningV2('cdk-private-ec2-s3-access:requiredBucketStatements', Lazy.string({
      produce: () => `${this.node.path}: the policy of the bucket ${this.bucket.node.path} is not touched, because another stack or account owns it; ` +
        `its owner must add: ${readable(this, this.requiredStatements)}`,
    }));
  }

  private denials(vpcEndpointIds: string[]): PolicyStatement[] {
    const perimeter: BucketPerimeter = {
      accessList: this.accessList,
      vpcEndpointIds,
      bucketArn: this.bucket.bucketArn,
      roles: [],
      keyArn: this.bucket.encryptionKey?.keyArn,
      deploymentRoleArns: deploymentRoleArns(Stack.of(this)),
    };
    return [
      ...transportStatements(perimeter.bucketArn),
      ...networkStatements(perimeter),
      ...denyOutsideOrganization(perimeter),
      ...encryptionStatements(perimeter),
    ];
  }
}
