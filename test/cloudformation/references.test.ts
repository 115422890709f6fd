import { handmade, outcome, resolved, Sections, whyNot } from './support';
import type { Json } from '../../src/cloudformation/json';
import { resolvedAssemblies } from '../../src/cloudformation/resolved-assembly';

const IRELAND = { account: '111122223333', region: 'eu-west-1' };

function of(type: string, properties: Record<string, Json>, value: Json) {
  return resolved(value, { Resources: { Thing: { Type: type, Properties: properties } } }, IRELAND);
}

/** The partition of each place that a template tells from others. */
function placesIn(sections: Sections) {
  return resolvedAssemblies(handmade(sections)).map(({ environments: [{ partition }] }) =>
    partition.startsWith('<') ? undefined : partition,
  );
}

const REF = { Ref: 'Thing' };
const ARN = { 'Fn::GetAtt': ['Thing', 'Arn'] };

describe('what a name is given to has the ARN that one would write', () => {
  test.each([
    ['AWS::S3::Bucket', { BucketName: 'data' }, 'data', 'arn:aws:s3:::data'],
    ['AWS::IAM::Role', { RoleName: 'App' }, 'App', 'arn:aws:iam::111122223333:role/App'],
    ['AWS::IAM::Role', { RoleName: 'App', Path: '/team/' }, 'App', 'arn:aws:iam::111122223333:role/team/App'],
    ['AWS::IAM::User', { UserName: 'dev' }, 'dev', 'arn:aws:iam::111122223333:user/dev'],
    [
      'AWS::IAM::InstanceProfile',
      { InstanceProfileName: 'App', Path: '/team/' },
      'App',
      'arn:aws:iam::111122223333:instance-profile/team/App',
    ],
    ['AWS::S3::AccessPoint', { Name: 'ap' }, 'ap', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap'],
    ['AWS::Lambda::Function', { FunctionName: 'f' }, 'f', 'arn:aws:lambda:eu-west-1:111122223333:function:f'],
    [
      'AWS::SQS::Queue',
      { QueueName: 'q' },
      'https://sqs.eu-west-1.amazonaws.com/111122223333/q',
      'arn:aws:sqs:eu-west-1:111122223333:q',
    ],
    ['AWS::Logs::LogGroup', { LogGroupName: '/app' }, '/app', 'arn:aws:logs:eu-west-1:111122223333:log-group:/app:*'],
  ])('%s %j', (type, properties, name, arn) => {
    expect(of(type, properties, REF)).toBe(name);
    expect(of(type, properties, ARN)).toBe(arn);
  });

  test('a managed policy and a topic go by their ARNs', () => {
    expect(of('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'P', Path: '/a/' }, REF)).toBe(
      'arn:aws:iam::111122223333:policy/a/P',
    );
    expect(of('AWS::SNS::Topic', { TopicName: 't' }, REF)).toBe('arn:aws:sns:eu-west-1:111122223333:t');
    expect(of('AWS::SNS::Topic', { TopicName: 't' }, { 'Fn::GetAtt': 'Thing.TopicName' })).toBe('t');
  });
});

describe('what has no name has a symbol', () => {
  test.each([
    ['AWS::S3::Bucket', '<Training.Thing>', 'arn:aws:s3:::<Training.Thing>'],
    ['AWS::IAM::Role', '<Training.Thing>', 'arn:aws:iam::111122223333:role/<Training.Thing>'],
    ['AWS::KMS::Key', '<Training.Thing>', 'arn:aws:kms:eu-west-1:111122223333:key/<Training.Thing>'],
    ['AWS::DynamoDB::Table', '<Training.Thing#Ref>', 'arn:aws:dynamodb:eu-west-1:111122223333:<Training.Thing>'],
  ])('%s', (type, name, arn) => {
    expect(of(type, {}, REF)).toBe(name);
    expect(of(type, {}, ARN)).toBe(arn);
  });

  test.each([
    ['AWS::EC2::VPC', 'vpc-', 'VpcId'],
    ['AWS::EC2::Subnet', 'subnet-', 'SubnetId'],
    ['AWS::EC2::RouteTable', 'rtb-', 'RouteTableId'],
    ['AWS::EC2::SecurityGroup', 'sg-', 'GroupId'],
    ['AWS::EC2::VPCEndpoint', 'vpce-', 'Id'],
    ['AWS::EC2::LaunchTemplate', 'lt-', 'LaunchTemplateId'],
    ['AWS::EC2::InternetGateway', 'igw-', 'InternetGatewayId'],
    ['AWS::EC2::EgressOnlyInternetGateway', 'eigw-', 'Id'],
    ['AWS::EC2::NatGateway', 'nat-', 'NatGatewayId'],
    ['AWS::EC2::TransitGateway', 'tgw-', 'Id'],
    ['AWS::EC2::VPNGateway', 'vgw-', 'VPNGatewayId'],
    ['AWS::EC2::VPCPeeringConnection', 'pcx-', 'Id'],
    ['AWS::EC2::PrefixList', 'pl-', 'PrefixListId'],
    ['AWS::EC2::NetworkInterface', 'eni-', 'Id'],
    ['AWS::EC2::Instance', 'i-', 'InstanceId'],
  ])('%s: Ref and the attribute of the id are the same', (type, prefix, attribute) => {
    expect(of(type, {}, REF)).toBe(`${prefix}<Training.Thing>`);
    expect(of(type, {}, { 'Fn::GetAtt': ['Thing', attribute] })).toBe(`${prefix}<Training.Thing>`);
  });

  test('attributes are opaque unless they repeat a property', () => {
    expect(of('AWS::EC2::Subnet', { VpcId: 'vpc-1' }, { 'Fn::GetAtt': ['Thing', 'VpcId'] })).toBe('vpc-1');
    expect(of('AWS::EC2::Subnet', {}, { 'Fn::GetAtt': ['Thing', 'VpcId'] })).toBe('<Training.Thing#VpcId>');
    expect(of('Custom::Lookup', {}, { 'Fn::GetAtt': ['Thing', 'Deep.Part'] })).toBe('<Training.Thing#Deep.Part>');
  });
});

test('a name that is made of parts is resolved', () => {
  expect(of('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': 'data-${AWS::AccountId}' } }, ARN)).toBe(
    'arn:aws:s3:::data-111122223333',
  );
  expect(of('AWS::S3::Bucket', { BucketName: { Ref: 'AWS::NoValue' } }, REF)).toBe('<Training.Thing>');
});

