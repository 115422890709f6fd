import { ControlSpec, Evidence, standing, Standing } from './control';
import { decidedBy } from './decided-by';
import { asList } from '../../analysis';
import type { StatementJson } from '../../iam';

const WILD_ACTION = /^(\*|[a-z0-9-]+:\*)$/i;

function allows({
  workload: { role },
}: Evidence): Array<{ readonly statement: StatementJson; readonly where: Standing['where'] }> {
  return (role?.policies ?? []).flatMap(({ document, where }) =>
    asList(document.Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .map(statement => ({ statement, where })),
  );
}

/** What the role is, and what it may do. */
export const IDENTITY: readonly ControlSpec[] = [
  {
    title: 'Temporary credentials of a role, no stored keys',
    ids: ['SRA', 'CKV_AWS_46'],
    check: ({ flow, workload }) => [
      standing(
        flow.steps[1].ok,
        'a session of the role; no static key in user data, tags or environments',
        'see step 2 of the request flow',
        workload.role?.where,
      ),
    ],
  },
  {
    title: 'Only EC2 can take the role',
    ids: ['SRA', 'CKV_AWS_60', 'CKV_AWS_61'],
    check: ({ workload: { role } }) =>
      role?.trustPolicy === undefined
        ? []
        : asList(role.trustPolicy.document.Statement)
            .filter(({ Effect }) => Effect === 'Allow')
            .map(({ Principal }) => {
              const { Service: services, ...others } =
                typeof Principal === 'object'
                  ? Principal
                  : ({ AWS: Principal ?? '*' } as { Service?: string; AWS: string });
              const isEc2 =
                Object.keys(others).length === 0 &&
                asList(services).every(service => /^ec2\.amazonaws\.com(\.cn)?$/.test(service));
              return standing(
                isEc2,
                'the trust policy names ec2.amazonaws.com alone',
                'the trust policy names somebody else, too',
                role.where,
              );
            }),
  },
  {
    title: 'No wildcard in the action of an Allow',
    ids: [
      'FSBP IAM.1',
      'FSBP IAM.21',
      'CT.IAM.PR.2',
      'CT.IAM.PR.3',
      'NIST AC-3, AC-6',
      'IAMPolicyNoStatementsWithAdminAccess',
      'IAMPolicyNoStatementsWithFullAccess',
      'CKV_AWS_62',
      'CKV_AWS_63',
    ],
    check: evidence =>
      allows(evidence).map(({ statement, where }) =>
        standing(
          statement.NotAction === undefined && !asList(statement.Action).some(action => WILD_ACTION.test(action)),
          'each action is named',
          `statement ${statement.Sid ?? ''} has a wildcard for its action`,
          where,
        ),
      ),
  },
  {
    title: 'No wildcard in the resource of an Allow',
    ids: ['AwsSolutions-IAM5'],
    check: evidence =>
      allows(evidence).map(({ statement, where }) =>
        standing(
          !asList(statement.Resource).some(resource => resource.includes('*')),
          'each resource is named',
          'objects are named by bucket and prefix, with a wildcard at the end',
          where,
        ),
      ),
  },
  {
    title: 'Customer-managed policies only',
    ids: ['AwsSolutions-IAM4', 'IAMNoInlinePolicy', 'NIST AC-6'],
    check: ({ workload: { role } }) =>
      (role?.policies ?? []).map(({ where, name }) =>
        standing(
          where?.type === 'AWS::IAM::ManagedPolicy',
          'a managed policy of the account',
          `${name} is inline, or a policy of AWS`,
          where ?? role?.where,
        ),
      ),
  },
  {
    title: 'No decryption with every key',
    ids: ['FSBP KMS.1', 'FSBP KMS.2'],
    check: evidence =>
      allows(evidence)
        .filter(({ statement }) => asList(statement.Action).some(action => /^kms:(Decrypt|ReEncrypt)/i.test(action)))
        .map(({ statement, where }) =>
          standing(
            !asList(statement.Resource).some(resource => resource.includes('*')),
            'the keys are named',
            'a wildcard covers other keys',
            where,
          ),
        ),
  },
  {
    title: 'Credentials are of no use outside the instance',
    ids: ['SRA', 'NIST AC-4'],
    check: ({ proof, workload }) =>
      decidedBy(
        proof,
        ['bound[all-policies]', 'bound[role-policies]', 'bound[binding]'],
        'stolen credentials are refused everywhere',
        workload.role?.where,
      ),
  },
];
