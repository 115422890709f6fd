import { EVERY_OPTION_ACCESS, everyOptionInput, listedInput, quickStartInput, withAccessList } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, withEndpoint, without, withRole } from '../../sabotage';
import { condition, denying, guarded } from '../../under-guardrails';

const ID = 'works[grants]';
const listed = listedInput();
const [datasets, userData] = listed.buckets;
const REFUSED = { expected: 'allowed' };

holdsFor(ID, {
  'the quick start': listed,
  'every option': withAccessList(everyOptionInput(), EVERY_OPTION_ACCESS),
  'all guardrails of the library': guarded(),
});
doesNotApplyTo(
  ID,
  { 'a workload without an access list': quickStartInput() },
  'the assembly has no access list of this workload',
);
isNotProvenWhereUnread(ID, listed);

test('what could not be read and bears on it is no matter of other properties', () => {
  const unread = [{ place: 'Stack/Macro', reason: 'a macro may change it', bearsOn: ['works' as const] }];
  expect(resultOf({ ...listed, unread }, ID).outcome).toBe('not proven');
  expect(resultOf({ ...listed, unread }, 'closed[objects-to-others]').outcome).toBe('holds');
});

isViolatedWhere(ID, [
  [
    'the endpoint stops what is granted',
    withEndpoint(listed, without('ReadObjects')),
    {
      ...REFUSED,
      request: /: s3:GetObject on /,
      decision: /^no statement of the endpoint policy.* allows it/,
      subject: datasets.arn,
    },
  ],
  [
    'less in the role than the access list has',
    withRole(listed, without('ReadWriteObjects')),
    { ...REFUSED, request: /: s3:\w+ on /, decision: /^no statement of the identity policy/, subject: userData.arn },
    [ID],
  ],
  [
    'less in every policy than in the list',
    withRole(withEndpoint(listed, without('ReadObjects')), without('ReadObjects')),
    { ...REFUSED, request: /s3:GetObject/, decision: /^no statement /, subject: datasets.arn },
    [ID],
  ],
  [
    'no lists under the prefix',
    withRole(listed, without('ListDataBuckets')),
    {
      ...REFUSED,
      request: /with s3:prefix datasets\/: s3:ListBucket/,
      decision: /^no statement of the identity policy/,
      subject: datasets.arn,
    },
    [ID],
  ],
  [
    'a permissions boundary that is too tight',
    {
      ...listed,
      role: {
        ...listed.role,
        boundary: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'kms:*'], Resource: '*' },
        },
      },
    },
    {
      ...REFUSED,
      request: /: s3:\w+ on /,
      decision: /^no statement of the permissions boundary allows it/,
      subject: userData.arn,
    },
    [ID],
  ],
  [
    'its requests',
    guarded({ scps: [adding(denying('NoUploads', 's3:PutObject'))] }),
    {
      ...REFUSED,
      request: /^the role of the workload, .* s3:PutObject on /,
      decision: /^denied by statement NoUploads of the service control policy/,
      subject: userData.arn,
    },
    [ID],
  ],
  [
    'its endpoint, of another network',
    guarded({
      rcps: [condition('DenyObjectsOutsideNetworks', () => ({ StringNotEquals: { 'aws:SourceVpce': 'vpce-hub' } }))],
    }),
    {
      ...REFUSED,
      request: /^the role of the workload, /,
      decision: /^denied by statement DenyObjectsOutsideNetworks of the resource control policy/,
      subject: datasets.arn,
    },
    [ID, 'works[log-delivery]'],
  ],
]);
