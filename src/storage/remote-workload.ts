import { Role } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TAGGED_FIELDS, TAGGED_RULES, TaggedWorkloadsAttributes } from './tagged-workloads';
import {
  ACCESSES,
  ACCESS_POINT_NAME,
  AccessGrant,
  AccessList,
  BucketAccess,
  IPrivateEc2S3Access,
  OrganizationBoundary,
  WORKLOAD,
} from '../access';
import { TaggedGrant } from '../policies';
import {
  CONSTRUCT_ID,
  ENDPOINT_ID,
  EXACT_ROLE_ARN,
  Fields,
  checked,
  checkedOptions,
  listOf,
  markAs,
  optional,
  text,
} from '../private';

/** A workload of another app, as its owners tell it. */
export interface RemoteWorkloadAttributes {
  /** What the workload may do in the bucket: one access or more. */
  readonly access: BucketAccess[];

  /**
   * The name of the access point that the workload reaches the bucket through: 3 to 50 lower-case letters, digits and
   * hyphens. `DataBucketPolicy` makes it.
   *
   * @default - the bucket itself
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
   */
  readonly accessPointName?: string;

  /** The ARN of the workload's role, with its path. The role need not exist yet. */
  readonly roleArn: string;

  /**
   * The account of the workload's S3 endpoint.
   *
   * @default - the account of the role
   */
  readonly vpcEndpointAccount?: string;

  /**
   * The ids of the workload's S3 endpoints, `vpce-...`.
   *
   * @default - not known: any endpoint of `vpcEndpointAccount`
   */
  readonly vpcEndpointIds?: string[];
}

/** What a remote workload is granted, and the endpoints that it comes through; for the parts of this library only. */
export interface RemoteGrants {
  readonly grants: readonly AccessGrant[];
  readonly vpcEndpointIds: readonly string[];
  /** Absent: the account of the role. */
  readonly vpcEndpointAccount?: string;
  readonly organization?: OrganizationBoundary;
}

const FIELDS: Fields<RemoteWorkloadAttributes> = {
  access: ACCESSES,
  accessPointName: optional(ACCESS_POINT_NAME),
  roleArn: text({
    allowed: 'the exact ARN of a role, with its path and without wildcards',
    fix: 'write arn:aws:iam::111122223333:role/path/Name',
    pattern: EXACT_ROLE_ARN,
    isKnown: true,
  }),
  vpcEndpointIds: optional(
    listOf(ENDPOINT_ID, 'ids of VPC endpoints', 'leave it out for any endpoint of vpcEndpointAccount', {
      mayBeEmpty: true,
    }),
  ),
  vpcEndpointAccount: optional(
    text({
      allowed: 'an account id of twelve digits',
      fix: 'leave it out for the account of the role',
      pattern: /^\d{12}$/,
    }),
  ),
};

/**
 * A workload of another stack or account that reaches a bucket: of the same app, by its construct, or of another app, by plain data.
 *
 * @example
 * RemoteWorkload.fromAttributes({
 *   roleArn: 'arn:aws:iam::111122223333:role/myapp/Worker',
 *   access: [BucketAccess.writeOnly('myapp/')],
 * });
 */
export class RemoteWorkload {
  /**
   * A workload of the same app.
   *
   * @param workload the workload, which names the bucket among its `dataBuckets`
   * @param id the key of the bucket there, or its id in `addDataBucket`
   * @throws when the workload has no such bucket
   */
  public static fromWorkload(workload: IPrivateEc2S3Access, id: string): RemoteWorkload {
    checked('RemoteWorkload.fromWorkload', { workload, id }, { workload: WORKLOAD, id: CONSTRUCT_ID });
    return RemoteWorkload._fromAccessList(workload._accessList, workload.dataBucket(id));
  }

