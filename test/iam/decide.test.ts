import {
  ACCOUNT,
  allow,
  decided,
  deny,
  OTHER_ACCOUNT,
  OTHER_ROLE,
  OTHER_ROOT,
  OTHER_SESSION,
  policy,
  ROLE,
  ROOT,
  SESSION,
  USER,
  verdict,
} from './support';

const ALL = policy(allow());
const NOTHING = policy(allow({ Action: 'ec2:*' }));
const grantTo = (AWS: string) => policy(allow({ Principal: { AWS } }));

describe('same account', () => {
  test('nothing allows: denied, and the reason names both policies', () => {
    expect(decided({})).toEqual({
      verdict: 'ImplicitlyDenied',
      decidedBy: [{ policyKind: 'identity policy' }, { policyKind: 'bucket policy' }],
      reason: 'no statement of the identity policy or the bucket policy allows it',
    });
  });

  test('the identity policy alone is enough', () => {
    expect(
      decided({ identityPolicies: [NOTHING, policy(deny({ Action: 'kms:*' }), allow({ Sid: 'ReadData' }))] }),
    ).toEqual({
      verdict: 'Allowed',
      decidedBy: [{ policyKind: 'identity policy', policyIndex: 1, statementIndex: 1, sid: 'ReadData' }],
      reason: 'allowed by statement ReadData of the identity policy #2',
    });
  });

  test.each([SESSION, ROLE, '*'])('the bucket policy alone is enough if it names %s', AWS => {
    expect(verdict({ resourcePolicy: grantTo(AWS) })).toBe('Allowed');
  });

  test.each([ACCOUNT, ROOT])('a bucket policy that names the account %s only delegates', AWS => {
    expect(decided({ resourcePolicy: grantTo(AWS) }).reason).toBe('no statement of the identity policy allows it');
    expect(verdict({ resourcePolicy: grantTo(AWS), identityPolicies: [ALL] })).toBe('Allowed');
  });

  test('a bucket policy that names the user is enough', () => {
    expect(verdict({ resourcePolicy: grantTo(USER) }, { principal: USER })).toBe('Allowed');
    expect(verdict({ resourcePolicy: grantTo(USER) })).toBe('ImplicitlyDenied');
  });

  test('the closest statement counts, wherever it stands', () => {
    const resourcePolicy = policy(allow({ Principal: { AWS: ACCOUNT } }), allow({ Principal: { AWS: SESSION } }));
    expect(verdict({ resourcePolicy, permissionsBoundary: NOTHING })).toBe('Allowed');
  });

  test('trap: Allow for everyone with aws:PrincipalArn needs no identity policy and passes the boundary', () => {
    const resourcePolicy = policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }));
    const context = { 'aws:PrincipalArn': ROLE };
    expect(verdict({ resourcePolicy, permissionsBoundary: NOTHING }, { context })).toBe('Allowed');
    expect(verdict({ resourcePolicy }, { context: { 'aws:PrincipalArn': OTHER_ROLE } })).toBe('ImplicitlyDenied');
  });
});

describe('explicit denies', () => {
  test.each([
    ['identity policy', { identityPolicies: [ALL, policy(deny({ Sid: 'No' }))] }],
    ['bucket policy', { resourcePolicy: policy(allow({ Principal: '*' }), deny({ Sid: 'No', Principal: '*' })) }],
    ['endpoint policy', { endpointPolicy: policy(allow({ Principal: '*' }), deny({ Sid: 'No', Principal: '*' })) }],
    ['permissions boundary', { permissionsBoundary: policy(allow(), deny({ Sid: 'No' })) }],
    ['session policy', { sessionPolicies: [policy(allow(), deny({ Sid: 'No' }))] }],
    ['resource control policy', { resourceControlPolicies: [policy(deny({ Sid: 'No', Principal: '*' }))] }],
  ])('in the %s wins over every Allow', (kind, policies) => {
    const decision = decided({ identityPolicies: [ALL], ...policies });
    expect(decision.verdict).toBe('ExplicitlyDenied');
    expect(decision.reason).toMatch(new RegExp(`^denied by statement No of the ${kind}( #2)?$`));
    expect(decision.decidedBy).toEqual([expect.objectContaining({ policyKind: kind, sid: 'No' })]);
  });

  test('win over an implicit deny elsewhere', () => {
    expect(
      decided({ endpointPolicy: policy(), resourcePolicy: policy(deny({ Sid: 'No', Principal: '*' })) }).reason,
    ).toBe('denied by statement No of the bucket policy');
  });

  test('a statement without a Sid is counted', () => {
    expect(decided({ identityPolicies: [policy(allow(), deny())] }).reason).toBe(
      'denied by statement #2 of the identity policy',
    );
  });

  test.each([ACCOUNT, ROOT, ROLE, SESSION])("a Deny for %s hits the role's session", AWS => {
    expect(verdict({ identityPolicies: [ALL], resourcePolicy: policy(deny({ Principal: { AWS } })) })).toBe(
      'ExplicitlyDenied',
    );
  });
});

