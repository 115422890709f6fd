import { AwsOwnedBucket } from '../../src';
import { TYPE, bySid, filledIn, listOf, sids, statements, synthesize } from '../support/resources';

const inIreland = (reference: string) => ({ 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1' })[reference] ?? reference;
const both = () => synthesize({ awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories(), AwsOwnedBucket.ssmAgent()] }).template;

describe('the buckets of AWS in the endpoint policy', () => {
  test.each([
    ['ReadAmazonLinux2023Repositories', 'arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*'],
    ['ReadSsmAgent', 'arn:aws:s3:::amazon-ssm-eu-west-1/*'],
  ])('have the statement %s, with exact ARNs', (sid, arn) => {
    const statement = bySid(statements(both(), TYPE.endpoint), sid);
    const arns = listOf(filledIn(statement.Resource, inIreland)) as string[];
    expect(arns).toContain(arn);
    arns.forEach(each => expect(each).toMatch(/^arn:aws:s3:::[a-z0-9-]*eu-west-1[a-z0-9-]*\/\*$/));
  });

  test.each(
    ['ReadAmazonLinux2023Repositories', 'ReadSsmAgent'],
  )('ask nothing of the principal in %s: some requests are unsigned or signed by AWS', sid => {
    const statement = bySid(statements(both(), TYPE.endpoint), sid);
    expect(statement).toMatchObject({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' });
    expect(statement.Condition).toBeUndefined();
  });

  test('are none unless named', () => {
    expect(sids(statements(synthesize().template, TYPE.endpoint)).filter(sid => /AmazonLinux|SsmAgent/.test(sid))).toEqual([]);
  });

  test('have a name of their own each, also when one is named twice', () => {
    const names = sids(statements(synthesize({ awsOwnedBuckets: [AwsOwnedBucket.ssmAgent(), AwsOwnedBucket.ssmAgent()] }).template, TYPE.endpoint));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the buckets of AWS in the role policy', () => {
  test('are those that the role signs for, pinned to the endpoint', () => {
    const statement = bySid(statements(both(), TYPE.managedPolicy), 'ReadAwsOwnedBuckets');
    const arns = listOf(filledIn(statement.Resource, inIreland)) as string[];
    expect(statement.Action).toBe('s3:GetObject');
    expect(Object.keys(statement.Condition?.StringEquals ?? {})).toEqual(['aws:SourceVpce']);
    expect(arns).toContain('arn:aws:s3:::amazon-ssm-eu-west-1/*');
    expect(arns.filter(arn => arn.includes('al2023'))).toEqual([]);
  });

  test('are none where the requests are unsigned', () => {
    const { template } = synthesize({ awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()] });
    expect(sids(statements(template, TYPE.managedPolicy))).not.toContain('ReadAwsOwnedBuckets');
  });
});
