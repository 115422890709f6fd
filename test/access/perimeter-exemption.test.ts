import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { PerimeterExemption } from '../../src';
import {
  IRELAND,
  OTHER_ACCOUNT,
  TYPE,
  bucketStatementsOf,
  bySid,
  errorOf,
  filledIn,
  newStack,
  statements,
  synthesize,
  workload,
} from '../support/resources';

const BACKUP = 'arn:aws:iam::111122223333:role/service-role/Backup';
const THEIRS = `arn:aws:iam::${OTHER_ACCOUNT}:role/Deploy`;
const SPARING = [
  'DenyObjectsOutsideEndpoint',
  'DenyVersionListsOutsideEndpoint',
  'DenyListsOutsideEndpoint',
  'DenyObjectsToOthers',
];
const known = (reference: string) =>
  ({ 'AWS::Partition': 'aws', 'AWS::AccountId': '111122223333' })[reference] ?? reference;

function built(...perimeterExemptions: PerimeterExemption[]) {
  const { app, stack, template } = synthesize({ perimeterExemptions }, IRELAND);
  return { stack, app, template, policy: bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName) };
}

describe('an exempt principal in the bucket policy', () => {
  test.each(SPARING)('is spared by %s', sid => {
    expect(
      bySid(built(PerimeterExemption.roleArn(BACKUP)).policy, sid).Condition?.ArnNotLike['aws:PrincipalArn'],
    ).toContain(BACKUP);
  });

  test('must still use TLS and the right encryption', () => {
    built(PerimeterExemption.roleArn(BACKUP))
      .policy.filter(({ Sid }) => !SPARING.includes(Sid))
      .forEach(statement => expect(JSON.stringify(statement)).not.toContain(BACKUP));
  });

  test('does not take the place of the role', () => {
    const { stack, app, policy } = built(PerimeterExemption.roleArn(BACKUP));
    expect(bySid(policy, 'DenyObjectsToOthers').Condition?.ArnNotLike['aws:PrincipalArn']).toEqual([
      stack.resolve(app.role.roleArn),
      BACKUP,
    ]);
  });

  test('is nobody unless named', () => {
    expect(bySid(built().policy, 'DenyObjectsOutsideEndpoint').Condition).not.toHaveProperty('ArnNotLike');
  });

  test('may be all roles of a permission set, under the path that customers cannot use', () => {
    const patterns = filledIn(
      bySid(built(PerimeterExemption.permissionSet('BreakGlass')).policy, 'DenyObjectsOutsideEndpoint').Condition
        ?.ArnNotLike['aws:PrincipalArn'],
      known,
    );
    expect(patterns).toEqual([
      'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*',
    ]);
  });

  test('may be a role of the same stack', () => {
    const stack = newStack();
    const role = new Role(stack, 'Deploy', { assumedBy: new AccountRootPrincipal() });
    const app = workload(stack, { perimeterExemptions: [PerimeterExemption.role(role)] });
    const policy = bucketStatementsOf(stack, Template.fromStack(stack), app.dataBucket('UserData').bucketName);
    expect(bySid(policy, 'DenyObjectsOutsideEndpoint').Condition?.ArnNotLike).toEqual({
      'aws:PrincipalArn': [stack.resolve(role.roleArn)],
    });
  });

  test('may be known at deployment only', () => {
    const stack = newStack();
    workload(stack, {
      perimeterExemptions: [PerimeterExemption.roleArn(new CfnParameter(stack, 'Backup').valueAsString)],
    });
    expect(JSON.stringify(statements(Template.fromStack(stack), TYPE.bucketPolicy))).toContain('{"Ref":"Backup"}');
  });

  test('is refused past the limit of the policy, with what to do about it', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      PerimeterExemption.roleArn(`arn:aws:iam::111122223333:role/a/path/of/some/length/Role${index}`),
    );
    expect(errorOf(() => built(...many))).toMatch(
      /Training\/App\/DataBuckets\/UserData: accessList: got "\w* ?\w* ?policy of \d+ characters", allowed: 20480 characters, fix: exempt fewer/,
    );
  });
});

describe('an exempt principal in the key policy', () => {
  test.each(['DecryptThroughS3', 'EncryptThroughS3'])('may use the key through S3: %s', sid => {
    const { stack, app, template } = built(PerimeterExemption.roleArn(BACKUP));
    expect(bySid(statements(template, TYPE.key), sid).Condition?.ArnLike).toEqual({
      'aws:PrincipalArn': [stack.resolve(app.role.roleArn), BACKUP],
    });
  });

  test('adds its account to the principals, where that is another one', () => {
    const principals = (arn: string) =>
      filledIn(
        bySid(statements(built(PerimeterExemption.roleArn(arn)).template, TYPE.key), 'DecryptThroughS3').Principal,
        known,
      );
    expect(principals(BACKUP)).toEqual({ AWS: 'arn:aws:iam::111122223333:root' });
    expect(principals(THEIRS)).toEqual({
      AWS: ['arn:aws:iam::111122223333:root', `arn:aws:iam::${OTHER_ACCOUNT}:root`],
    });
  });

  test('may not administer the key', () => {
    expect(
      JSON.stringify(
        bySid(statements(built(PerimeterExemption.roleArn(BACKUP)).template, TYPE.key), 'AccountAdministersKey'),
      ),
    ).not.toContain(BACKUP);
  });
});

describe('an exempt principal in the role policy', () => {
  test('has no place', () => {
    expect(
      JSON.stringify(statements(built(PerimeterExemption.roleArn(BACKUP)).template, TYPE.managedPolicy)),
    ).not.toContain(BACKUP);
  });
});

describe('an exempt principal in the key policy', () => {
  const accounts = (account: string) => {
    const arn = `arn:${Aws.PARTITION}:iam::${account}:role/deploy/Deploy`;
    const { template } = synthesize({ perimeterExemptions: [PerimeterExemption.roleArn(arn)] });
    const { Principal } = bySid(statements(template, TYPE.key), 'DecryptThroughS3');
    return filledIn((Principal as { AWS: unknown }).AWS, known);
  };

  test('is let in with its account, where the partition is known at deployment only', () => {
    expect(accounts(OTHER_ACCOUNT)).toEqual(['arn:aws:iam::111122223333:root', `arn:aws:iam::${OTHER_ACCOUNT}:root`]);
  });

  test('is of the account of the stack, where that is known at deployment only', () => {
    expect(accounts(Aws.ACCOUNT_ID)).toBe('arn:aws:iam::111122223333:root');
  });
});
