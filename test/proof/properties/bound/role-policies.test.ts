import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { unpinned, withBucket, without, withRole } from '../../sabotage';

const ID = 'bound[role-policies]';
const quickStart = quickStartInput();
const subject = quickStart.role.arn;
const DENIED = { decision: /^allowed by statement \w+ of the identity policy/, expected: 'denied', subject };

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'a role without binding, where that is wanted': {
    ...withRole(quickStart, without('DenyCredentialsOutsideVpc', 'DenyCredentialsOutsideInstance')),
    credentialBinding: false,
  },
});
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'no pin in the role',
    withRole(quickStart, unpinned('aws:SourceVpce')),
    { ...DENIED, request: /through another endpoint of the VPC \(vpce-other\)/ },
    [ID],
  ],
  [
    'no binding to the VPC',
    withRole(quickStart, without('DenyCredentialsOutsideVpc')),
    { ...DENIED, request: /issued in vpc-other/ },
    [ID, 'bound[binding]'],
  ],
  [
    'no binding to the address',
    withRole(quickStart, without('DenyCredentialsOutsideInstance')),
    { ...DENIED, request: /issued in the VPC to 10\.0\.0\.99/ },
    [ID, 'bound[binding]'],
  ],
  [
    'neither pin nor network Deny',
    withRole(withBucket(quickStart, without('DenyObjectsOutsideEndpoint')), unpinned('aws:SourceVpce')),
    { ...DENIED, request: /through another endpoint of the VPC/ },
    ['closed[objects-outside-endpoint]', ID],
  ],
]);
