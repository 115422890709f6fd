import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { Edit, unpinned, withBucket, withEndpoint, without } from '../../sabotage';

const ID = 'closed[objects-to-others]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.buckets;
const others = without('DenyObjectsToOthers', 'DenyListsOutsideEndpoint', 'DenyVersionListsOutsideEndpoint');
const serving = withBucket(quickStart, others, () => ({ exclusive: false }));

const PEER = 'arn:aws:iam::111122223333:role/Peer';
const both = (value: unknown) =>
  value === quickStart.role.arn ? [value, PEER] : Array.isArray(value) ? value.flat() : value;
const toPeer: Edit = statements =>
  JSON.parse(JSON.stringify(statements), (_, value) => both(value) as unknown) as typeof statements;
const shared = withEndpoint(withBucket(quickStart, toPeer), toPeer);

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);

test("holds for a bucket that serves others, through the workload's endpoint", () => {
  expect(broken(serving)).toEqual([]);
});

test('is assumed where the bucket serves others and the endpoint is not in the assembly', () => {
  const endpoints = quickStart.endpoints.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...serving, endpoints }, ID).assumptions).toEqual(
    endpoints.map(({ id }) => `the policy of ${id} lets nobody else through`),
  );
});

isViolatedWhere(ID, [
  [
    'no identity Deny',
    withBucket(quickStart, without('DenyObjectsToOthers')),
    {
      request: /^role Admin of the account, through vpce-/,
      decision: /^no statement denies it/,
      expected: 'denied',
      subject,
    },
    [ID],
  ],
  [
    'a bucket that serves others, through an endpoint that does, too',
    withEndpoint(serving, unpinned('aws:PrincipalArn')),
    {
      request: /^role Admin of the account, through vpce-/,
      decision: /of the endpoint policy/,
      expected: 'denied',
      subject,
    },
    [ID, 'closed[endpoint-to-others]'],
  ],
  [
    'another workload of the assembly that no access list names',
    shared,
    { request: /role\/Peer/, decision: /^no statement denies it/, expected: 'denied', subject },
    [ID, 'closed[endpoint-to-others]'],
  ],
]);

test('holds for another workload of the assembly, where its access list names the buckets', () => {
  const bucketArns = shared.buckets.map(({ arn }) => arn);
  expect(broken({ ...shared, peers: [{ roleArn: PEER, bucketArns, endpointIds: [] }] })).toEqual([]);
});
