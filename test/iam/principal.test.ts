import { ACCOUNT, allow, deny, OTHER_ROLE, OTHER_ROOT, policy, ROLE, ROOT, SESSION, USER, verdict } from './support';
import type { PrincipalJson } from '../../src/iam';
import { matchGatewayPrincipal, matchPrincipal, PrincipalMatch } from '../../src/iam/principal';
import { identify } from '../../src/iam/principal-identity';

const { NONE, ACCOUNT: BY_ACCOUNT, ROLE: BY_ROLE, DIRECT } = PrincipalMatch;
const match = (element: PrincipalJson, name: string, principalArn?: string) =>
  matchPrincipal(element, identify(name, principalArn));

test.each([
  [{ AWS: SESSION }, SESSION, DIRECT],
  [{ AWS: ROLE }, SESSION, BY_ROLE],
  [{ AWS: ACCOUNT }, SESSION, BY_ACCOUNT],
  [{ AWS: ROOT }, SESSION, BY_ACCOUNT],
  ['*', SESSION, DIRECT],
  [{ AWS: '*' }, SESSION, DIRECT],
  [{ AWS: [OTHER_ROLE, ROOT, ROLE] }, SESSION, BY_ROLE],
  [{ AWS: OTHER_ROLE }, SESSION, NONE],
  [{ AWS: OTHER_ROOT }, SESSION, NONE],
  [{ AWS: `${ROLE}s` }, SESSION, NONE],
  [{}, SESSION, NONE],
  [{ AWS: `arn:aws:iam::${ACCOUNT}:role/*` }, SESSION, NONE],
  [{ AWS: SESSION.replace('i-0abc', 'i-0def') }, SESSION, NONE],
  [{ AWS: ROLE }, ROLE, BY_ROLE],
  [{ AWS: USER }, USER, DIRECT],
  [{ AWS: ROOT }, USER, BY_ACCOUNT],
  [{ AWS: ROLE }, USER, NONE],
  [{ AWS: ACCOUNT }, ROOT, DIRECT],
  [{ AWS: ROOT }, ROOT, DIRECT],
  [{ AWS: USER }, ROOT, NONE],
  ['*', 'anonymous', DIRECT],
  [{ AWS: '*' }, 'anonymous', DIRECT],
  [{ AWS: ACCOUNT }, 'anonymous', NONE],
  [{ AWS: 'anonymous' }, 'anonymous', NONE],
  [{ Service: 'logging.s3.amazonaws.com' }, 'logging.s3.amazonaws.com', DIRECT],
  [{ Service: ['x.amazonaws.com', 's3.amazonaws.com'] }, 's3.amazonaws.com', DIRECT],
  [{ Service: 's3.amazonaws.com' }, 'logging.s3.amazonaws.com', NONE],
  [{ AWS: 's3.amazonaws.com' }, 's3.amazonaws.com', NONE],
  [{ Service: '*' }, 's3.amazonaws.com', DIRECT],
  [{ Service: '*' }, SESSION, NONE],
  ['*', 's3.amazonaws.com', DIRECT],
  [{ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, `arn:aws:iam::${ACCOUNT}:saml-provider/idp`, DIRECT],
  [{ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, SESSION, NONE],
  [{ CanonicalUser: '79a59df9' }, '79a59df9', DIRECT],
  [{ CanonicalUser: '79a59df9' }, SESSION, NONE],
  [{ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/bob` }, `arn:aws:sts::${ACCOUNT}:federated-user/bob`, DIRECT],
  ['anonymous', 'anonymous', NONE],
])('%j names %s: %s', (element, name, expected) => {
  expect(match(element, name)).toBe(expected);
});

test('the path of a role comes from aws:PrincipalArn, if that is the same role', () => {
  const withPath = `arn:aws:iam::${ACCOUNT}:role/team/app`;
  expect(match({ AWS: withPath }, SESSION, withPath)).toBe(BY_ROLE);
  expect(match({ AWS: withPath }, SESSION)).toBe(NONE);
  expect(match({ AWS: OTHER_ROLE }, SESSION, OTHER_ROLE)).toBe(NONE);
  expect(match({ AWS: `arn:aws:iam::${ACCOUNT}:role/admin` }, SESSION, `arn:aws:iam::${ACCOUNT}:role/admin`)).toBe(
    NONE,
  );
});

test('on a gateway endpoint, all but * means the root user only', () => {
  const session = identify(SESSION);
  expect(matchGatewayPrincipal('*', session)).toBe(DIRECT);
  expect(matchGatewayPrincipal({ AWS: '*' }, session)).toBe(DIRECT);
  expect(matchGatewayPrincipal({ AWS: ACCOUNT }, session)).toBe(NONE);
  expect(matchGatewayPrincipal({ AWS: ROLE }, session)).toBe(NONE);
  expect(matchGatewayPrincipal({ AWS: ACCOUNT }, identify(ROOT))).toBe(DIRECT);
  expect(matchGatewayPrincipal({ AWS: OTHER_ROOT }, identify(ROOT))).toBe(NONE);
});

describe('NotPrincipal', () => {
  const outcome = (listed: string | string[], more = {}, principal = SESSION) =>
    verdict(
      { identityPolicies: [policy(allow())], resourcePolicy: policy(deny({ NotPrincipal: { AWS: listed } })), ...more },
      { principal },
    );

  test('a Deny spares a role that is listed with its account', () => {
    expect(outcome([ROLE, ROOT])).toBe('Allowed');
    expect(outcome([SESSION, ROLE, ACCOUNT])).toBe('Allowed');
    expect(outcome([USER, ROOT], {}, USER)).toBe('Allowed');
  });

  test('a Deny hits whom it does not list fully', () => {
    expect(outcome(ROLE)).toBe('ExplicitlyDenied');
    expect(outcome(ROOT)).toBe('ExplicitlyDenied');
    expect(outcome([OTHER_ROLE, OTHER_ROOT])).toBe('ExplicitlyDenied');
    expect(outcome([ROLE, ROOT], {}, USER)).toBe('ExplicitlyDenied');
  });

  test('a Deny always hits a principal with a permissions boundary', () => {
    expect(outcome([ROLE, ROOT], { permissionsBoundary: policy(allow()) })).toBe('ExplicitlyDenied');
  });

  test('a Deny spares a listed service', () => {
    const resourcePolicy = policy(
      allow({ Principal: '*' }),
      deny({ NotPrincipal: { Service: 'logging.s3.amazonaws.com' } }),
    );
    expect(verdict({ resourcePolicy }, { principal: 'logging.s3.amazonaws.com' })).toBe('Allowed');
    expect(verdict({ resourcePolicy }, { principal: 'delivery.logs.amazonaws.com' })).toBe('ExplicitlyDenied');
    expect(verdict({ resourcePolicy }, { principal: 'anonymous' })).toBe('ExplicitlyDenied');
  });

  test('an Allow opens the resource to everyone else', () => {
    const resourcePolicy = policy(allow({ NotPrincipal: { AWS: [ROLE, ROOT] } }));
    expect(verdict({ resourcePolicy }, { principal: 'anonymous' })).toBe('Allowed');
    expect(verdict({ resourcePolicy })).toBe('ImplicitlyDenied');
  });
});

test('a statement of a resource policy without a principal applies to nobody', () => {
  expect(verdict({ identityPolicies: [policy(allow())], resourcePolicy: policy(deny()) })).toBe('Allowed');
  expect(verdict({ resourcePolicy: policy(allow()) })).toBe('ImplicitlyDenied');
});
