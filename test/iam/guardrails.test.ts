import { ACCOUNT, allow, decided, deny, OTHER_ACCOUNT, policy, ROLE, ROOT, SESSION, verdict } from './support';

const ALL = policy(allow());
const NOTHING = policy(allow({ Action: 'ec2:*' }));
const EVERYONE = policy(allow({ Principal: '*' }));
const serviceLinked = {
  principal: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForMacie/x`,
  context: {
    'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForMacie`,
  },
};

describe('endpoint policy', () => {
  const identityPolicies = [ALL];

  test('has to allow', () => {
    expect(
      decided({ identityPolicies, endpointPolicy: policy(allow({ Principal: '*', Action: 's3:PutObject' })) }),
    ).toEqual({
      verdict: 'ImplicitlyDenied',
      decidedBy: [{ policyKind: 'endpoint policy' }],
      reason: 'no statement of the endpoint policy allows it',
    });
    expect(verdict({ identityPolicies, endpointPolicy: EVERYONE })).toBe('Allowed');
  });

  test('is named among what let the request through', () => {
    const endpointPolicy = policy(allow({ Sid: 'WorkloadOnly', Principal: '*' }));
    expect(decided({ identityPolicies, endpointPolicy }).reason).toBe(
      'allowed by statement #1 of the identity policy and statement WorkloadOnly of the endpoint policy',
    );
  });

  test('trap: with only Deny statements everything is refused', () => {
    expect(
      verdict({ identityPolicies, endpointPolicy: policy(deny({ Principal: '*', Resource: 'arn:aws:s3:::x/*' })) }),
    ).toBe('ImplicitlyDenied');
  });

  test('grants nothing itself', () => {
    expect(verdict({ endpointPolicy: EVERYONE })).toBe('ImplicitlyDenied');
  });

  test('limits services and anonymous callers too', () => {
    const policies = { resourcePolicy: EVERYONE, endpointPolicy: policy(allow({ Principal: '*', Action: 'kms:*' })) };
    expect(verdict(policies, { principal: 'anonymous' })).toBe('ImplicitlyDenied');
  });

  test('trap: an account or a role as principal of a gateway endpoint means the root user', () => {
    for (const AWS of [ACCOUNT, ROOT, ROLE, SESSION]) {
      const endpointPolicy = policy(allow({ Principal: { AWS } }));
      expect(verdict({ identityPolicies, endpointPolicy })).toBe('ImplicitlyDenied');
      expect(verdict({ identityPolicies, endpointPolicy, endpointKind: 'interface' })).toBe('Allowed');
    }
    expect(verdict({ endpointPolicy: policy(allow({ Principal: { AWS: ACCOUNT } })) }, { principal: ROOT })).toBe(
      'Allowed',
    );
  });
});

describe('service control policies', () => {
  test('each level has to allow', () => {
    expect(verdict({ identityPolicies: [ALL], serviceControlPolicies: [[ALL], [NOTHING, ALL]] })).toBe('Allowed');
    expect(decided({ identityPolicies: [ALL], serviceControlPolicies: [[ALL], [NOTHING]] })).toEqual({
      verdict: 'ImplicitlyDenied',
      decidedBy: [{ policyKind: 'service control policy', level: 1 }],
      reason: 'no statement of the service control policy at level 2 allows it',
    });
    expect(verdict({ identityPolicies: [ALL], serviceControlPolicies: [[ALL], []] })).toBe('ImplicitlyDenied');
  });

  test('a Deny at any level wins, and the reason names the level', () => {
    const decision = decided({
      identityPolicies: [ALL],
      serviceControlPolicies: [[ALL], [ALL, policy(deny({ Sid: 'No' }))]],
    });
    expect(decision.reason).toBe('denied by statement No of the service control policy #2 at level 2');
    expect(decision.decidedBy).toEqual([
      { policyKind: 'service control policy', level: 1, policyIndex: 1, statementIndex: 0, sid: 'No' },
    ]);
  });

  test('they grant nothing', () => {
    expect(verdict({ serviceControlPolicies: [[ALL]] })).toBe('ImplicitlyDenied');
  });

  test('they limit what a bucket policy grants, the root user and access to other accounts', () => {
    const serviceControlPolicies = [[NOTHING]];
    expect(verdict({ resourcePolicy: EVERYONE, serviceControlPolicies })).toBe('ImplicitlyDenied');
    expect(verdict({ serviceControlPolicies }, { principal: ROOT })).toBe('ImplicitlyDenied');
    const both = { identityPolicies: [ALL], resourcePolicy: EVERYONE, serviceControlPolicies };
    expect(verdict(both, { resourceAccount: OTHER_ACCOUNT })).toBe('ImplicitlyDenied');
  });

  test('they do not limit services, anonymous callers and service-linked roles', () => {
    const policies = { identityPolicies: [ALL], resourcePolicy: EVERYONE, serviceControlPolicies: [[policy(deny())]] };
    expect(verdict(policies)).toBe('ExplicitlyDenied');
    expect(verdict(policies, { principal: 's3.amazonaws.com' })).toBe('Allowed');
    expect(verdict(policies, { principal: 'anonymous' })).toBe('Allowed');
    expect(verdict(policies, serviceLinked)).toBe('Allowed');
  });
});

