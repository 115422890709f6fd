import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ACCESS_POINT_NAME } from './access-point-name';
import { AwsOwnedBucket } from './aws-owned-bucket';
import { ACCESSES, BucketAccess } from './bucket-access';
import { ORGANIZATION, OrganizationBoundary, outsideAccountsProblems } from './organization-boundary';
import {
  EXEMPTIONS,
  PerimeterExemption,
  exemptRoleProblems,
  partitionProblems,
  rolePartitionProblems,
} from './perimeter-exemption';
import {
  ASSET,
  BUCKET,
  ENDPOINT_ID,
  FLAG,
  Fields,
  KEY,
  Kind,
  Problem,
  ROLE,
  accessPointArnOf,
  checked,
  checkedOptions,
  isConcrete,
  listOf,
  managerOf,
  markAs,
  oneOfOurs,
  optional,
  unless,
} from '../private';

/** What the policies of one access list have in common. */
export interface AccessListProps {
  /**
   * Whether the role's credentials reach no S3 data outside the VPC and the instance that they were issued to.
   *
   * @default true
   */
  readonly credentialBinding?: boolean;

  /**
   * Principals that reach the objects from outside the endpoint: break-glass, backup, a deploy role.
   *
   * @default - nobody
   */
  readonly perimeterExemptions?: PerimeterExemption[];

  /**
   * The organization, and the organizational units of it, that principals and buckets belong to.
   *
   * @default - not tied to an organization
   */
  readonly organization?: OrganizationBoundary;

  /**
   * Buckets of AWS that the instance needs: package repositories, agents.
   *
   * @default - none
   */
  readonly awsOwnedBuckets?: AwsOwnedBucket[];
}

/** One line of an access list: who may do what in which bucket. */
export interface AccessGrant {
  /**
   * The name of the access point that the role reaches the bucket through, in the account and the Region of the
   * bucket: 3 to 50 lower-case letters, digits and hyphens. The bucket's owner makes it, by `DataBucketPolicy`.
   *
   * @default - the bucket itself
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
   */
  readonly accessPointName?: string;

  /** The workload's role. */
  readonly role: IRole;

  /** The data bucket. Its `encryptionKey` and its account are taken into account. */
  readonly bucket: IBucket;

  /** What the role may do in the bucket. */
  readonly access: BucketAccess[];
}

/** A file of the app that a role may read, such as for its user data. */
export interface AssetGrant {
  /** The asset, of a stack for the same account and Region. */
  readonly asset: Asset;

  /**
   * The key of the bootstrap bucket. Name it where the account was bootstrapped with a key of its own
   * (`cdk bootstrap --bootstrap-kms-key-id`), and let its policy delegate to IAM policies.
   *
   * @default - the AWS-managed key, or the one that `cdk bootstrap --bootstrap-customer-key` made: they let the
   * account in
   */
  readonly encryptionKey?: IKey;

  /** The workload's role. */
  readonly role: IRole;
}

/** An access list of this library. */
export const ACCESS_LIST: Kind<AccessList> = oneOfOurs<AccessList>(
  'AccessList',
  'make it with new AccessList(), or take that of a PrivateEc2S3Access',
);

/** What the policies of one access list have in common, for the construct that makes one. */
export const ACCESS_LIST_FIELDS: Fields<AccessListProps> = {
  organization: optional(ORGANIZATION),
  awsOwnedBuckets: optional(
    listOf(
      oneOfOurs<AwsOwnedBucket>(
        'AwsOwnedBucket',
        'make it with AwsOwnedBucket.amazonLinux2023Repositories() or another of its factories',
      ),
      'buckets of AWS',
      'leave it out for none',
      { mayBeEmpty: true },
    ),
  ),
  credentialBinding: optional(FLAG),
  perimeterExemptions: optional(EXEMPTIONS),
};

const GRANT_FIELDS: Fields<AccessGrant> = {
  access: ACCESSES,
  accessPointName: optional(ACCESS_POINT_NAME),
  bucket: BUCKET,
  role: ROLE,
};

const ASSET_GRANT_FIELDS: Fields<AssetGrant> = { asset: ASSET, encryptionKey: optional(KEY), role: ROLE };

/**
 * Who may do what in which bucket, through which endpoint.
 *
 * `WorkloadRole`, `S3Endpoint`, `DataBucket` and `DataKey` render their policies from the list when the template is
 * synthesized, so nothing is granted in one place and forgotten in another. `PrivateEc2S3Access` makes one list and
 * hands it to its parts; make one yourself to compose the parts alone, such as several workloads on one endpoint.
 */