describe('cross-account', () => {
  const here = { resourceAccount: OTHER_ACCOUNT };

  test('both sides have to allow', () => {
    expect(decided({ identityPolicies: [ALL] }, here).reason).toBe('no statement of the bucket policy allows it');
    expect(decided({ resourcePolicy: grantTo(ROLE) }, here).reason).toBe(
      'no statement of the identity policy allows it',
    );
    expect(verdict({ resourcePolicy: grantTo('*') }, here)).toBe('ImplicitlyDenied');
    expect(verdict({}, here)).toBe('ImplicitlyDenied');
  });

  test.each([ACCOUNT, ROOT, ROLE, SESSION, '*'])('a bucket policy may name %s', AWS => {
    const decision = decided({ identityPolicies: [ALL], resourcePolicy: grantTo(AWS) }, here);
    expect(decision.verdict).toBe('Allowed');
    expect(decision.reason).toBe(
      'allowed by statement #1 of the identity policy and statement #1 of the bucket policy',
    );
  });

  test('the role of the same name in another account is somebody else', () => {
    expect(verdict({ identityPolicies: [ALL], resourcePolicy: grantTo(OTHER_ROLE) }, here)).toBe('ImplicitlyDenied');
    expect(
      verdict({ identityPolicies: [ALL], resourcePolicy: grantTo(OTHER_ROOT) }, { principal: OTHER_SESSION }),
    ).toBe('Allowed');
  });

  test('boundary and session policies always limit', () => {
    const both = { identityPolicies: [ALL], resourcePolicy: grantTo(SESSION) };
    expect(decided({ ...both, permissionsBoundary: NOTHING }, here).reason).toBe(
      'no statement of the permissions boundary allows it',
    );
    expect(decided({ ...both, sessionPolicies: [NOTHING] }, here).reason).toBe(
      'no statement of the session policy allows it',
    );
  });
});

describe('permissions boundary and session policies', () => {
  const limits = [
    ['permissionsBoundary', NOTHING],
    ['sessionPolicies', [NOTHING]],
  ] as const;

  test.each(limits)('%s limits the identity policy and a grant to the role', (name, limit) => {
    expect(verdict({ identityPolicies: [ALL], [name]: limit })).toBe('ImplicitlyDenied');
    expect(verdict({ resourcePolicy: grantTo(ROLE), [name]: limit })).toBe('ImplicitlyDenied');
    expect(verdict({ identityPolicies: [ALL], resourcePolicy: grantTo(ACCOUNT), [name]: limit })).toBe(
      'ImplicitlyDenied',
    );
  });

  test.each(limits)('%s does not limit a grant to the session or to everyone', (name, limit) => {
    expect(verdict({ resourcePolicy: grantTo(SESSION), [name]: limit })).toBe('Allowed');
    expect(verdict({ resourcePolicy: grantTo('*'), [name]: limit })).toBe('Allowed');
  });

  test('a grant to the user is not limited by a boundary', () => {
    expect(verdict({ resourcePolicy: grantTo(USER), permissionsBoundary: NOTHING }, { principal: USER })).toBe(
      'Allowed',
    );
    expect(verdict({ identityPolicies: [ALL], permissionsBoundary: NOTHING }, { principal: USER })).toBe(
      'ImplicitlyDenied',
    );
  });

  test('they grant nothing themselves', () => {
    expect(verdict({ permissionsBoundary: ALL, sessionPolicies: [ALL] })).toBe('ImplicitlyDenied');
    expect(verdict({ identityPolicies: [ALL], permissionsBoundary: ALL, sessionPolicies: [ALL] })).toBe('Allowed');
  });

  test('one of several session policies has to allow', () => {
    expect(verdict({ identityPolicies: [ALL], sessionPolicies: [NOTHING, ALL] })).toBe('Allowed');
    expect(verdict({ identityPolicies: [ALL], sessionPolicies: [] })).toBe('Allowed');
  });
});

