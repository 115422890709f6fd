import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing, without, withRole } from '../../sabotage';

const ID = 'bound[binding]';
const quickStart = quickStartInput();
const DENIED = { decision: /^no statement denies it/, expected: 'denied', subject: quickStart.role.arn };

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
});
doesNotApplyTo(
  ID,
  { 'a role without': withRole(quickStart, without('DenyCredentialsOutsideVpc', 'DenyCredentialsOutsideInstance')) },
  'no Deny of the role binds its credentials',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'the binding to the VPC is missing',
    withRole(quickStart, without('DenyCredentialsOutsideVpc')),
    { ...DENIED, request: /^the role of the workload, through an endpoint of another VPC/ },
  ],
  [
    'it spares an action',
    withRole(
      quickStart,
      changing('DenyCredentialsOutsideVpc', () => ({ Action: 's3:Get*' })),
    ),
    { ...DENIED, request: /^the role of the workload, .*: s3:(?!Get)\w+ on / },
  ],
  [
    'it spares a bucket',
    withRole(
      quickStart,
      changing('DenyCredentialsOutsideInstance', () => ({ Resource: `${quickStart.buckets[0].arn}/*` })),
    ),
    { ...DENIED, request: /^the role of the workload, .* from 10\.0\.0\.99/ },
  ],
]);

test('holds for a binding that needs the keys of the VPC together, as they come', () => {
  const input = withRole(
    quickStart,
    changing('DenyCredentialsOutsideVpc', ({ Condition }) => ({
      Condition: {
        BoolIfExists: Condition?.BoolIfExists ?? {},
        'ForAnyValue:StringNotEquals': Condition?.StringNotEquals ?? {},
      },
    })),
  );
  expect(broken(input)).toEqual([]);
});
