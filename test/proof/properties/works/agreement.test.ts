import { everyOptionInput, listedInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, FULL_ACCESS, withEndpoint, without, withRole } from '../../sabotage';

const ID = 'works[agreement]';
const quickStart = quickStartInput();
const [datasets, userData] = quickStart.buckets;

holdsFor(ID, {
  'the quick start': quickStart,
  'the quick start with its access list': listedInput(),
  'every option': everyOptionInput(),
});
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'less on the endpoint than in the role',
    withEndpoint(quickStart, without('ReadWriteObjects')),
    {
      request: /^the role of the workload, through vpce-.*: s3:\w+ on /,
      decision: /^no statement of the endpoint policy allows it/,
      expected: 'allowed',
      subject: userData.arn,
    },
    [ID],
  ],
  [
    's3:* for the role',
    withRole(quickStart, adding({ Sid: 'Extra', Effect: 'Allow', Action: 's3:*', Resource: '*' })),
    {
      request: /^the role of the workload, through vpce-/,
      decision: /^no statement of the endpoint policy allows it/,
      expected: 'allowed',
      subject: datasets.arn,
    },
    ['works[no-escalation]', ID, 'no-way-out[role]', 'bound[role-policies]', 'no-dead-statement'],
  ],
  [
    'an organization that denies',
    {
      ...quickStart,
      serviceControlPolicies: [
        [
          FULL_ACCESS,
          {
            Version: '2012-10-17',
            Statement: { Sid: 'Guard', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
          },
        ],
      ],
    },
    {
      request: /: s3:PutObject on /,
      decision: /^denied by statement Guard of the service control policy/,
      expected: 'allowed',
      subject: userData.arn,
    },
    [ID],
  ],
]);
