import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { S3Endpoint } from './s3-endpoint';
import {
  ACCESSES,
  AccessGrant,
  AccessList,
  BucketAccess,
  PerimeterExemption,
  exemptRoleProblems,
  rolePartitionProblems,
} from '../access';
import { adoptRole } from '../identity';
import {
  ADDRESSES_OF_HOSTS,
  CONSTRUCT_ID,
  Fields,
  IPV4_NETWORK,
  NO_HOSTS,
  Problem,
  ROLE,
  also,
  checkedWith,
  isConcrete,
  listOf,
  mapOf,
  markAs,
  oneOfOurs,
  text,
  unless,
} from '../private';

/** What a role of on-premises networks reaches, and from where. */
export interface OnPremisesAccessOptions {
  /** What the role may do: the ids of data buckets in `dataBuckets`, and one access or more in each. */
  readonly access: { [id: string]: BucketAccess[] };

  /**
   * The networks, as IPv4 CIDRs: the security groups of the interface endpoint let HTTPS in from them. Not
   * `0.0.0.0/0`.
   */
  readonly networks: string[];
}

const NETWORK_FIX = "name the network, such as '192.168.0.0/16'";

const NETWORK = text(
  {
    allowed: 'IPv4 CIDRs that are not the whole internet',
    fix: NETWORK_FIX,
    isKnown: true,
    pattern: IPV4_NETWORK,
  },
  networkProblems,
);

/** Half of the internet is not a network, and two halves are all of it; the widest private network is a /8. */
const WIDEST = 8;

function networkProblems(prop: string, network: string): Problem[] {
  const [address, length] = network.split('/');
  const bits = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const hosts = 2 ** (32 - Number(length));
  return [
    ...unless(Number(length) >= WIDEST, {
      prop,
      got: network,
      allowed: `networks of /${WIDEST} or narrower: wider ones hold a part of the internet`,
      fix: NETWORK_FIX,
    }),
    ...unless(Number(length) < WIDEST || !NO_HOSTS.test(address), {
      prop,
      got: network,
      allowed: ADDRESSES_OF_HOSTS,
      fix: NETWORK_FIX,
    }),
    ...unless(bits % hosts === 0, {
      prop,
      got: network,
      allowed: 'the address of a network, without a host in it',
      fix: 'write the first address of the network, or /32 for one host',
    }),
  ];
}

/** What is wrong with networks that are, together, a half of the internet or more. */
function internetProblems(prop: string, networks: readonly string[]): Problem[] {
  const parts = [...new Set(networks)].map(network => 2 ** -Number(network.split('/')[1]));
  return unless(parts.reduce((sum, part) => sum + part, 0) < 0.5, {
    prop,
    got: `${networks.length} networks`,
    allowed: 'networks that are less than a half of the internet together',
    fix: 'name your own networks only',
  });
}

const FIELDS: Fields<OnPremisesAccessOptions> = {
  access: mapOf(
    CONSTRUCT_ID,
    ACCESSES,
    'one data bucket or more',
    'add one, such as { UserData: [BucketAccess.writeOnly()] }',
  ),
  networks: also(listOf(NETWORK, 'one network or more', "name it, such as '192.168.0.0/16'"), internetProblems),
};

/**
 * A role of on-premises networks that reaches data buckets through the interface endpoint, over AWS Direct Connect or
 * a VPN. The endpoint lets its networks and its actions in. The buckets and their key let the role in. The role needs
 * what it is granted in its own policies. Outside of the endpoints the role gets nothing. Its credentials are not
 * bound to an instance, as those of the workload are.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets,
 *   s3Endpoint: S3EndpointMode.gatewayAndInterface(),
 *   onPremises: {
 *     Uploads: OnPremisesAccess.fromRole(uploader, {
 *       networks: ['192.168.0.0/16'],
 *       access: { UserData: [BucketAccess.writeOnly('uploads/')] },
 *     }),
 *   },
 * });
 */
export class OnPremisesAccess {
  /**
   * A role of the workload's account.
   *
   * @param role the role, such as one that IAM Roles Anywhere gives out. Where this stack owns it, it gets its
   * policies; else its owner must attach what `requiredPolicies` shows
   * @param options what it reaches, and from where
   */
  public static fromRole(role: IRole, options: OnPremisesAccessOptions): OnPremisesAccess {
    return new OnPremisesAccess(
      role,
      checkedWith('OnPremisesAccess.fromRole', { role }, { role: ROLE }, 'options', options, FIELDS),
    );
  }

  private constructor(
    /** The role. */
    public readonly role: IRole,
    /** @internal */
    public readonly _options: OnPremisesAccessOptions,
  ) {
    markAs(this, 'OnPremisesAccess');
  }
}

/** The accesses of on-premises networks by their ids. */
export const ON_PREMISES = mapOf(
  CONSTRUCT_ID,
  oneOfOurs<OnPremisesAccess>('OnPremisesAccess', 'make it with OnPremisesAccess.fromRole'),
  'a map of accesses',
  'leave it out for nobody',
  { mayBeEmpty: true },
);

