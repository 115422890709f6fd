import { outcome, resolved, whyNot } from './support';
import { isOpaque } from '../../src/cloudformation/symbols';

const BUCKET = {
  Bucket: { Type: 'AWS::S3::Bucket' },
  Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
};

describe('Fn::Join', () => {
  test('joins texts, numbers and resolved parts', () => {
    expect(resolved({ 'Fn::Join': ['-', ['a', 1, true, { Ref: 'Named' }]] }, { Resources: BUCKET })).toBe(
      'a-1-true-data',
    );
  });

  test('joins a list that a function returns', () => {
    expect(resolved({ 'Fn::Join': ['/', { 'Fn::Split': [',', 'a,b'] }] })).toBe('a/b');
  });

  test('reports a part that is not a text', () => {
    expect(whyNot({ 'Fn::Join': ['', ['a', { b: 'c' }]] })).toBe('Fn::Join: a part of the list is not a text');
    expect(whyNot({ 'Fn::Join': ['', 'no list'] })).toBe('Fn::Join: a part of the list is not a text');
  });
});

describe('Fn::Sub', () => {
  test('replaces resources, attributes, pseudo parameters and parameters', () => {
    const sections = { Resources: BUCKET, Parameters: { Stage: { Type: 'String', Default: 'prod' } } };
    expect(
      resolved({ 'Fn::Sub': '${Named} ${Named.Arn} ${AWS::AccountId} ${Stage}' }, sections, {
        account: '111122223333',
        region: 'eu-west-1',
      }),
    ).toBe('data arn:aws:s3:::data 111122223333 prod');
  });

  test('replaces values of its own first', () => {
    expect(
      resolved(
        { 'Fn::Sub': ['${Named}/${Key}', { Named: 'own', Key: { 'Fn::Join': ['', ['k', 1]] } }] },
        { Resources: BUCKET },
      ),
    ).toBe('own/k1');
  });

  test('leaves policy variables that are escaped', () => {
    expect(resolved({ 'Fn::Sub': 'home/${!aws:username}/*' })).toBe('home/${aws:username}/*');
  });

  test('reports a variable that does not exist, and one that is not a text', () => {
    expect(whyNot({ 'Fn::Sub': '${Nothing}' })).toBe('Ref: the template has no Nothing');
    expect(
      whyNot({ 'Fn::Sub': '${List}' }, { Parameters: { List: { Type: 'CommaDelimitedList', Default: 'a,b' } } }),
    ).toBe('Fn::Sub: ${List} is not a text');
    expect(whyNot({ 'Fn::Sub': { a: 'b' } })).toBe('Fn::Sub: it needs a text');
  });
});

describe('Fn::Select', () => {
  test('takes an element, also by an index that is a text', () => {
    expect(resolved({ 'Fn::Select': [1, ['a', 'b']] })).toBe('b');
    expect(resolved({ 'Fn::Select': ['0', { 'Fn::Split': [',', 'a,b'] }] })).toBe('a');
  });

  test('reports an element that is not there', () => {
    expect(whyNot({ 'Fn::Select': [2, ['a', 'b']] })).toBe('Fn::Select: the list has no element 2');
    expect(whyNot({ 'Fn::Select': [0, 'text'] })).toBe('Fn::Select: it needs a list');
  });
});

describe('Fn::Split', () => {
  test('splits a text', () => {
    expect(resolved({ 'Fn::Split': ['-', 'a-b-'] })).toEqual(['a', 'b', '']);
  });

  test('takes the parts of an ARN, symbols in one piece', () => {
    const arn = { 'Fn::GetAtt': ['Role', 'Arn'] };
    const sections = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/app/' } } } };
    expect(resolved({ 'Fn::Select': [4, { 'Fn::Split': [':', arn] }] }, sections)).toBe('<account>');
    expect(resolved({ 'Fn::Select': [2, { 'Fn::Split': ['/', arn] }] }, sections)).toBe('<Training.Role>');
  });

  test('of what could be split anywhere is one symbol', () => {
    const endpoint = { Endpoint: { Type: 'AWS::EC2::VPCEndpoint' } };
    const attribute = { 'Fn::Split': [':', { 'Fn::GetAtt': ['Endpoint', 'Other'] }] };
    const region = { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] };
    expect(isOpaque(resolved(attribute, { Resources: endpoint }) as string)).toBe(true);
    expect(isOpaque(resolved({ 'Fn::Select': [0, region] }) as string)).toBe(true);
    expect(resolved({ 'Fn::Select': [0, region] })).not.toBe(resolved({ 'Fn::Select': [1, region] }));
    expect(whyNot({ 'Fn::Split': ['', 'text'] })).toBe('Fn::Split: it needs a delimiter and a text');
  });
});

