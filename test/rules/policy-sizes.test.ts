import { findings, lines, policyOf, roleOf, workloadOf } from './support';
import type { BucketModel } from '../../src/cloudformation/models';
import type { PolicyPlace } from '../../src/rules/all-rules';
import { longestSize } from '../../src/rules/longest-values';
import { policySizes } from '../../src/rules/policy-sizes';

const EMPTY = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":""}}'.length;

/** A policy of so many characters. */
function ofSize(place: PolicyPlace, size: number) {
  return policyOf(place, { Effect: 'Deny', Action: 's3:*', Resource: 'x'.repeat(size - EMPTY) });
}

describe('limits', () => {
  test.each<[PolicyPlace, number]>([
    ['managed policy', 6_144],
    ['permissions boundary', 6_144],
    ['trust policy', 2_048],
    ['bucket', 20_480],
    ['S3 endpoint', 20_480],
    ['other endpoint', 20_480],
    ['key', 32_768],
    ['service control policy', 10_240],
    ['resource control policy', 5_120],
  ])('of the %s: %d', (place, limit) => {
    expect(lines(policySizes, [ofSize(place, limit)])).toEqual([]);
    expect(lines(policySizes, [ofSize(place, limit + 1)])).toEqual([
      expect.stringMatching(
        new RegExp(
          `^the ${place}( policy)? is up to ${limit + 1} characters long when its names are filled in, allowed: ${limit} > \\w`,
        ),
      ),
    ]);
  });

  test('policies of AWS are as long as AWS wants', () => {
    expect(lines(policySizes, [{ ...ofSize('managed policy', 7_000), where: undefined }])).toEqual([]);
  });

  test('inline policies have one together', () => {
    const role = roleOf();
    expect(lines(policySizes, [ofSize('inline policy', 5_120), ofSize('inline policy', 5_120)], { role })).toEqual([]);
    const [finding, ...more] = findings(policySizes, [ofSize('inline policy', 5_120), ofSize('inline policy', 5_121)], {
      role,
    });
    expect([finding.where, finding.description, more]).toEqual([
      role.where,
      'the inline policies of Training/App/Role are up to 10241 characters long together, allowed: 10240',
      [],
    ]);
    expect(lines(policySizes, [ofSize('inline policy', 10_241)])[0]).toContain('the inline policies of the role are');
  });

  test.each<[string, number, string]>([
    ['aws', 20, '20; up to 25 on request'],
    ['aws-cn', 20, '20; up to 25 on request'],
    ['aws-us-gov', 20, '20; up to 25 on request'],
    [
      '<partition>',
      20,
      '20; up to 25 on request; the partition is not known: 10 in others than aws, aws-cn, aws-us-gov',
    ],
    ['aws-eusc', 10, '10'],
    ['aws-iso', 10, '10'],
    ['aws-iso-f', 10, '10'],
  ])('a role in %s has %d managed policies', (partition, quota, allowed) => {
    const policies = Array.from({ length: quota - 2 }, () => ofSize('managed policy', 100));
    const workload = {
      role: roleOf({ unknownPolicies: ['arn:aws:iam::aws:policy/One', 'arn:aws:iam::111122223333:policy/Two'] }),
      environment: { ...workloadOf().environment, partition },
    };
    expect(lines(policySizes, policies, workload)).toEqual([]);
    expect(lines(policySizes, [...policies, ofSize('managed policy', 100)], workload)).toEqual([
      `${quota + 1} managed policies are attached to Training/App/Role, allowed by default: ${allowed} > merge policies, or ask for a higher quota of the managed policies attached to a role`,
    ]);
  });
});

describe('what the deployment fills in', () => {
  const bucket = { name: '<Training.Data>' } as BucketModel;
  const size = (resource: string) =>
    longestSize(
      { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:*', Resource: resource } },
      { buckets: [{ name: 'logs' } as BucketModel, bucket] },
    ) - EMPTY;

  test.each<[string, string]>([
    ['data', 'data'],
    ['<account>', '111122223333'],
    ['<region>', 'us-isof-south-1'],
    ['<partition>', 'aws-us-gov'],
    ['s3.<url-suffix>', 's3.amazonaws.com.cn'],
    ['vpce-<Training.Endpoint>', 'vpce-0123456789abcdef0'],
    ['arn:aws:s3:::<Training.Other>/*', `arn:aws:s3:::${'b'.repeat(63)}/*`],
    ['<Training.Data>/*', `${'b'.repeat(63)}/*`],
    [
      'arn:<partition>:iam::<account>:role/app/<Training.Role>',
      `arn:aws-us-gov:iam::111122223333:role/app/${'r'.repeat(64)}`,
    ],
    [
      'arn:aws:kms:<region>:<account>:key/<Training.Key>',
      'arn:aws:kms:us-isof-south-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef',
    ],
    ['<Training.Topic>', 'n'.repeat(64)],
    ['<Training.Function#Arn>', 'v'.repeat(128)],
    ['a <Fn;;Split#x-y> b <account>', `a ${'v'.repeat(128)} b 111122223333`],
  ])('%s', (resource, longest) => {
    expect(size(resource)).toBe(longest.length);
  });
});