/** Where the accesses of on-premises networks are opened; for the parts of this library only. */
export interface OnPremisesPlace {
  readonly accessList: AccessList;
  readonly s3Endpoint: S3Endpoint;
  readonly dataBucket: (id: string) => IBucket;
}

/** Opens the ways of all roles of on-premises networks. */
export function addOnPremisesRoles(
  workload: Construct,
  onPremises: Readonly<Record<string, OnPremisesAccess>> = {},
  place: OnPremisesPlace,
): void {
  const ids = Object.keys(onPremises).sort();
  if (ids.length > 0) {
    const parent = new Construct(workload, 'OnPremises');
    // eslint-disable-next-line awscdk/no-variable-construct-id -- the keys of a map, as those of the data buckets
    ids.forEach(id => new OnPremisesRole(parent, id, onPremises[id], place));
  }
}

/**
 * Opens the way of one role of on-premises networks: its networks, the endpoint, the buckets, their key and its own
 * policies.
 */
class OnPremisesRole extends Construct {
  private readonly statements: () => PolicyStatement[];

  constructor(
    scope: Construct,
    id: string,
    { role, _options: { access, networks } }: OnPremisesAccess,
    place: OnPremisesPlace,
  ) {
    super(scope, id);
    const {
      accessList,
      s3Endpoint: { interfaceEndpoint },
    } = place;
    const ownList = new AccessList({ organization: accessList.organization, credentialBinding: false });
    ownList.addVpcEndpoint(interfaceEndpoint!.vpcEndpointId);
    for (const bucketId of Object.keys(access).sort()) {
      const grant: AccessGrant = { role, bucket: place.dataBucket(bucketId), access: access[bucketId] };
      ownList.allow(grant);
      accessList._onPremisesGrants.push(grant);
    }
    [...new Set(networks)]
      .sort()
      .forEach(network =>
        interfaceEndpoint!.connections.allowFrom(Peer.ipv4(network), Port.tcp(443), 'HTTPS from on-premises networks'),
      );
    const policies = adoptRole(this, role, ownList);
    this.statements = () => policies.requiredStatements;
  }

  /** The statements that the owner of the role must attach to it; empty where this stack attaches them. */
  public get requiredStatements(): PolicyStatement[] {
    return this.statements();
  }
}

/** What on-premises networks are opened for. */
export interface OnPremisesContext {
  /** The account of the workload. */
  readonly account: string;
  readonly bucketIds: readonly string[];
  /** Whether an interface endpoint is made for the workload. */
  readonly makesInterface: boolean;
  readonly perimeterExemptions?: readonly PerimeterExemption[];
  readonly region: string;
  /** The role of the workload, where it exists. */
  readonly role?: IRole;
}

/** What is wrong with the accesses of on-premises networks in their place. */
export function onPremisesProblems(
  onPremises: Readonly<Record<string, OnPremisesAccess>> = {},
  context: OnPremisesContext,
): Problem[] {
  const entries = Object.entries(onPremises).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length > 0 && !context.makesInterface) {
    return [
      {
        prop: 'onPremises',
        got: entries.map(([id]) => id),
        allowed:
          'nobody without an interface endpoint that is made here: no other way leads to S3 from on-premises networks',
        fix: 'use S3EndpointMode.gatewayAndInterface()',
      },
    ];
  }
  return entries.flatMap(([id, access], index) => entryProblems(id, access, entries.slice(0, index), context));
}

type Entry = [id: string, access: OnPremisesAccess];

function entryProblems(
  id: string,
  access: OnPremisesAccess,
  others: readonly Entry[],
  context: OnPremisesContext,
): Problem[] {
  const { bucketIds } = context;
  const prop = `onPremises.${id}`;
  return [
    ...Object.keys(access._options.access)
      .filter(bucketId => !bucketIds.includes(bucketId))
      .sort()
      .map(bucketId => ({
        prop: `${prop}.access`,
        got: bucketId,
        allowed: bucketIds.join(', '),
        fix: 'name a key of dataBuckets',
      })),
    ...roleProblems(prop, access.role, others, context),
  ];
}

function roleProblems(
  prop: string,
  visitor: IRole,
  others: readonly Entry[],
  { account, perimeterExemptions, region, role }: OnPremisesContext,
): Problem[] {
  const problem = (allowed: string, fix: string) => ({ prop, got: visitor, allowed, fix });
  const owner = visitor.env.account;
  const twin = others.find(([, other]) => other.role.roleArn === visitor.roleArn);
  return [
    ...rolePartitionProblems(prop, visitor, region),
    ...exemptRoleProblems(perimeterExemptions, visitor),
    ...(isConcrete(owner) && isConcrete(account) && owner !== account
      ? [
          problem(
            `a role of the account ${account}`,
            'make a role in this account for the networks, such as one for IAM Roles Anywhere',
          ),
        ]
      : []),
    ...(twin === undefined
      ? []
      : [problem(`each role once, and ${twin[0]} has this one`, `add its networks and its access to ${twin[0]}`)]),
    ...(visitor === role
      ? [
          problem(
            'another role than that of the workload, whose credentials are for its instances',
            'make a role for the networks',
          ),
        ]
      : []),
  ];
}
