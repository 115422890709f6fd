import { RegionInfo } from 'aws-cdk-lib/region-info';
import { S3_PREFIX_LISTS } from '../../src/base/s3-prefix-lists';

describe('the S3 prefix lists', () => {
  test.each([...S3_PREFIX_LISTS])('of %s are %s, an id of AWS in a Region that exists', (region, id) => {
    expect(id).toMatch(/^pl-[0-9a-f]{8}$/);
    expect(RegionInfo.regions.map(({ name }) => name)).toContain(region);
  });

  test('are those of S3 and not those of DynamoDB', () => {
    expect(S3_PREFIX_LISTS.get('us-east-1')).toBe('pl-63a5400a');
    expect(S3_PREFIX_LISTS.get('eu-central-1')).toBe('pl-6ea54007');
  });

  test('are not guessed where they are not known', () => {
    expect(S3_PREFIX_LISTS.get('mars-north-1')).toBeUndefined();
  });
});