describe('root user', () => {
  const root = { principal: ROOT };
  const lockedOut = policy(deny({ Sid: 'LockOut', Principal: '*', Action: 's3:*' }));

  test('has all permissions in its own account, whatever its boundary', () => {
    expect(decided({}, root).reason).toBe('allowed by the full access of the root user');
    expect(verdict({ permissionsBoundary: NOTHING }, root)).toBe('Allowed');
  });

  test('is bound by a Deny of the bucket policy', () => {
    expect(verdict({ resourcePolicy: lockedOut }, root)).toBe('ExplicitlyDenied');
    expect(verdict({ resourcePolicy: lockedOut }, { ...root, action: 's3:GetBucketAcl' })).toBe('ExplicitlyDenied');
  });

  test.each(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'])(
    'repairs its bucket policy by %s',
    action => {
      expect(verdict({ resourcePolicy: lockedOut }, { ...root, action })).toBe('Allowed');
      expect(verdict({ resourcePolicy: lockedOut, identityPolicies: [ALL] }, { action })).toBe('ExplicitlyDenied');
      expect(verdict({ resourcePolicy: lockedOut }, { ...root, action, resourceAccount: OTHER_ACCOUNT })).toBe(
        'ExplicitlyDenied',
      );
    },
  );

  test('does not repair past an endpoint policy, an SCP or an RCP', () => {
    const repair = { ...root, action: 's3:PutBucketPolicy' };
    expect(verdict({ resourcePolicy: lockedOut, endpointPolicy: policy() }, repair)).toBe('ImplicitlyDenied');
    expect(verdict({ resourcePolicy: lockedOut, endpointPolicy: lockedOut }, repair)).toBe('ExplicitlyDenied');
    expect(verdict({ resourcePolicy: lockedOut, serviceControlPolicies: [[policy(allow(), deny())]] }, repair)).toBe(
      'ExplicitlyDenied',
    );
    expect(verdict({ resourcePolicy: lockedOut, resourceControlPolicies: [lockedOut] }, repair)).toBe(
      'ExplicitlyDenied',
    );
  });

  test('of another account needs the bucket policy', () => {
    expect(verdict({}, { principal: OTHER_ROOT })).toBe('ImplicitlyDenied');
    expect(verdict({ resourcePolicy: grantTo(OTHER_ACCOUNT) }, { principal: OTHER_ROOT })).toBe('Allowed');
  });
});

describe('services and anonymous callers', () => {
  const logging = {
    principal: 'logging.s3.amazonaws.com',
    context: { 'aws:PrincipalIsAWSService': 'true', 'aws:SourceAccount': ACCOUNT },
  };
  const delivery = allow({
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
  });

  test('a service needs the bucket policy', () => {
    expect(verdict({ resourcePolicy: policy(delivery) }, logging)).toBe('Allowed');
    expect(verdict({ resourcePolicy: policy(delivery) }, { ...logging, context: {} })).toBe('ImplicitlyDenied');
    expect(verdict({ identityPolicies: [ALL] }, logging)).toBe('ImplicitlyDenied');
    expect(
      verdict({ resourcePolicy: policy(delivery), permissionsBoundary: NOTHING, sessionPolicies: [NOTHING] }, logging),
    ).toBe('Allowed');
  });

  test('an exemption for services holds for services only', () => {
    const network = (operator: string) =>
      deny({
        Principal: '*',
        Condition: {
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
          [operator]: { 'aws:PrincipalIsAWSService': 'false' },
        },
      });
    const open = allow({ Principal: '*' });
    expect(verdict({ resourcePolicy: policy(delivery, network('BoolIfExists')) }, logging)).toBe('Allowed');
    expect(verdict({ resourcePolicy: policy(open, network('BoolIfExists')) }, { principal: 'anonymous' })).toBe(
      'ExplicitlyDenied',
    );
    expect(verdict({ resourcePolicy: policy(open, network('Bool')) }, { principal: 'anonymous' })).toBe('Allowed');
  });

  test('an anonymous caller needs an Allow for everyone', () => {
    expect(verdict({ resourcePolicy: grantTo('*') }, { principal: 'anonymous' })).toBe('Allowed');
    expect(verdict({ resourcePolicy: grantTo(ACCOUNT), identityPolicies: [ALL] }, { principal: 'anonymous' })).toBe(
      'ImplicitlyDenied',
    );
  });

  test('a forward access session is the caller, without the endpoint', () => {
    const viaEndpoint = deny({
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } },
    });
    const policies = { identityPolicies: [ALL], resourcePolicy: policy(viaEndpoint) };
    expect(verdict(policies, { context: { 'aws:ViaAWSService': 'true' } })).toBe('Allowed');
    expect(verdict(policies, { context: { 'aws:ViaAWSService': 'false' } })).toBe('ExplicitlyDenied');
  });
});