  /** @internal */
  public static _fromAccessList(accessList: AccessList, bucket: IBucket): RemoteWorkload {
    return new RemoteWorkload(
      () => ({
        grants: accessList._ownGrants.filter(grant => grant.bucket.node.path === bucket.node.path),
        vpcEndpointIds: accessList.vpcEndpointIds,
        organization: accessList.organization,
      }),
      bucket,
    );
  }

  /**
   * A workload of another app.
   *
   * @param attributes its role, what the role may do, and the endpoints that it comes through
   */
  public static fromAttributes(attributes: RemoteWorkloadAttributes): RemoteWorkload {
    const {
      accessPointName,
      roleArn,
      access,
      vpcEndpointIds = [],
      vpcEndpointAccount,
    } = checkedOptions('RemoteWorkload.fromAttributes', 'attributes', attributes, FIELDS);
    return new RemoteWorkload(
      (parent, bucket) => {
        const id = `Role ${roleArn}`;
        // eslint-disable-next-line awscdk/no-variable-construct-id -- a scope can name several roles
        const role =
          (parent.node.tryFindChild(id) as Role | undefined) ??
          Role.fromRoleArn(parent, id, roleArn, { mutable: false });
        return { grants: [{ accessPointName, role, bucket, access }], vpcEndpointIds, vpcEndpointAccount };
      },
      undefined,
      undefined,
      roleArn,
    );
  }

  /**
   * Many workloads of other apps and accounts on one bucket, each in a prefix of its own (ABAC). A tag of its role
   * names the prefix, so a new workload changes nothing here. The role tagged `team=blue` reaches `teams/blue/` by
   * `BucketAccess.readWrite('teams/')`; its own stack grants it `BucketAccess.readWrite('teams/blue/')`.
   *
   * The credentials have to be those of an EC2 instance, whose session has the tags of its role and no others. A role
   * without the tag, with an empty value or with a slash in it reaches nothing. Whoever may tag roles in the accounts
   * chooses their prefix: keep `iam:TagRole`, `iam:UntagRole` and `iam:CreateRole` from everybody else. Where the
   * bucket has a key, the tagged roles may all use it through S3; whose object it is, the policy of the bucket
   * decides.
   *
   * The proof of a workload in the same app as the bucket reads the tags of its role from the template: without the
   * right tag it fails. That the bucket's policy keeps other tags out, it assumes.
   *
   * @param attributes the tag, the accounts that the roles are in, and what each may do under its prefix
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html
   */
  public static fromPrincipalTag(attributes: TaggedWorkloadsAttributes): RemoteWorkload {
    const tagged = checkedOptions(
      'RemoteWorkload.fromPrincipalTag',
      'attributes',
      attributes,
      TAGGED_FIELDS,
      ...TAGGED_RULES,
    );
    const { rolePath = '/', vpcEndpointIds = [] } = tagged;
    return new RemoteWorkload(() => ({ grants: [], vpcEndpointIds }), undefined, {
      ...tagged,
      rolePath,
      vpcEndpointIds,
    });
  }

  private constructor(
    private readonly read: (parent: Construct, bucket: IBucket) => RemoteGrants,
    private readonly bucket?: IBucket,
    private readonly tagged?: TaggedGrant,
    private readonly roleArn?: string,
  ) {
    markAs(this, 'RemoteWorkload');
  }

  /**
   * What the workload is granted in a bucket, when the tree is complete.
   *
   * @internal
   */
  public _grantsIn(parent: Construct, bucket: IBucket): RemoteGrants {
    return this.read(parent, bucket);
  }

  /**
   * The bucket as the workload names it.
   *
   * @internal
   */
  public get _bucket(): IBucket | undefined {
    return this.bucket;
  }

  /**
   * The role, where it is told as plain data.
   *
   * @internal
   */
  public get _roleArn(): string | undefined {
    return this.roleArn;
  }

  /**
   * The workloads that are known by a tag; they have no grants of their own.
   *
   * @internal
   */
  public get _tagged(): TaggedGrant | undefined {
    return this.tagged;
  }
}
