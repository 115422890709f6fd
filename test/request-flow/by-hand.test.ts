import { assumed, onlyFlow, sentences } from './support';
import type { Json, JsonObject } from '../../src/cloudformation/json';
import { assemblyOf } from '../../src/cloudformation/models';

/** The pattern as one writes it by hand: parameters, `Fn::Sub`, names and ARNs in full. */
function byHand(change: JsonObject = {}): JsonObject {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Project: { Type: 'String', Default: 'myapp' }, ImageId: { Type: 'AWS::EC2::Image::Id' } },
    Mappings: { Ranges: { myapp: { vpc: '10.1.0.0/16' } } },
    Resources: { ...network(), ...identity(), ...data(), ...compute(), ...change },
  };
}

function resource(Type: string, Properties: JsonObject): Json {
  return { Type, Properties };
}

function network(): JsonObject {
  const range = { 'Fn::FindInMap': ['Ranges', { Ref: 'Project' }, 'vpc'] };
  return {
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: range }),
    Subnet: resource('AWS::EC2::Subnet', {
      VpcId: { Ref: 'Vpc' },
      CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [range, 2, 8] }] },
    }),
    Routes: resource('AWS::EC2::RouteTable', { VpcId: { Ref: 'Vpc' } }),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: 'Subnet' },
      RouteTableId: { Ref: 'Routes' },
    }),
    Group: resource('AWS::EC2::SecurityGroup', {
      VpcId: { Ref: 'Vpc' },
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-6da54004' }],
    }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', {
      VpcId: { Ref: 'Vpc' },
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
      RouteTableIds: [{ Ref: 'Routes' }],
      PolicyDocument: document({
        Principal: '*',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: { 'Fn::Sub': 'arn:aws:s3:::${Project}-data/*' },
      }),
    }),
  };
}