export class AccessList {
  /** Whether the roles' credentials are bound to the VPC and the instance that they were issued to. */
  public readonly credentialBinding: boolean;

  /** The principals that reach the objects from outside the endpoint. */
  public readonly perimeterExemptions: PerimeterExemption[];

  /** The buckets of AWS that the workloads reach through the endpoint. */
  public readonly awsOwnedBuckets: AwsOwnedBucket[];

  /**
   * The organization that principals and buckets belong to.
   *
   * @default - not tied to an organization
   */
  public readonly organization?: OrganizationBoundary;

  /**
   * What roles of other networks may do in the data buckets, through the endpoints only.
   *
   * @internal
   */
  public readonly _onPremisesGrants: AccessGrant[] = [];

  /**
   * The roles whose policies follow the list.
   *
   * @internal
   */
  public readonly _followers: IRole[] = [];

  /**
   * The Regions that the endpoints of this library lead to, by their ids.
   *
   * @internal
   */
  public readonly _regions = new Map<string, readonly string[]>();

  private isClosed = false;
  private readonly granted: AccessGrant[] = [];
  private readonly grantedAssets: AssetGrant[] = [];
  private readonly endpointIds = new Set<string>();

  constructor(props?: AccessListProps) {
    const {
      credentialBinding = true,
      perimeterExemptions = [],
      awsOwnedBuckets = [],
      organization,
    } = checkedOptions('AccessList', 'props', props, ACCESS_LIST_FIELDS);
    markAs(this, 'AccessList');
    this.credentialBinding = credentialBinding;
    this.perimeterExemptions = [...perimeterExemptions];
    this.awsOwnedBuckets = [...awsOwnedBuckets];
    this.organization = organization;
  }

  /**
   * The grants so far, ordered by the construct path of bucket and role, so that the order of calls changes no
   * policy.
   */
  public get grants(): AccessGrant[] {
    return inOrder(this.granted);
  }

  /**
   * The grants of the workloads and of the on-premises roles, in the same order.
   *
   * @internal
   */
  public get _allGrants(): AccessGrant[] {
    return inOrder([...this.granted, ...this._onPremisesGrants]);
  }

  /** The assets that roles may read, ordered by the construct path of asset and role. */
  public get assetGrants(): AssetGrant[] {
    const place = ({ asset, role }: AssetGrant) => `${asset.node.path} ${role.node.path}`;
    return [...new Map([...this.grantedAssets].map(grant => [place(grant), grant])).entries()]
      .sort()
      .map(([, grant]) => grant);
  }

  /** The ids of the S3 endpoints that the workloads reach their buckets through. */
  public get vpcEndpointIds(): string[] {
    return [...this.endpointIds];
  }

  /**
   * Lets a role do something in a bucket: in the role's, the endpoint's, the bucket's and the key's policy.
   *
   * @throws when no access is named, when bucket and role would need each other's stacks, when the role's stack is
   * outside the accounts of the organization, or when an access point is named of a bucket that this stack opens
   * itself
   */
  public allow(grant: AccessGrant): void {
    const where = BUCKET.problems('bucket', grant?.bucket).length > 0 ? 'AccessList.allow' : grant.bucket;
    this.granted.push(
      checkedOptions(
        where,
        'grant',
        grant,
        GRANT_FIELDS,
        { reads: ['accessPointName', 'bucket'], problems: each => accessPointProblems(each, this.granted) },
        { reads: ['role', 'bucket'], problems: stackProblems },
        { reads: ['role'], problems: ({ role }) => this.roleProblems(role) },
      ),
    );
  }

  /**
   * Notes that the policies are rendered: what is added from then on would be in none of them.
   *
   * @internal
   */
  public _close(): void {
    this.isClosed = true;
  }

  /**
   * What is wrong with something that is added when the policies are rendered.
   *
   * @internal
   */
  public _lateProblems(prop: string, got: unknown): Problem[] {
    return unless(!this.isClosed, {
      prop,
      got,
      allowed: 'what is added before the app is synthesized: the policies are rendered',
      fix: 'add it before app.synth()',
    });
  }

