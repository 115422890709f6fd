import {
  ANONYMOUS,
  byInstance,
  byS3,
  byService,
  conditionKey,
  networkThrough,
  Instance,
  LAWS,
  principalNamed,
  requestOf,
  RequestParts,
  throughEndpoint,
} from '../../../src/iam';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const INSTANCE: Instance = {
  partition: 'aws',
  region: 'eu-west-1',
  instanceId: 'i-1',
  vpcId: 'vpc-1',
  address: '10.0.0.10',
  role: { arn: `arn:aws:iam::${ACCOUNT}:role/app/workload`, account: ACCOUNT, tags: { team: 'blue' } },
  organization: { id: 'o-1', path: 'o-1/r-1/' },
  time: '2026-01-01T00:00:00Z',
};
const OBJECT = { target: { arn: 'arn:aws:s3:::data/key', account: OTHER } };

function contextOf(action: string, ...parts: readonly RequestParts[]) {
  return requestOf(action, ...parts, OBJECT).context;
}

test('each law is about a documented key, says where AWS has it, and stands once', () => {
  expect(LAWS.filter(({ key }) => conditionKey(key.endsWith('/') ? `${key}x` : key) === undefined)).toEqual([]);
  expect(LAWS.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
  expect(new Set(LAWS.map(({ key }) => key.toLowerCase())).size).toBe(LAWS.length);
});

test('a principal has one account, by whatever key', () => {
  const context = contextOf('kms:Decrypt', {
    principal: { identity: principalNamed(`arn:aws:iam::${OTHER}:user/ops`) },
  });
  expect(context).toMatchObject({
    'aws:PrincipalArn': `arn:aws:iam::${OTHER}:user/ops`,
    'aws:PrincipalAccount': OTHER,
    'kms:CallerAccount': OTHER,
    'aws:PrincipalType': 'User',
    'aws:username': 'ops',
  });
});

test('a resource has one owner, by whatever key', () => {
  expect(contextOf('s3:GetObject', byInstance(INSTANCE))).toMatchObject({
    'aws:ResourceAccount': OTHER,
    's3:ResourceAccount': OTHER,
  });
  expect(contextOf('kms:Decrypt', byInstance(INSTANCE))).not.toHaveProperty(['s3:ResourceAccount']);
});

test('an anonymous caller has neither ARN nor organization nor tags, and no credentials of an instance', () => {
  const { principal, ...rest } = byInstance(INSTANCE);
  const context = contextOf('s3:GetObject', { ...rest, principal: { ...principal, identity: ANONYMOUS } });
  expect(context['aws:PrincipalAccount']).toBe('anonymous');
  const absent = [
    'aws:PrincipalArn',
    'aws:PrincipalOrgID',
    'aws:PrincipalTag/team',
    'aws:PrincipalIsAWSService',
    'aws:Ec2InstanceSourceVpc',
    'aws:TokenIssueTime',
  ];
  expect(absent.filter(key => key in context)).toEqual([]);
});

test('the session of an instance has its tags, its unique id and the credentials that were delivered to it', () => {
  expect(contextOf('s3:GetObject', byInstance(INSTANCE))).toMatchObject({
    'aws:PrincipalTag/team': 'blue',
    'aws:userid': '<workload#RoleId>:i-1',
    'aws:TokenIssueTime': INSTANCE.time,
    'ec2:RoleDelivery': '2.0',
    'ec2:SourceInstanceARN': `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`,
  });
});

describe('through an endpoint', () => {
  const context = contextOf('s3:GetObject', byInstance(INSTANCE), throughEndpoint('vpce-1', ACCOUNT, INSTANCE));

  test('the keys of the endpoint, of its VPC and of its owner come together', () => {
    expect(context).toMatchObject({
      'aws:SourceVpce': 'vpce-1',
      'aws:SourceVpc': 'vpc-1',
      'aws:SourceVpcArn': `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/vpc-1`,
      'aws:VpcSourceIp': '10.0.0.10',
      'aws:VpceAccount': ACCOUNT,
      'aws:VpceOrgID': 'o-1',
      'aws:VpceOrgPaths': ['o-1/r-1/'],
    });
  });

  test('there is no public address, even where one is known', () => {
    const { source } = networkThrough({ ...INSTANCE, id: 'vpce-1', account: ACCOUNT });
    const both = { network: { source: { ...source, publicAddress: '203.0.113.9' } } };
    expect(contextOf('s3:GetObject', byInstance(INSTANCE), both)).not.toHaveProperty(['aws:SourceIp']);
  });

  test('of services that do not say who owns an endpoint, nothing is known', () => {
    const other = contextOf('ssm:GetParameter', byInstance(INSTANCE), throughEndpoint('vpce-1', ACCOUNT, INSTANCE));
    expect(other).toHaveProperty(['aws:SourceVpce']);
    expect(other).not.toHaveProperty(['aws:VpceOrgID']);
  });
});

test('only a forward access session says through which services it came, and nothing of the network', () => {
  const encrypted = {
    region: 'eu-west-1',
    bucketArn: 'arn:aws:s3:::data',
    objectArn: OBJECT.target.arn,
    bucketKey: true,
  };
  const byCaller = contextOf('kms:Decrypt', byInstance(INSTANCE), throughEndpoint('vpce-1', ACCOUNT, INSTANCE));
  const forwarded = contextOf(
    'kms:Decrypt',
    byInstance(INSTANCE),
    throughEndpoint('vpce-1', ACCOUNT, INSTANCE),
    byS3(encrypted),
  );
  expect(byCaller['aws:ViaAWSService']).toBe('false');
  expect(byCaller).not.toHaveProperty(['kms:ViaService']);
  expect(forwarded).toMatchObject({
    'aws:ViaAWSService': 'true',
    'kms:ViaService': 's3.eu-west-1.amazonaws.com',
    'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::data',
  });
  expect(Object.keys(forwarded).filter(key => /Source(Vpc|Ip)|Vpce/.test(key) && !/Ec2Instance/.test(key))).toEqual([]);
});

test('only a service principal acts for a resource', () => {
  const onBehalf = { callerChain: { sourceAccount: ACCOUNT } };
  const service = contextOf('s3:PutObject', byService('logging.s3.amazonaws.com'), onBehalf);
  expect(service['aws:SourceAccount']).toBe(ACCOUNT);
  expect(service).not.toHaveProperty(['aws:PrincipalAccount']);
  expect(contextOf('s3:PutObject', byInstance(INSTANCE), onBehalf)).not.toHaveProperty(['aws:SourceAccount']);
});

test('plain HTTP has no version of TLS', () => {
  const context = contextOf('s3:GetObject', byInstance(INSTANCE), { channel: { tls: 'none' } });
  expect(context['aws:SecureTransport']).toBe('false');
  expect(context).not.toHaveProperty(['s3:TlsVersion']);
});

test('a sender cannot say by itself what follows from something else', () => {
  const forged = { parameters: { 'AWS:SourceVpce': 'vpce-forged' } };
  expect(() => contextOf('s3:GetObject', byInstance(INSTANCE), forged)).toThrow(
    "context key 'AWS:SourceVpce' follows from network.source of the request",
  );
  expect(contextOf('s3:ListBucket', byInstance(INSTANCE), { parameters: { 's3:prefix': 'a/' } })['s3:prefix']).toBe(
    'a/',
  );
});
