import { withUnknownTexts } from '../../src/cloudformation/policy-texts';
import { asList, PolicyJson, StatementJson } from '../../src/iam';

const ANY = '<Training.P#Parameter>';
const FEW = '<FindInMap#1>';
const NAME = '<Training.Bucket>';
const TEXTS = new Map<string, readonly string[] | undefined>([
  [ANY, undefined],
  [FEW, ['one', 'two']],
]);

function read(statement: Partial<StatementJson>): StatementJson {
  const document = { Version: '2012-10-17', Statement: [statement] } as PolicyJson;
  return asList(withUnknownTexts(document, TEXTS).Statement)[0];
}

describe('in an allow, an unknown text', () => {
  const allow = (more: Partial<StatementJson>) => read({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });

  test.each<[string, Partial<StatementJson>, Partial<StatementJson>]>([
    ['is any action', { Action: ANY }, { Action: ['*'] }],
    ['is any part of an action', { Action: ['s3:Get', `s3:${ANY}`] }, { Action: ['s3:Get', 's3:*'] }],
    ['is any bucket', { Resource: `arn:aws:s3:::${ANY}/*` }, { Resource: ['arn:aws:s3:::*/*'] }],
    ['is each of a few', { Resource: `arn:aws:s3:::${FEW}` }, { Resource: ['arn:aws:s3:::one', 'arn:aws:s3:::two'] }],
    ['leaves nothing out', { NotResource: [ANY, 'x'] }, { NotResource: ['x'] }],
    ['is anybody', { Principal: { AWS: `arn:aws:iam::${ANY}:root` } }, { Principal: { AWS: ['*'] } }],
    ['is any service', { Principal: { Service: ANY } }, { Principal: { Service: ['*'] } }],
    [
      'is any value',
      { Condition: { StringEquals: { 'aws:ResourceAccount': ANY } } },
      { Condition: { StringLike: { 'aws:ResourceAccount': ['*'] } } },
    ],
    ['is any number', { Condition: { NumericLessThan: { 's3:max-keys': ANY } } }, { Condition: {} }],
    [
      'keeps nobody out',
      { Condition: { StringNotEquals: { 'aws:SourceVpce': [ANY, 'vpce-1'] } } },
      { Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1'] } } },
    ],
  ])('%s', (_, given, expected) => {
    expect(allow(given)).toMatchObject(expected);
  });

  test('is none where it names something of the template', () => {
    const statement = { Effect: 'Allow' as const, Action: 's3:*', Resource: `arn:aws:s3:::${NAME}` };
    expect(read(statement)).toEqual(statement);
  });
});

describe('in a deny, an unknown text', () => {
  const deny = (more: Partial<StatementJson>) => read({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more });

  test.each<[string, Partial<StatementJson>, Partial<StatementJson>]>([
    ['is no action', { Action: [ANY, 's3:GetObject'] }, { Action: ['s3:GetObject'] }],
    ['is no resource', { Resource: ANY }, { Resource: [] }],
    ['is nobody', { Principal: { AWS: ANY } }, { Principal: { AWS: [] } }],
    ['is none of a few', { Resource: FEW }, { Resource: [] }],
    ['may leave everything out', { NotResource: [ANY] }, { NotResource: ['*'] }],
    ['never holds', { Condition: { Bool: { 'aws:SecureTransport': ANY } } }, { Action: [] }],
    [
      'may spare everybody',
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ANY, 'arn:x'] } } },
      { Condition: { ArnNotLike: { 'aws:PrincipalArn': ['*', 'arn:x'] } } },
    ],
    ['may spare every address', { Condition: { NotIpAddress: { 'aws:SourceIp': ANY } } }, { Action: [] }],
    [
      'spares each of a few',
      { Condition: { StringNotEquals: { 'aws:SourceVpce': FEW } } },
      { Condition: { StringNotEquals: { 'aws:SourceVpce': ['one', 'two'] } } },
    ],
  ])('%s', (_, given, expected) => {
    expect(deny(given)).toMatchObject(expected);
  });
});