describe('Fn::FindInMap', () => {
  const Mappings = { Names: { 'eu-west-1': { bucket: 'ireland' } } };

  test('looks up by keys that are resolved', () => {
    expect(
      resolved({ 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'bucket'] }, { Mappings }, { region: 'eu-west-1' }),
    ).toBe('ireland');
  });

  test('takes the default where there is one, and reports a missing key else', () => {
    expect(
      resolved({ 'Fn::FindInMap': ['Names', 'us-east-1', 'bucket', { DefaultValue: 'none' }] }, { Mappings }),
    ).toBe('none');
    expect(whyNot({ 'Fn::FindInMap': ['Names', 'us-east-1', 'bucket'] }, { Mappings })).toBe(
      'Fn::FindInMap: the mapping Names has no us-east-1, bucket',
    );
    expect(whyNot({ 'Fn::FindInMap': ['Missing', { Ref: 'AWS::Region' }, 'bucket'] }, { Mappings })).toBe(
      'Fn::FindInMap: the mapping Missing has no <region>, bucket',
    );
  });

  test('is one of the texts that the Regions have, where the Region is known at deployment only', () => {
    const Names = {
      'eu-west-1': { bucket: 'one', key: 'same' },
      'us-east-1': { bucket: 'two', key: 'same' },
    };
    const lookUp = (second: string) =>
      resolved({ 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, second] }, { Mappings: { Names } }) as string;

    expect(isOpaque(lookUp('bucket'))).toBe(true);
    expect(lookUp('bucket')).toBe(lookUp('bucket'));
    expect(lookUp('key')).toBe('same');
  });
});

describe('other functions', () => {
  test('Fn::GetAZs gives the same symbols for the same Region', () => {
    const first = (region: string) =>
      resolved({ 'Fn::Select': [0, { 'Fn::GetAZs': region }] }, {}, { region: 'eu-west-1' });
    expect(first('')).toBe(first('eu-west-1'));
    expect(first('')).not.toBe(first('us-east-1'));
    expect(resolved({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] })).not.toBe(
      resolved({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }),
    );
  });

  test('Fn::Cidr gives as many ranges as asked for, and symbols where the block is not known', () => {
    expect(resolved({ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] })).toEqual(['10.0.0.0/24', '10.0.1.0/24']);
    expect(resolved({ 'Fn::Cidr': ['2001:db8::/56', 2, 64] })).toEqual([
      '2001:db8:0:0:0:0:0:0/64',
      '2001:db8:0:1:0:0:0:0/64',
    ]);
    expect(resolved({ 'Fn::Cidr': ['unheard', 2, 8] })).toEqual(['<cidr.unheard-8#0>', '<cidr.unheard-8#1>']);
  });

  test('Fn::Base64 encodes', () => {
    expect(resolved({ 'Fn::Base64': { 'Fn::Sub': 'echo ${AWS::Region}' } })).toBe(
      Buffer.from('echo <region>').toString('base64'),
    );
    expect(whyNot({ 'Fn::Base64': ['a'] })).toBe('Fn::Base64: it needs a text');
  });

  test('Fn::Length and Fn::ToJsonString', () => {
    expect(resolved({ 'Fn::Length': ['a', 'b'] })).toBe(2);
    expect(resolved({ 'Fn::ToJsonString': { a: { Ref: 'Named' } } }, { Resources: BUCKET })).toBe('{"a":"data"}');
    expect(whyNot({ 'Fn::Length': 'a' })).toBe('Fn::Length: the list is known at deployment only');
  });

  test('an unknown function is reported with its place, and the same one has the same symbol', () => {
    const macro = { 'Fn::Transform': { Name: 'Guess' } };
    const { value, unresolved } = outcome({ a: [macro, macro], b: { 'Fn::Transform': { Name: 'Other' } } });
    const {
      a: [first, second],
      b,
    } = value as { a: string[]; b: string };
    expect(first).toBe(second);
    expect(first).not.toBe(b);
    expect(unresolved[0]).toEqual({
      stack: 'Training',
      logicalId: 'Probe',
      path: 'Properties.Value.a.0.Fn::Transform',
      function: 'Fn::Transform',
      why: 'this function is not known here',
    });
    expect(unresolved).toHaveLength(3);
  });

  test('the Condition of a statement is not a function', () => {
    const statement = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(resolved(statement)).toEqual(statement);
  });

  test('AWS::NoValue leaves out properties and elements', () => {
    expect(resolved({ a: { Ref: 'AWS::NoValue' }, b: ['x', { Ref: 'AWS::NoValue' }] })).toEqual({ b: ['x'] });
  });

  test('dynamic references are symbols, the same for the same parameter', () => {
    const parameter = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/key' };
    const reference = resolved('arn:aws:kms:{{resolve:ssm:/app/key}}:x');
    expect(reference).toBe('arn:aws:kms:<ssm#|app|key>:x');
    expect(resolved({ Ref: 'Key' }, { Parameters: { Key: parameter } })).toBe('<ssm#|app|key>');
  });
});