describe('key policies', () => {
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k1` };
  const keyVerdict = (policies: object, more = {}) =>
    verdict({ resourcePolicyKind: 'key', ...policies }, { ...key, ...more });

  test('an identity policy counts only if the key policy delegates to the account', () => {
    expect(decided({ resourcePolicyKind: 'key', identityPolicies: [ALL] }, key).reason).toBe(
      'no statement of the key policy allows it',
    );
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy: policy() })).toBe('ImplicitlyDenied');
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy: grantTo(OTHER_ROOT) })).toBe('ImplicitlyDenied');
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy: grantTo(ROOT) })).toBe('Allowed');
    expect(keyVerdict({ resourcePolicy: grantTo(ROOT) })).toBe('ImplicitlyDenied');
  });

  test('the conditions of the delegation hold for what is delegated', () => {
    const viaS3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };
    const resourcePolicy = policy(allow({ Principal: { AWS: ROOT }, Condition: { StringEquals: viaS3 } }));
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy }, { context: viaS3 })).toBe('Allowed');
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy })).toBe('ImplicitlyDenied');
  });

  test('a key policy that names the role grants, within the boundary', () => {
    expect(keyVerdict({ resourcePolicy: grantTo(ROLE) })).toBe('Allowed');
    expect(keyVerdict({ resourcePolicy: grantTo(ROLE), permissionsBoundary: NOTHING })).toBe('ImplicitlyDenied');
  });

  test('the root user needs the key policy as well', () => {
    expect(keyVerdict({}, { principal: ROOT })).toBe('ImplicitlyDenied');
    expect(keyVerdict({ resourcePolicy: grantTo(ROLE) }, { principal: ROOT })).toBe('ImplicitlyDenied');
    expect(keyVerdict({ resourcePolicy: grantTo(ROOT) }, { principal: ROOT })).toBe('Allowed');
    const locked = policy(deny({ Principal: '*' }));
    expect(keyVerdict({ resourcePolicy: locked }, { principal: ROOT, action: 's3:PutBucketPolicy' })).toBe(
      'ExplicitlyDenied',
    );
  });

  test('across accounts both sides have to allow', () => {
    const more = { principal: OTHER_SESSION };
    expect(keyVerdict({ resourcePolicy: grantTo(OTHER_ROOT) }, more)).toBe('ImplicitlyDenied');
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy: grantTo(ROOT) }, more)).toBe('ImplicitlyDenied');
    expect(keyVerdict({ identityPolicies: [ALL], resourcePolicy: grantTo(OTHER_ROOT) }, more)).toBe('Allowed');
  });

  test('a service needs the key policy, an anonymous caller gets nothing', () => {
    const service = 's3.amazonaws.com';
    expect(
      keyVerdict({ resourcePolicy: policy(allow({ Principal: { Service: service } })) }, { principal: service }),
    ).toBe('Allowed');
    expect(keyVerdict({ resourcePolicy: grantTo('*') }, { principal: 'anonymous' })).toBe('ImplicitlyDenied');
  });
});
