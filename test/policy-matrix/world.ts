import type { ExistingEndpoint, Setting, Thing } from './setting';
import type { AccessRequest, PolicyJson, PolicySet } from '../../src/iam';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';

/** Who sends the request. */
export type Who =
  | 'workload' // the role, with credentials that the instance got
  | 'admin' // a role of the account that may do everything
  | 'root' // the account's root user
  | 'cloudformation' // CloudFormation with the execution role of the CDK
  | 'caller of cloudformation' // an administrator's call that CloudFormation passes on
  | 'stackset' // the execution role of a service-managed StackSet
  | 'break glass' // a permission set of Identity Center
  | 'deployer' // a role that the perimeter exempts by its ARN
  | 'visitor' // a role of on-premises networks
  | 'second workload' // another role of the same access list, with credentials that an instance of its own got
  | 'task role' // a role that does one task in a bucket from outside the endpoint
  | 'owner' // an administrator of the account that owns the bucket, where that is another one
  | 'auditor' // a role of that account that its perimeter exempts
  | 'impostor' // a role that borrows the name of a permission set, outside the reserved path
  | 'stranger' // an administrator of another account
  | 'anybody' // an unsigned request
  | 'log delivery' // the service that delivers flow logs
  | 'access log delivery'; // the service that delivers server access logs

/** Where the request comes from. */
export type Where =
  | 'instance' // through the endpoint, from the instance that the credentials were issued to
  | 'interface endpoint' // from the instance, through the interface endpoint that is there beside the gateway
  | 'on premises' // through the interface endpoint, from a network that the VPC is connected with
  | 'neighbour' // through the endpoint, from another address of the VPC
  | 'other endpoint' // from the VPC, through an endpoint with full access
  | 'other vpc' // through an endpoint of another VPC
  | 'internet'
  | 'service' // S3 itself, with the caller's credentials (forward access session)
  | 'ec2 service' // EC2 itself, with the caller's credentials
  | 'aws'; // a service of AWS, on its own behalf

/** What the request is. */
export interface What {
  readonly action: string;
  /** The data bucket by a part of its construct path; absent: a bucket that is not ours. */
  readonly bucket?: string;
  /** The access point of the bucket that the request comes through, as the setting names it. */
  readonly accessPoint?: string;
  readonly key?: string;
  /** An object in a bucket that no stack of ours makes, as `<bucket>/<key>`: of AWS, of a vendor, of the account. */
  readonly foreign?: string;
  /**
   * The key of an action of AWS KMS by a part of its construct path, or as the setting names it; absent: the only
   * one.
   */
  readonly kmsKey?: string;
  /** The resource of an action of another service. */
  readonly arn?: string;
  /** The account that the foreign bucket belongs to; a stranger's unless it is said otherwise. */
  readonly owner?: string;
  /** Context keys beside those that follow from who and where; an empty list takes a key out. */
  readonly context?: AccessRequest['context'];
}

/** The account of the buckets that another account owns. */
export const OWNER_ACCOUNT = '999988887777';

/** The account of a stranger. */
export const OTHER_ACCOUNT = '444455556666';

/** What an administrator may do. */
export const ALLOW_ALL: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const RESERVED = 'role/aws-reserved/sso.amazonaws.com/eu-west-1';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const INTERFACE = 'S3EndpointInterface';

/** The services whose endpoints have other names than their actions. */
const ENDPOINTS: Readonly<Record<string, string>> = { cloudwatch: 'monitoring' };

