import type { StatementJson } from '../../../../src/iam';
import type { ProofInput } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing, withBucket, without } from '../../sabotage';

const ID = 'closed[lists-outside-endpoint]';
const quickStart = quickStartInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: quickStart.buckets[0].arn };

const own = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1';
const other = 'arn:aws:iam::111122223333:role/cdk-other-cfn-exec-role-111122223333-us-east-1';
const deployedWith = (deploymentRoleArns: readonly string[], ofBuckets?: readonly string[]): ProofInput => ({
  ...quickStart,
  deploymentRoleArns,
  buckets: quickStart.buckets.map(bucket => ({ ...bucket, deploymentRoleArns: ofBuckets })),
});
const unspared = ({ Condition }: StatementJson) => ({
  Condition: {
    ...Condition,
    ArnNotLike: {
      'aws:PrincipalArn': [Condition?.ArnNotLike['aws:PrincipalArn']]
        .flat()
        .map(String)
        .filter(each => each !== own),
    },
  },
});

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'no Deny of version lists',
    withBucket(quickStart, without('DenyVersionListsOutsideEndpoint')),
    { ...OPEN, request: /s3:ListBucketMultipartUploads/ },
    [ID],
  ],
  [
    'no Deny of lists',
    withBucket(quickStart, without('DenyListsOutsideEndpoint')),
    { ...OPEN, request: /s3:ListBucket on/ },
    [ID],
  ],
  [
    'other roles of CloudFormation',
    { ...quickStart, deploymentRoleArns: ['arn:aws:iam::111122223333:role/deployers/Own'] },
    { ...OPEN, request: /s3:ListBucket on/ },
    [ID, 'not-locked-out[bucket-lists]'],
  ],
  [
    'roles that deploy another stack',
    deployedWith([own, other], [other]),
    { ...OPEN, request: /s3:ListBucket on/ },
    [ID, 'not-locked-out[bucket-lists]'],
  ],
  [
    'no role that deploys, and one that is spared',
    deployedWith([]),
    { ...OPEN, request: /cfn-exec-role.*: s3:ListBucket on/ },
    [ID],
  ],
]);

test('the stack of the workload is no matter of the buckets of another stack', () => {
  expect(broken(deployedWith([own, other], [own]))).toEqual([]);
});

test('who deploys need not be a role', () => {
  expect(broken(withBucket(deployedWith([]), changing('DenyListsOutsideEndpoint', unspared)))).toEqual([]);
});
