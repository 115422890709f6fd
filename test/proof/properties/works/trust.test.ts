import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withTrust } from '../../sabotage';

const ID = 'works[trust]';
const quickStart = quickStartInput();
const REFUSED = {
  request: /^the service ec2\.amazonaws\.com, .*: sts:AssumeRole on /,
  expected: 'allowed',
  subject: quickStart.role.arn,
};

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(
  ID,
  { 'a role that is not seen': { ...quickStart, role: { ...quickStart.role, trust: undefined } } },
  'the trust policy of the role is not in the assembly',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'another service',
    withTrust(quickStart, statements =>
      statements.map(each => ({ ...each, Principal: { Service: 'lambda.amazonaws.com' } })),
    ),
    { ...REFUSED, decision: /^no statement of the trust policy/ },
  ],
  [
    'a Deny beside it',
    withTrust(quickStart, adding({ Sid: 'Extra', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' })),
    { ...REFUSED, decision: /^denied by statement Extra of the trust policy/ },
  ],
]);