test('a name that depends on itself is reported', () => {
  const Resources = { Thing: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'x${Thing}' } } } };
  expect(outcome(REF, { Resources }).unresolved).toEqual([
    expect.objectContaining({
      logicalId: 'Thing',
      path: 'Properties.BucketName.Fn::Sub',
      why: 'the value depends on itself',
    }),
  ]);
});

describe('pseudo parameters', () => {
  const values = {
    'Fn::Sub': '${AWS::AccountId} ${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}',
  };

  test.each([
    ['eu-west-1', 'aws amazonaws.com'],
    ['cn-north-1', 'aws-cn amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov amazonaws.com'],
    ['us-iso-east-1', 'aws-iso c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b sc2s.sgov.gov'],
    ['eusc-de-east-1', 'aws-eusc amazonaws.eu'],
  ])('in %s', (region, expected) => {
    expect(resolved(values, {}, { account: '111122223333', region })).toBe(
      `111122223333 ${region} ${expected} Training`,
    );
  });

  test('are symbols where the environment is not concrete', () => {
    expect(resolved(values)).toBe('<account> <region> <partition> <url-suffix> Training');
  });

  test('the partition is each that literal ARNs name', () => {
    const other = (arn: string) => ({
      Resources: { Other: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [arn, 'arn:aws:s3:::x'] } } },
    });
    expect(resolved({ Ref: 'AWS::Partition' }, other('arn:aws:iam::aws:policy/P'))).toBe('aws');
    expect(placesIn(other('arn:aws-cn:iam::aws:policy/P'))).toEqual(['aws', 'aws-cn']);
  });

  test.each<[string, Record<string, Json>, Array<string | undefined>]>([
    ['nothing', {}, [undefined]],
    ['a pattern for all of them', { ManagedPolicyArns: ['arn:aws*:s3:::x'] }, ['aws']],
    ['a pattern for all but one', { ManagedPolicyArns: ['arn:aws-*:s3:::x'] }, [undefined, 'aws-cn']],
    ['a text for people', { Tags: [{ Key: 'a', Value: 'arn:aws-cn:s3:::x' }] }, [undefined]],
    ['a Region in a policy', { Policies: ['arn:*:kms:eu-west-1:*:key/k'] }, [undefined, 'aws']],
  ])('%s tells partitions apart', (_, Properties, expected) => {
    expect(placesIn({ Resources: { Other: { Type: 'AWS::IAM::Role', Properties } } })).toEqual(expected);
  });

  test('a Region is not compared with those of other partitions', () => {
    const InChina = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] };
    const value = { 'Fn::If': ['InChina', 'aws-cn', 'aws'] };
    const Role = { Type: 'AWS::Organizations::Policy', Properties: { Path: value } };
    const seen = resolvedAssemblies(handmade({ Conditions: { InChina }, Resources: { Role } })).map(
      ({ environments: [{ partition }], resources: [{ properties }] }) => [partition, properties.Path],
    );
    expect(seen).toEqual([
      ['aws', 'aws'],
      ['aws-cn', 'aws-cn'],
      ['aws-cn', 'aws'],
    ]);
  });

  test('others are reported', () => {
    expect(whyNot({ Ref: 'AWS::NotificationARNs' })).toBe(
      'Ref: the value of AWS::NotificationARNs is known at deployment only',
    );
    expect(resolved({ Ref: 'AWS::StackId' }, {}, IRELAND)).toBe(
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/Training/<Training.AWS#StackId>',
    );
  });
});

describe('parameters', () => {
  test.each([
    [{ Type: 'String', Default: 'a' }, 'a'],
    [{ Type: 'Number', Default: 3 }, '3'],
    [{ Type: 'CommaDelimitedList', Default: 'a, b' }, ['a', 'b']],
    [{ Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2' }, ['subnet-1', 'subnet-2']],
    [{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/ami' }, '<ssm#|ami>'],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' }, ['<ssm#|list>']],
    [{ Type: 'String' }, '<Training.Given#Parameter>'],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, ['<Training.Given#Parameter>']],
  ])('%j is %j', (parameter, expected) => {
    expect(resolved({ Ref: 'Given' }, { Parameters: { Given: parameter } })).toEqual(expected);
  });
});
