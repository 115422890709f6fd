import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import {
  ASSET_GRANT_FIELDS,
  AccessGrant,
  AssetGrant,
  GRANT_FIELDS,
  accessPointProblems,
  assetProblems,
  inOrder,
  stackProblems,
} from './access-grant';
import { AwsOwnedBucket } from './aws-owned-bucket';
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
  Kind,
  Problem,
  checked,
  checkedOptions,
  listOf,
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

/** An access list of this library. */
export const ACCESS_LIST: Kind<AccessList> = oneOfOurs<AccessList>('AccessList', 'make it with new AccessList()');

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

/**
 * Who may do what in which bucket, through which endpoint.
 *
 * Role, endpoint, buckets and key render their policies from the list when the template is synthesized, so nothing is
 * granted in one place and forgotten in another. `PrivateEc2S3Access` makes one list and hands it to its parts.
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
   * What roles of other workloads on the same endpoint may do in the data buckets of this one.
   *
   * @internal
   */
  public readonly _guestGrants: AccessGrant[] = [];

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
   * The grants of the workload and of the on-premises roles, in the same order.
   *
   * @internal
   */
  public get _ownGrants(): AccessGrant[] {
    return inOrder([...this.granted, ...this._onPremisesGrants]);
  }

  /**
   * These and the grants of guests: all that is granted in the buckets of this workload.
   *
   * @internal
   */
  public get _allGrants(): AccessGrant[] {
    return inOrder([...this._ownGrants, ...this._guestGrants]);
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
