import { Aws, Stack } from 'aws-cdk-lib';

/**
 * The roles that CloudFormation deploys a stack with: the synthesizer's execution role, where there is one, and the
 * execution roles of StackSets. Calls on a caller's behalf carry `aws:CalledViaFirst` instead.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html
 */
export function deploymentRoleArns(stack: Stack): string[] {
  const role = (name: string) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`;
  const executionRole = outermost(stack).synthesizer.cloudFormationExecutionRole;
  return [
    ...(executionRole === undefined ? [] : [withPseudoParameters(executionRole)]),
    role('AWSCloudFormationStackSetExecutionRole'),
    role('stacksets-exec-*'),
  ];
}

/** A nested stack is deployed by the roles of the stack around it. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

/** The synthesizer's ARN has placeholders that only CloudFormation's own substitution would fill in. */
function withPseudoParameters(arn: string): string {
  return arn
    .replace(/\$\{AWS::Partition\}/g, Aws.PARTITION)
    .replace(/\$\{AWS::AccountId\}/g, Aws.ACCOUNT_ID)
    .replace(/\$\{AWS::Region\}/g, Aws.REGION);
}