const ROLES: Readonly<Record<string, string>> = {
  admin: `arn:aws:iam::${ACCOUNT}:role/Admin`,
  'caller of cloudformation': `arn:aws:iam::${ACCOUNT}:role/Admin`,
  cloudformation: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`,
  stackset: `arn:aws:iam::${ACCOUNT}:role/stacksets-exec-0123456789abcdef`,
  'break glass': `arn:aws:iam::${ACCOUNT}:${RESERVED}/AWSReservedSSO_BreakGlass_0123456789abcdef`,
  deployer: `arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`,
  owner: `arn:aws:iam::${OWNER_ACCOUNT}:role/Admin`,
  auditor: `arn:aws:iam::${OWNER_ACCOUNT}:role/audit/Auditor`,
  impostor: `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_BreakGlass_0123456789abcdef`,
  stranger: `arn:aws:iam::${OTHER_ACCOUNT}:role/Admin`,
};

const SERVICES: Readonly<Record<string, string>> = {
  'log delivery': 'delivery.logs.amazonaws.com',
  'access log delivery': 'logging.s3.amazonaws.com',
};

/** A deployed stack that requests can be made against. */
export class World {
  private readonly stack: DeployedStack;

  constructor(private readonly setting: Setting) {
    this.stack = setting.stack;
  }

  /** What S3 decides the request of a case on: where it comes through an access point, on that and on its bucket. */
  public halves(what: What): What[] {
    if (what.accessPoint === undefined) {
      return [what];
    }
    const context = { ...what.context, 's3:DataAccessPointArn': this.bucket(what.accessPoint).arn };
    return [
      { ...what, context, bucket: what.accessPoint },
      { ...what, context },
    ];
  }

  /** The request of one case. */
  public request(who: Who, where: Where, what: What): AccessRequest {
    const context = {
      ...this.identity(who),
      ...this.network(where, what),
      ...credentials(who),
      ...this.target(what),
      ...what.context,
    };
    return {
      action: what.action,
      resource: this.resource(what),
      resourceAccount: this.ownerOf(what),
      principal: this.principal(who),
      context: Object.fromEntries(Object.entries(context).filter(([, value]) => value.length > 0)),
    };
  }

  /** The policies that apply to the request of one case. */
  public policies(who: Who, where: Where, what: What): PolicySet {
    const endpoint = this.endpoint(where, what);
    return {
      identityPolicies: who in SERVICES || who === 'anybody' || who === 'root' ? [] : this.identityPolicies(who),
      permissionsBoundary: who === 'workload' ? this.setting.boundary : undefined,
      resourcePolicy: this.resourcePolicy(what),
      resourcePolicyKind: serviceOf(what) === 'kms' ? 'key' : 'bucket',
      endpointPolicy: endpoint?.policy,
      endpointKind: endpoint?.kind,
    };
  }

  /** A data key by a part of its construct path, or as the setting names it. */
  public kmsKey(name = ''): Thing {
    const ids = () => this.stack.id('AWS::KMS::Key', name);
    return (
      this.setting.kmsKeys?.[name] ?? {
        arn: this.stack.arn(ids()),
        policy: this.stack.property<PolicyJson>(ids(), 'KeyPolicy'),
      }
    );
  }

  private identityPolicies(who: Who): PolicyJson[] {
    return this.setting.policies?.[who] ?? (who === 'workload' ? this.stack.rolePolicies() : [ALLOW_ALL]);
  }

  private resourcePolicy(what: What): PolicyJson | undefined {
    switch (serviceOf(what)) {
      case 'kms':
        return this.kmsKey(what.kmsKey).policy;
      case 's3':
        return what.bucket === undefined ? foreignPolicy(what) : this.bucket(what.bucket).policy;
      default:
        return undefined;
    }
  }

  private bucket(name: string): Thing {
    const [policy] = this.setting.buckets?.[name] === undefined ? this.stack.ids('AWS::S3::BucketPolicy', name) : [];
    return (
      this.setting.buckets?.[name] ?? {
        arn: this.stack.arn(this.stack.id('AWS::S3::Bucket', name)),
        policy: policy === undefined ? undefined : this.stack.property<PolicyJson>(policy, 'PolicyDocument'),
      }
    );
  }

  private principal(who: Who): string {
    if (who === 'anybody') {
      return 'anonymous';
    }
    if (who in SERVICES) {
      return SERVICES[who];
    }
    if (who === 'root') {
      return `arn:aws:iam::${ACCOUNT}:root`;
    }
    const [, , , , account, path] = this.roleArn(who).split(':');
    return `arn:aws:sts::${account}:assumed-role/${path.split('/').pop()}/session`;
  }

  private roleArn(who: Who): string {
    return this.setting.roles?.[who] ?? ROLES[who] ?? this.stack.arn(this.stack.id('AWS::IAM::Role'));
  }

  private identity(who: Who): AccessRequest['context'] {
    const common = {
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.3',
      'aws:PrincipalIsAWSService': String(who in SERVICES),
      'aws:ViaAWSService': 'false',
    };
    if (who === 'anybody' || who in SERVICES) {
      return common;
    }
    const arn = who === 'root' ? `arn:aws:iam::${ACCOUNT}:root` : this.roleArn(who);
    return {
      ...common,
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': arn.split(':')[4],
      ...(who === 'stranger'
        ? {}
        : { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] }),
      ...(who === 'caller of cloudformation'
        ? {
            'aws:ViaAWSService': 'true',
            'aws:CalledVia': ['cloudformation.amazonaws.com'],
            'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
          }
        : {}),
    };
  }

  private network(where: Where, what: What): AccessRequest['context'] {
    const endpoint = this.endpoint(where, what);
    const through = endpoint && {
      'aws:SourceVpc': endpoint.vpc ?? 'vpc-workload',
      'aws:SourceVpce': endpoint.id,
      'aws:VpceAccount': ACCOUNT,
    };
    const forwarded = { 'aws:ViaAWSService': 'true', 'kms:CallerAccount': ACCOUNT };
    switch (where) {
      case 'instance':
      case 'interface endpoint':
        return { ...through, 'aws:VpcSourceIp': '10.0.0.10' };
      case 'neighbour':
        return { ...through, 'aws:VpcSourceIp': '10.0.0.99' };
      case 'on premises':
        return { ...through, 'aws:VpcSourceIp': '192.168.0.7' };
      case 'other endpoint':
        return {
          'aws:SourceVpc': 'vpc-workload',
          'aws:VpcSourceIp': '10.0.0.10',
          'aws:SourceVpce': 'vpce-full-access',
          'aws:VpceAccount': ACCOUNT,
        };
      case 'other vpc':
        return {
          'aws:SourceVpc': 'vpc-other',
          'aws:VpcSourceIp': '10.0.0.10',
          'aws:SourceVpce': 'vpce-other-vpc',
          'aws:VpceAccount': OTHER_ACCOUNT,
        };
      case 'internet':
        return { 'aws:SourceIp': '203.0.113.9' };
      case 'service':
        return { ...forwarded, 'kms:ViaService': `s3.${this.setting.region ?? REGION}.amazonaws.com` };
      case 'ec2 service':
        return { ...forwarded, 'kms:ViaService': `ec2.${REGION}.amazonaws.com` };
      case 'aws':
        return {};
    }
  }

  /** The endpoint that the request goes through, where there is one of ours. */
  private endpoint(where: Where, what: What): ExistingEndpoint | undefined {
    const service = serviceOf(what);
    if (where === 'instance' || where === 'neighbour') {
      return (
        this.setting.endpoints?.[service] ??
        this.made(service === 's3' ? this.stack.ids(ENDPOINT, 'S3Endpoint')[0] : this.endpointOf(service))
      );
    }
    return where === 'interface endpoint' || where === 'on premises'
      ? this.made(this.stack.id(ENDPOINT, INTERFACE))
      : undefined;
  }

  private endpointOf(service: string): string {
    const ids = this.stack
      .ids(ENDPOINT)
      .filter(id => this.stack.property<string>(id, 'ServiceName').endsWith(`.${ENDPOINTS[service] ?? service}`));
    if (ids.length !== 1) {
      throw new Error(`${ids.length} endpoints of ${service}`);
    }
    return ids[0];
  }

  private made(id: string): ExistingEndpoint {
    const kind = this.stack.property<string>(id, 'VpcEndpointType') === 'Interface' ? 'interface' : 'gateway';
    return { id: this.stack.ref(id), kind, policy: this.stack.property(id, 'PolicyDocument') };
  }

  private target(what: What): AccessRequest['context'] {
    const owner = this.ownerOf(what);
    if (serviceOf(what) !== 's3') {
      return { 'aws:ResourceAccount': owner };
    }
    return { 'aws:ResourceAccount': owner, ...(owner === ACCOUNT ? { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } : {}) };
  }

  private resource(what: What): string {
    const { bucket, key, foreign, kmsKey, arn = '*' } = what;
    switch (serviceOf(what)) {
      case 'kms':
        return this.kmsKey(kmsKey).arn;
      case 's3':
        break;
      default:
        return arn;
    }
    if (foreign !== undefined) {
      return `arn:aws:s3:::${foreign}`;
    }
    const bucketArn = bucket === undefined ? 'arn:aws:s3:::not-ours' : this.bucket(bucket).arn;
    const objects = bucketArn.includes(':accesspoint/') ? `${bucketArn}/object` : bucketArn;
    return key === undefined ? bucketArn : `${objects}/${this.setting.names?.[key] ?? key}`;
  }

  private ownerOf(what: What): string {
    const { bucket, kmsKey, owner } = what;
    switch (serviceOf(what)) {
      case 'kms':
        return this.kmsKey(kmsKey).account ?? this.stack.account;
      case 's3':
        return bucket === undefined ? (owner ?? OTHER_ACCOUNT) : (this.bucket(bucket).account ?? this.stack.account);
      default:
        return what.owner ?? ACCOUNT;
    }
  }
}

function serviceOf({ action }: What): string {
  return action.split(':')[0];
}

/** Credentials of an instance carry where they were issued. */
function credentials(who: Who): AccessRequest['context'] {
  return who === 'workload' || who === 'second workload'
    ? {
        'aws:Ec2InstanceSourceVpc': 'vpc-workload',
        'aws:Ec2InstanceSourcePrivateIPv4': '10.0.0.10',
        'ec2:SourceInstanceARN': `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0123456789abcdef0`,
      }
    : {};
}

/**
 * A bucket of somebody who would like to receive data, or who publishes some, is open to everybody; another bucket of
 * the account has no policy.
 */
function foreignPolicy({ foreign = 'not-ours', owner }: What): PolicyJson | undefined {
  if (owner === ACCOUNT) {
    return undefined;
  }
  const arn = `arn:aws:s3:::${foreign.split('/')[0]}`;
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] }],
  };
}
