import { Stack } from 'aws-cdk-lib';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { DataEncryption, type PrivateEc2S3Access, PerimeterExemption } from '../../src';
import type { PolicyJson, StatementJson } from '../../src/iam';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const CONTRACTOR = 'arn:aws:iam::111122223333:role/Contractor';
const PLAIN = { encryption: DataEncryption.s3Managed() };

/** Changes the Denies of a workload's bucket policies as an override does, after everything else is said. */
function rewriteDenies(access: PrivateEc2S3Access, edit: (deny: StatementJson) => StatementJson): void {
  access.node
    .findAll()
    .filter((each): each is CfnBucketPolicy => each instanceof CfnBucketPolicy)
    .filter(({ node }) => node.path.includes('DataBuckets'))
    .forEach(policy => {
      const document = () => Stack.of(policy).resolve(policy.policyDocument) as PolicyJson;
      policy.addPropertyOverride('PolicyDocument', {
        Statement: [document().Statement].flat().map(each => (each.Effect === 'Deny' ? edit(each) : each)),
      });
    });
}

/** The Deny, which spares a value of a key that it compares already. */
function sparing(deny: StatementJson, key: string, value: unknown, operator = 'ArnNotLike'): StatementJson {
  const { Condition = {} } = deny;
  const found = Object.keys(Condition).find(each => key in (Condition[each] ?? {})) ?? operator;
  const given = Condition[found]?.[key] ?? [];
  const values = [given, value].flat() as string[];
  return { ...deny, Condition: { ...Condition, [found]: { ...Condition[found], [key]: values } } };
}

function isAbout({ Condition = {} }: StatementJson, key: string): boolean {
  return Object.values(Condition).some(each => key in each);
}

/** The perimeter spares a principal in every Deny by network or identity. */
function spare(access: PrivateEc2S3Access, arn: unknown): void {
  rewriteDenies(access, deny =>
    isAbout(deny, 'aws:SourceVpce') || isAbout(deny, 'aws:PrincipalArn')
      ? sparing(deny, 'aws:PrincipalArn', arn)
      : deny,
  );
}

const rulesOf = (define: (stack: Stack) => unknown) => validatedStack(define).violations.map(each => each.ruleName);

describe('an exemption', () => {
  test('that nobody declared is a way in', () => {
    const rules = rulesOf(stack => spare(quickStart(stack, PLAIN), CONTRACTOR));
    expect(rules.join()).toContain('closed[objects-outside-endpoint]');
    expect(rules.join()).toContain('closed[objects-to-others]');
  });

  test('under the path of Identity Center is no other matter', () => {
    const arn = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Everybody_*';
    expect(rulesOf(stack => spare(quickStart(stack, PLAIN), arn)).join()).toContain('closed[objects-outside-endpoint]');
  });

  test('beside a declared one is no part of it', () => {
    const perimeterExemptions = [PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/Backup')];
    expect(rulesOf(stack => quickStart(stack, { ...PLAIN, perimeterExemptions }))).toEqual([]);
    const rules = rulesOf(stack => spare(quickStart(stack, { ...PLAIN, perimeterExemptions }), CONTRACTOR));
    expect(rules.join()).toContain('closed[objects-outside-endpoint]');
  });
});

describe('another workload of the app', () => {
  test('is a stranger in buckets that its access list does not name', () => {
    const rules = rulesOf(stack => {
      const other = quickStart(stack, PLAIN, 'Other');
      spare(quickStart(stack, PLAIN), other.role.roleArn);
    });
    expect(rules.join()).toContain('closed[objects-outside-endpoint]');
  });

  test('has an endpoint that is a stranger, too', () => {
    const rules = rulesOf(stack => {
      const other = quickStart(stack, PLAIN, 'Other');
      rewriteDenies(quickStart(stack, PLAIN), deny =>
        isAbout(deny, 'aws:SourceVpce') ? sparing(deny, 'aws:SourceVpce', other.s3Endpoint.vpcEndpointIds[0]) : deny,
      );
    });
    expect(rules.join()).toContain('closed[objects-outside-endpoint]');
  });
});
