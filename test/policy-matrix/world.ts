import type { AccessRequest, PolicyJson, PolicySet } from '../../src/verification/policy';
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
  | 'impostor' // a role that borrows the name of a permission set, outside the reserved path
  | 'stranger' // an administrator of another account
  | 'anybody'; // an unsigned request

/** Where the request comes from. */
export type Where =
  | 'instance' // through the endpoint, from the instance that the credentials were issued to
  | 'neighbour' // through the endpoint, from another address of the VPC
  | 'other endpoint' // from the VPC, through an endpoint with full access
  | 'other vpc' // through an endpoint of another VPC
  | 'internet'
  | 'service' // S3 itself, with the caller's credentials (forward access session)
  | 'ec2 service'; // EC2 itself, with the caller's credentials

/** What the request is. */
export interface What {
  readonly action: string;
  /** The data bucket by a part of its construct path; absent: a bucket that is not ours. */
  readonly bucket?: string;
  readonly key?: string;
  /** An object in a bucket that no stack of ours makes, as `<bucket>/<key>`: of AWS, of a vendor, of the account. */
  readonly foreign?: string;
  /** The account that the foreign bucket belongs to; a stranger's unless it is said otherwise. */
  readonly owner?: string;
  /** Context keys beside those that follow from who and where; an empty list takes a key out. */
  readonly context?: AccessRequest['context'];
}

const OTHER_ACCOUNT = '444455556666';
const ALLOW_ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const RESERVED = 'role/aws-reserved/sso.amazonaws.com/eu-west-1';

const ROLES: Readonly<Record<string, string>> = {
  'admin': `arn:aws:iam::${ACCOUNT}:role/Admin`,
  'caller of cloudformation': `arn:aws:iam::${ACCOUNT}:role/Admin`,
  'cloudformation': `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`,
  'stackset': `arn:aws:iam::${ACCOUNT}:role/stacksets-exec-0123456789abcdef`,
  'break glass': `arn:aws:iam::${ACCOUNT}:${RESERVED}/AWSReservedSSO_BreakGlass_0123456789abcdef`,
  'deployer': `arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`,
  'impostor': `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_BreakGlass_0123456789abcdef`,
  'stranger': `arn:aws:iam::${OTHER_ACCOUNT}:role/Admin`,
};

/** A deployed stack that requests can be made against. */
export class World {
  constructor(private readonly stack: DeployedStack) {}

  /** The request of one case. */
  public request(who: Who, where: Where, what: What): AccessRequest {
    const context = { ...this.identity(who), ...this.network(where), ...credentials(who), ...this.target(what), ...what.context };
    return {
      action: what.action,
      resource: this.resource(what),
      resourceAccount: ownerOf(what),
      principal: this.principal(who),
      context: Object.fromEntries(Object.entries(context).filter(([, value]) => value.length > 0)),
    };
  }

  /** The policies that apply to the request of one case. */
  public policies(who: Who, where: Where, what: What): PolicySet {
    const isKey = what.action.startsWith('kms:');
    const own = who === 'workload' ? this.stack.rolePolicies() : [ALLOW_ALL];
    return {
      identityPolicies: who === 'anybody' || who === 'root' ? [] : own,
      resourcePolicy: isKey ? this.stack.keyPolicy() : what.bucket === undefined ? foreignPolicy(what) : this.stack.bucketPolicy(what.bucket),
      resourcePolicyKind: isKey ? 'key' : 'bucket',
      endpointPolicy: where === 'instance' || where === 'neighbour' ? this.stack.endpointPolicy() : undefined,
    };
  }

  private principal(who: Who): string {
    if (who === 'anybody') { return 'anonymous'; }
    if (who === 'root') { return `arn:aws:iam::${ACCOUNT}:root`; }
    const [, , , , account, path] = this.roleArn(who).split(':');
    return `arn:aws:sts::${account}:assumed-role/${path.split('/').pop()}/session`;
  }

  private roleArn(who: Who): string {
    return ROLES[who] ?? this.stack.arn(this.stack.id('AWS::IAM::Role'));
  }

  private identity(who: Who): AccessRequest['context'] {
    const common = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' };
    if (who === 'anybody') { return common; }
    const arn = who === 'root' ? `arn:aws:iam::${ACCOUNT}:root` : this.roleArn(who);
    return {
      ...common,
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': arn.split(':')[4],
      ...who === 'stranger' ? {} : { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] },
      ...who === 'caller of cloudformation'
        ? { 'aws:ViaAWSService': 'true', 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:CalledViaFirst': 'cloudformation.amazonaws.com' }
        : {},
    };
  }

  private network(where: Where): AccessRequest['context'] {
    const inVpc = { 'aws:SourceVpc': 'vpc-workload', 'aws:VpcSourceIp': '10.0.0.10' };
    const ours = this.stack.ref(this.stack.ids('AWS::EC2::VPCEndpoint', 'S3Endpoint')[0]);
    switch (where) {
      case 'instance': return { ...inVpc, 'aws:SourceVpce': ours };
      case 'neighbour': return { ...inVpc, 'aws:SourceVpce': ours, 'aws:VpcSourceIp': '10.0.0.99' };
      case 'other endpoint': return { ...inVpc, 'aws:SourceVpce': 'vpce-full-access' };
      case 'other vpc': return { 'aws:SourceVpc': 'vpc-other', 'aws:VpcSourceIp': '10.0.0.10', 'aws:SourceVpce': 'vpce-other-vpc' };
      case 'internet': return { 'aws:SourceIp': '203.0.113.9' };
      case 'service': return { 'aws:ViaAWSService': 'true', 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT };
      case 'ec2 service': return { 'aws:ViaAWSService': 'true', 'kms:ViaService': `ec2.${REGION}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT };
    }
  }

  private target(what: What): AccessRequest['context'] {
    if (what.action.startsWith('kms:')) { return {}; }
    const owner = ownerOf(what);
    return { 'aws:ResourceAccount': owner, ...owner === ACCOUNT ? { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } : {} };
  }

  private resource({ action, bucket, key, foreign }: What): string {
    if (action.startsWith('kms:')) { return this.stack.arn(this.stack.id('AWS::KMS::Key')); }
    if (foreign !== undefined) { return `arn:aws:s3:::${foreign}`; }
    const arn = bucket === undefined ? 'arn:aws:s3:::not-ours' : this.stack.arn(this.stack.id('AWS::S3::Bucket', bucket));
    return key === undefined ? arn : `${arn}/${key}`;
  }
}

/** Credentials of an instance carry where they were issued. */
function credentials(who: Who): AccessRequest['context'] {
  return who === 'workload'
    ? {
      'aws:Ec2InstanceSourceVpc': 'vpc-workload',
      'aws:Ec2InstanceSourcePrivateIPv4': '10.0.0.10',
      'ec2:SourceInstanceARN': `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0123456789abcdef0`,
    }
    : {};
}

function ownerOf({ action, bucket, owner }: What): string {
  return bucket === undefined && !action.startsWith('kms:') ? owner ?? OTHER_ACCOUNT : ACCOUNT;
}

/** A bucket of somebody who would like to receive data, or who publishes some, is open to everybody; another bucket of the account has no policy. */
function foreignPolicy({ foreign = 'not-ours', owner }: What): PolicyJson | undefined {
  if (owner === ACCOUNT) { return undefined; }
  const arn = `arn:aws:s3:::${foreign.split('/')[0]}`;
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] }] };
}
