import { handmade, model } from './support';
import type { Json, JsonObject } from '../../src/cloudformation/json';
import { resolvedAssemblies } from '../../src/cloudformation/resolved-assembly';

const ref = (name: string) => ({ Ref: name });
const of = (Type: string, Properties: JsonObject = {}) => ({ Type, Properties });

describe('a second one of what AWS has one of', () => {
  const conflicts = (resources: JsonObject) =>
    model(resources).conflicts.map(({ kind, where }) => `${kind} ${where.logicalId}`);
  const Data = of('AWS::S3::Bucket', { BucketName: 'data' });

  test.each<[string, Json]>([
    ['by its name', 'data'],
    ['by a part of its ARN', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Data', 'Arn'] }] }] }],
    ['by a text that is put together', { 'Fn::Join': ['', ['da', 'ta']] }],
  ])('is a policy of the same bucket, %s', (_, Bucket) => {
    const policies = {
      First: of('AWS::S3::BucketPolicy', { Bucket: ref('Data') }),
      Second: of('AWS::S3::BucketPolicy', { Bucket }),
    };
    expect(conflicts({ Data, ...policies })).toEqual(['bucket policy Second']);
  });

  test('is a network ACL of the same subnet', () => {
    const Acl = of('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: ref('Subnet'), NetworkAclId: 'acl-1' });
    expect(conflicts({ Subnet: of('AWS::EC2::Subnet'), One: Acl, Two: Acl })).toEqual(['network ACL Two']);
  });

  test('is no policy of another bucket', () => {
    const Other = of('AWS::S3::BucketPolicy', { Bucket: 'other' });
    expect(conflicts({ Data, First: of('AWS::S3::BucketPolicy', { Bucket: ref('Data') }), Other })).toEqual([]);
  });
});

describe('a key', () => {
  const keyOf = (properties: JsonObject) => model({ Key: of('AWS::KMS::Key', properties) }).keys[0];

  test.each<[JsonObject, string]>([
    [{ Enabled: 'false' }, 'is disabled'],
    [
      { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      'is of the kind ECC_NIST_P256, and S3 takes symmetric keys only',
    ],
    [{ KeyUsage: 'GENERATE_VERIFY_MAC' }, 'is for GENERATE_VERIFY_MAC, and not for encryption'],
    [{ Origin: 'EXTERNAL' }, 'has no material until somebody imports it'],
  ])('of %j is of no use', (properties, why) => {
    expect(keyOf(properties).unusable).toBe(why);
  });

  test('is of use as it comes, and its account decides', () => {
    const { unusable, policy } = keyOf({});
    expect(unusable).toBeUndefined();
    expect(policy?.document.Statement).toEqual([
      expect.objectContaining({ Action: 'kms:*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ]);
  });
});

describe('access control lists', () => {
  const open = { IgnorePublicAcls: false };
  const writers = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] };

  test.each<[string, JsonObject, boolean]>([
    [
      'count where writers own objects',
      { AccessControl: 'AuthenticatedRead', OwnershipControls: writers, PublicAccessBlockConfiguration: open },
      true,
    ],
    ['of objects count, too', { OwnershipControls: writers, PublicAccessBlockConfiguration: open }, true],
    ['are ignored by default', { AccessControl: 'PublicRead', OwnershipControls: writers }, false],
    [
      'are off where the bucket owns its objects',
      { AccessControl: 'PublicRead', PublicAccessBlockConfiguration: open },
      false,
    ],
  ])('%s', (_, properties, expected) => {
    expect(model({ Logs: of('AWS::S3::Bucket', properties) }).buckets[0].openByAcl !== undefined).toBe(expected);
  });
});

describe('what passes on data or events', () => {
  const readers = (resources: JsonObject) =>
    model(resources).readers.map(({ where, isForeign }) => [where.logicalId, isForeign]);
  const notifying = of('AWS::S3::Bucket', {
    NotificationConfiguration: { TopicConfigurations: [{ Topic: ref('Topic') }] },
  });
  const bridged = of('AWS::S3::Bucket', { NotificationConfiguration: { EventBridgeConfiguration: {} } });
  const rule = (Arn: string, EventPattern: JsonObject) =>
    of('AWS::Events::Rule', { EventPattern, Targets: [{ Id: 'a', Arn }] });
  const FOREIGN_BUS = 'arn:aws:events:eu-west-1:555566667777:event-bus/theirs';

  test('are metadata tables, backups and locations of DataSync', () => {
    const Data = of('AWS::S3::Bucket', { MetadataConfiguration: { JournalTableConfiguration: {} } });
    const Arn = { 'Fn::GetAtt': ['Data', 'Arn'] };
    const Backup = of('AWS::Backup::BackupSelection', { BackupSelection: { Resources: [Arn] } });
    const Location = of('AWS::DataSync::LocationS3', { S3BucketArn: Arn });
    expect(
      readers({ Data, Backup, Location })
        .map(([id]) => id)
        .sort(),
    ).toEqual(['Backup', 'Data', 'Location']);
  });

  test('are subscriptions of others, and topics that let others subscribe', () => {
    const Topic = of('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] });
    const Statement = [{ Effect: 'Allow', Principal: { AWS: '555566667777' }, Action: 'sns:Subscribe', Resource: '*' }];
    const Policy = of('AWS::SNS::TopicPolicy', { Topics: [ref('Topic')], PolicyDocument: { Statement } });
    expect(readers({ Data: notifying, Topic, Policy })).toEqual([
      ['Topic', false],
      ['Policy', true],
    ]);
  });

  test('are rules of EventBridge that send events of the bucket to another account', () => {
    expect(readers({ Data: bridged, Rule: rule(FOREIGN_BUS, { source: ['aws.s3'] }) })).toEqual([['Rule', true]]);
    expect(readers({ Data: bridged, Rule: rule(FOREIGN_BUS, { source: ['aws.ec2'] }) })).toEqual([]);
    expect(
      readers({ Data: bridged, Rule: rule('arn:aws:sqs:eu-west-1:111122223333:q', { source: ['aws.s3'] }) }),
    ).toEqual([]);
  });
});

describe('a loop', () => {
  const names = (loop: Json, Parameters: JsonObject = {}) =>
    resolvedAssemblies(handmade({ Resources: { 'Fn::ForEach::Buckets': loop }, Parameters }))[0].resources.map(
      ({ ref: name }) => name,
    );
  const body = { 'Bucket&{Name}': of('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': 'data-${Name}' } }) };

  test('is written out for a list', () => {
    expect(names(['Name', ['a', 'b-c'], body])).toEqual(['data-a', 'data-b-c']);
  });

  test('is written out for the default of a parameter', () => {
    expect(names(['Name', ref('Names'), body], { Names: { Type: 'CommaDelimitedList', Default: 'a,b' } })).toEqual([
      'data-a',
      'data-b',
    ]);
  });

  test('is written out in properties', () => {
    const Tags = { 'Fn::ForEach::Tags': ['Name', ['x', 'y'], { '${Name}': ref('Name') }] };
    expect(model({ Role: of('AWS::S3::Bucket', { BucketName: 'b', Other: Tags }) }).buckets).toHaveLength(1);
  });

  test('over what is not in the template is reported', () => {
    const { unresolved } = model(
      { 'Fn::ForEach::Buckets': ['Name', ref('Names'), body] },
      { Parameters: { Names: { Type: 'CommaDelimitedList' } } },
    );
    expect(unresolved.map(({ function: name }) => name)).toEqual(['Fn::ForEach']);
  });
});

describe('what is not read', () => {
  const unread = (resources: JsonObject) =>
    model(resources).unresolved.map(({ logicalId, function: name }) => [logicalId, name]);

  test('is what a stack set deploys, unless it is about something else', () => {
    const set = (type: string) =>
      of('AWS::CloudFormation::StackSet', { TemplateBody: JSON.stringify({ Resources: { A: { Type: type } } }) });
    expect(unread({ Set: set('AWS::IAM::Policy') })).toEqual([['Set', 'StackSet']]);
    expect(unread({ Set: set('AWS::SQS::Queue') })).toEqual([]);
  });

  test('is what a handler elsewhere does with a resource that it is told of', () => {
    const custom = (ServiceToken: Json) => of('Custom::Edit', { ServiceToken, Bucket: ref('Data') });
    const Data = of('AWS::S3::Bucket');
    expect(unread({ Data, Edit: custom('arn:aws:lambda:eu-west-1:111122223333:function:f') })).toEqual([
      ['Data', 'Custom::Edit'],
    ]);
    const handler = (Role: Json) => ({
      Data,
      Role: of('AWS::IAM::Role'),
      F: of('AWS::Lambda::Function', { Role }),
      Edit: custom({ 'Fn::GetAtt': ['F', 'Arn'] }),
    });
    expect(unread(handler({ 'Fn::GetAtt': ['Role', 'Arn'] }))).toEqual([]);
    expect(unread(handler({ 'Fn::ImportValue': 'HandlerRole' }))).toContainEqual(['Data', 'Custom::Edit']);
    expect(unread(handler('arn:aws:iam::111122223333:role/Handler'))).toEqual([['Data', 'Custom::Edit']]);
  });
});