describe('resource control policies', () => {
  const outsiders = policy(
    deny({
      Sid: 'OurOrganizationOnly',
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
  const policies = { identityPolicies: [ALL], resourcePolicy: EVERYONE, resourceControlPolicies: [outsiders] };

  test('the full-access one is always there', () => {
    expect(verdict({ identityPolicies: [ALL], resourceControlPolicies: [] })).toBe('Allowed');
    expect(verdict(policies, { context: { 'aws:PrincipalOrgID': 'o-1' } })).toBe('Allowed');
  });

  test('a Deny hits every principal, services and the root user too', () => {
    expect(decided(policies, { context: { 'aws:PrincipalOrgID': 'o-2' } }).reason).toBe(
      'denied by statement OurOrganizationOnly of the resource control policy',
    );
    expect(verdict(policies, { principal: 'anonymous' })).toBe('ExplicitlyDenied');
    expect(verdict(policies, { principal: ROOT })).toBe('ExplicitlyDenied');
    const confusedDeputy = policy(
      deny({ Principal: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }),
    );
    const service = { principal: 's3.amazonaws.com', context: { 'aws:PrincipalIsAWSService': 'true' } };
    expect(verdict(policies, service)).toBe('Allowed');
    expect(verdict({ ...policies, resourceControlPolicies: [confusedDeputy] }, service)).toBe('ExplicitlyDenied');
  });

  test('they do not limit service-linked roles', () => {
    const all = { ...policies, resourceControlPolicies: [policy(deny({ Principal: '*' }))] };
    expect(verdict(all, serviceLinked)).toBe('Allowed');
    expect(verdict(all)).toBe('ExplicitlyDenied');
  });
});

describe('traps of the network Deny', () => {
  const outcome = (condition: object, context: Record<string, string | string[]> = {}) =>
    verdict(
      { identityPolicies: [ALL], resourcePolicy: policy(deny({ Principal: '*', Condition: condition as never })) },
      { context },
    );

  test('ForAnyValue:StringNotEquals leaves the internet path open', () => {
    expect(outcome({ 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': 'vpce-1' } })).toBe('Allowed');
    expect(outcome({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })).toBe('ExplicitlyDenied');
    expect(outcome({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { 'aws:SourceVpce': 'vpce-1' })).toBe(
      'Allowed',
    );
  });

  test('ForAnyValue:StringNotLike lets principals outside every organization through', () => {
    expect(outcome({ 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toBe('Allowed');
    expect(outcome({ 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toBe('ExplicitlyDenied');
    expect(
      outcome(
        { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } },
        { 'aws:PrincipalOrgPaths': ['o-1/r/'] },
      ),
    ).toBe('Allowed');
  });

  test('aws:PrincipalArn holds the role, so a session ARN never matches', () => {
    const context = { 'aws:PrincipalArn': ROLE };
    expect(outcome({ ArnNotEquals: { 'aws:PrincipalArn': SESSION } }, context)).toBe('ExplicitlyDenied');
    expect(outcome({ ArnNotEquals: { 'aws:PrincipalArn': ROLE } }, context)).toBe('Allowed');
  });
});