  private roleProblems(role: IRole): Problem[] {
    const { account, region } = Stack.of(role);
    return [
      ...outsideAccountsProblems(this.organization, account),
      ...exemptRoleProblems(this.perimeterExemptions, role),
      ...partitionProblems(this.perimeterExemptions, region),
      ...rolePartitionProblems('role', role, region),
      ...this._lateProblems('role', role),
    ];
  }

  /**
   * Lets a role read an asset, which is one object of the bootstrap bucket: in the role's and the endpoint's policy.
   * The policy of the bucket is not touched; the default one asks for TLS only.
   *
   * An update changes the object with the content: an instance with the old user data that boots after the policies
   * have changed does not find its file.
   *
   * @throws when the asset is uploaded to another account or Region
   */
  public allowAsset(grant: AssetGrant): void {
    const where = ASSET.problems('asset', grant?.asset).length > 0 ? 'AccessList.allowAsset' : grant.asset;
    this.grantedAssets.push(
      checkedOptions(where, 'grant', grant, ASSET_GRANT_FIELDS, {
        reads: ['asset', 'role'],
        problems: ({ asset, role }) => [
          ...assetProblems('asset', asset, Stack.of(role)),
          ...this._lateProblems('asset', asset),
        ],
      }),
    );
  }

  /**
   * Makes an S3 endpoint part of the path: requests through it pass the network conditions of the policies.
   *
   * `S3Endpoint` calls this for its own endpoints.
   *
   * @param vpcEndpointId the id of the endpoint, `vpce-...`
   */
  public addVpcEndpoint(vpcEndpointId: string): void {
    this.endpointIds.add(
      checked(
        'AccessList.addVpcEndpoint',
        { vpcEndpointId },
        { vpcEndpointId: ENDPOINT_ID },
        {
          reads: ['vpcEndpointId'],
          problems: each => this._lateProblems('vpcEndpointId', each.vpcEndpointId),
        },
      ).vpcEndpointId,
    );
  }
}

function inOrder(grants: readonly AccessGrant[]): AccessGrant[] {
  const place = ({ bucket, role }: AccessGrant) => `${bucket.node.path} ${role.node.path}`;
  return [...grants].sort((one, other) => (place(one) < place(other) ? -1 : Number(place(one) > place(other))));
}

/** The policy of a bucket with our perimeter is for its own workloads: nobody delegates there. */
function accessPointProblems({ accessPointName, bucket }: AccessGrant, granted: readonly AccessGrant[]): Problem[] {
  if (accessPointName === undefined) {
    return [];
  }
  const problem = (allowed: string, fix: string) => [{ prop: 'accessPointName', got: accessPointName, allowed, fix }];
  const arn = accessPointArnOf(bucket, accessPointName);
  const other = granted.find(
    each =>
      each.accessPointName === accessPointName &&
      each.bucket.node.path !== bucket.node.path &&
      accessPointArnOf(each.bucket, accessPointName) === arn,
  );
  return [
    ...(managerOf(bucket) === undefined
      ? []
      : problem(
          'an access point of a bucket whose owner opens it by a DataBucketPolicy, in another stack',
          'leave it out: the workload reaches its own bucket directly',
        )),
    ...(other === undefined
      ? []
      : problem(
          `an access point of one bucket, and this one is of ${other.bucket.node.path}`,
          'name another: an account has a name once in a Region',
        )),
  ];
}

/** Where both have policies of ours, each names the other: in two stacks that would be a cyclic reference. */
function stackProblems({ role, bucket }: AccessGrant): Problem[] {
  const isCyclic =
    managerOf(role) !== undefined && managerOf(bucket) !== undefined && Stack.of(role) !== Stack.of(bucket);
  return isCyclic
    ? [
        {
          prop: 'role',
          got: role,
          allowed: 'a role of the same stack: bucket and role name each other in their policies',
          fix: 'make the bucket in the stack of the role, or import it there by its name',
        },
      ]
    : [];
}

/** The endpoint leads to the own Region, and a bootstrap bucket lets nobody of another account in. */
export function assetProblems(prop: string, asset: Asset, here: Stack): Problem[] {
  const there = Stack.of(asset);
  const differs = (one: string, other: string) => isConcrete(one) && isConcrete(other) && one !== other;
  return !differs(there.account, here.account) && !differs(there.region, here.region)
    ? []
    : [
        {
          prop,
          got: asset,
          allowed: 'an asset that is uploaded to the account and the Region of the role',
          fix: 'make it in the stack of the workload',
        },
      ];
}
