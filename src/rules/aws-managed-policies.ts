import type { Evidence, Finding, Rule } from './rule';
import { mayMean } from './statements';
import { nameOf } from '../cloudformation';
import { asList, PolicyJson } from '../iam';
import { unknownPoliciesOf } from '../proof';

const SERVICES = ['s3', 'kms'];

const FIX = 'detach it: the access list of the workload gives the role what it needs on its buckets and their keys';

/**
 * Policies of AWS on the role that allow more of S3 or KMS than the access list, now or after AWS changes them (rule
 * 1 of `docs/policy-rules.md`). Those that allow nothing of either, such as `AmazonSSMManagedInstanceCore`, pass.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
 */
export const awsManagedPolicies: Rule = {
  id: 'aws-managed-policies',
  check: evidence => [...known(evidence), ...unknown(evidence)],
};

function known({ policies, workload }: Evidence): Finding[] {
  return policies
    .filter(({ place, where }) => place === 'managed policy' && where === undefined)
    .flatMap(({ name, document }) => {
      const services = SERVICES.filter(service => allows(document, service));
      return services.length === 0
        ? []
        : [
            {
              ...finding(
                workload,
                `the ${name}`,
                `which allows actions of ${services.join(' and ')} beside the access list`,
              ),
              cause: { place: name },
            },
          ];
    });
}

function unknown({ workload }: Evidence): Finding[] {
  return (workload.role === undefined ? [] : unknownPoliciesOf(workload.role)).map(arn =>
    finding(
      workload,
      `the AWS-managed policy ${arn.replace(/^.*:policy\//, '')}`,
      'of which it is not known here whether it allows actions of s3 or kms',
    ),
  );
}

function finding({ role, where }: Evidence['workload'], policy: string, what: string): Finding {
  const attached = role?.where ?? where;
  return {
    where: attached,
    description: `${nameOf(attached)} has ${policy}, ${what}, allowed: customer-managed policies`,
    fix: FIX,
  };
}

function allows(document: PolicyJson, service: string): boolean {
  return asList(document.Statement).some(statement => statement.Effect === 'Allow' && mayMean(statement, service));
}