function identity(): JsonObject {
  return {
    Role: resource('AWS::IAM::Role', {
      RoleName: { 'Fn::Sub': '${Project}-app' },
      Path: '/app/',
      AssumeRolePolicyDocument: document({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      Policies: [
        {
          PolicyName: 'Data',
          PolicyDocument: document({
            Action: ['s3:GetObject', 's3:PutObject'],
            Resource: { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Data', 'Arn'] }, '*']] },
          }),
        },
      ],
    }),
    Profile: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Role' }] }),
  };
}

function data(): JsonObject {
  return {
    Data: resource('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': '${Project}-data' } }),
    DataPolicy: resource('AWS::S3::BucketPolicy', {
      Bucket: 'myapp-data',
      PolicyDocument: document({
        Sid: 'OnlyTheApp',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::myapp-data/*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app/myapp-app' } },
      }),
    }),
  };
}

function compute(): JsonObject {
  return {
    Instance: resource('AWS::EC2::Instance', {
      ImageId: { Ref: 'ImageId' },
      SubnetId: { Ref: 'Subnet' },
      SecurityGroupIds: [{ 'Fn::GetAtt': 'Group.GroupId' }],
      IamInstanceProfile: { Ref: 'Profile' },
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: '1' },
      UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 cp s3://${Data}/in .' } },
    }),
  };
}

function document(statement: JsonObject): JsonObject {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
}

function flowOf(change?: JsonObject) {
  return onlyFlow(assemblyOf('hand', byHand(change), { account: '111122223333', region: 'eu-west-1' }));
}

test('names and ARNs that are written in full are the same things', () => {
  const flow = flowOf();
  expect(sentences(flow)).toEqual([]);
  expect(assumed(flow)).toEqual([]);
  expect(flow.buckets).toEqual(['myapp-data']);
  expect(flow.requests.map(({ request: { action, principal, resource: arn } }) => [action, principal, arn])).toEqual(
    ['s3:GetObject', 's3:PutObject'].map(action => [
      action,
      'arn:aws:sts::111122223333:assumed-role/myapp-app/i-<Instance>',
      'arn:aws:s3:::myapp-data/object',
    ]),
  );
});

test('a request carries what S3 would see, and one to KMS what S3 passes on', () => {
  const encryption = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-1:444455556666:key/1' };
  const flow = flowOf({
    Data: resource('AWS::S3::Bucket', {
      BucketName: 'myapp-data',
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: encryption }] },
    }),
  });
  const [read, decrypt] = flow.requests.map(({ request }) => request);
  const session = {
    'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app/myapp-app',
    'aws:PrincipalAccount': '111122223333',
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': '<myapp-app#RoleId>:i-<Instance>',
    'aws:TokenIssueTime': expect.stringMatching(/^2\d{3}-/),
    'aws:CurrentTime': expect.stringMatching(/^2\d{3}-/),
    'ec2:RoleDelivery': '2.0',
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': 'eu-west-1',
    'ec2:SourceInstanceARN': 'arn:aws:ec2:eu-west-1:111122223333:instance/i-<Instance>',
    'aws:Ec2InstanceSourceVpc': 'vpc-<hand.Vpc>',
    'aws:Ec2InstanceSourcePrivateIPv4': '10.1.0.10',
  };
  expect(read).toEqual({
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::myapp-data/object',
    resourceAccount: '111122223333',
    principal: 'arn:aws:sts::111122223333:assumed-role/myapp-app/i-<Instance>',
    context: {
      ...session,
      'aws:SourceVpc': 'vpc-<hand.Vpc>',
      'aws:VpcSourceIp': '10.1.0.10',
      'aws:SourceVpce': 'vpce-<hand.Endpoint>',
      'aws:SourceVpcArn': 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-<hand.Vpc>',
      'aws:VpceAccount': '111122223333',
      'aws:ViaAWSService': 'false',
      'aws:ResourceAccount': '111122223333',
      's3:ResourceAccount': '111122223333',
      's3:TlsVersion': '1.3',
      's3:authType': 'REST-HEADER',
      's3:signatureversion': 'AWS4-HMAC-SHA256',
    },
  });
  expect(decrypt).toEqual({
    action: 'kms:Decrypt',
    resource: 'arn:aws:kms:eu-west-1:444455556666:key/1',
    resourceAccount: '444455556666',
    principal: read.principal,
    context: {
      ...session,
      'aws:ViaAWSService': 'true',
      'aws:ResourceAccount': '444455556666',
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      'kms:CallerAccount': '111122223333',
      'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::myapp-data/object',
      'kms:EncryptionContextKeys': ['aws:s3:arn'],
    },
  });
});

test('a role that is renamed no longer is the one that the bucket lets in', () => {
  const { Role } = identity() as { Role: { Properties: JsonObject } };
  const flow = flowOf({ Role: resource('AWS::IAM::Role', { ...Role.Properties, RoleName: 'other' }) });
  expect(sentences(flow)).toEqual(
    ['s3:GetObject', 's3:PutObject'].map(
      action =>
        `3: ${action} on arn:aws:s3:::myapp-data/object is refused: denied by statement OnlyTheApp of the bucket policy of DataPolicy of hand`,
    ),
  );
});

test('a default endpoint policy lets everything through', () => {
  const { Endpoint } = network() as { Endpoint: { Properties: JsonObject } };
  const properties = Object.fromEntries(
    Object.entries(Endpoint.Properties).filter(([key]) => key !== 'PolicyDocument'),
  );
  expect(sentences(flowOf({ Endpoint: resource('AWS::EC2::VPCEndpoint', properties) }))).toEqual([]);
});

test('a bucket of another account has to let the role in: taken for granted if it is not in the assembly', () => {
  const policy = document({
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::theirs/in/*',
    Condition: { StringEquals: { 'aws:ResourceAccount': '444455556666' } },
  });
  const endpoint = network().Endpoint as { Properties: JsonObject };
  const flow = flowOf({
    More: resource('AWS::IAM::Policy', { PolicyName: 'More', Roles: [{ Ref: 'Role' }], PolicyDocument: policy }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', {
      ...endpoint.Properties,
      PolicyDocument: document({ Principal: '*', Action: '*', Resource: '*' }),
    }),
  });
  expect(sentences(flow)).toEqual([]);
  expect(assumed(flow)).toEqual(['the policy of the bucket theirs lets the role in']);
  expect(flow.requests.find(({ bucket }) => bucket === 'theirs')?.request.resourceAccount).toBe('444455556666');
});

test('conditions on the organization hold: the accounts are taken to be in it', () => {
  const endpoint = network().Endpoint as { Properties: JsonObject };
  const statement = {
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' },
    },
  };
  expect(
    sentences(
      flowOf({
        Endpoint: resource('AWS::EC2::VPCEndpoint', { ...endpoint.Properties, PolicyDocument: document(statement) }),
      }),
    ),
  ).toEqual([]);
});

test('conditions on tags of the role hold if it has them', () => {
  const { Role } = identity() as { Role: { Properties: JsonObject } };
  const endpoint = network().Endpoint as { Properties: JsonObject };
  const statement = {
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalTag/team': 'data' } },
  };
  const Endpoint = resource('AWS::EC2::VPCEndpoint', { ...endpoint.Properties, PolicyDocument: document(statement) });
  const Tagged = resource('AWS::IAM::Role', { ...Role.Properties, Tags: [{ Key: 'team', Value: 'data' }] });
  expect(sentences(flowOf({ Endpoint }))).toHaveLength(2);
  expect(sentences(flowOf({ Endpoint, Role: Tagged }))).toEqual([]);
});
