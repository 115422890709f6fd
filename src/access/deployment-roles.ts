import { Aws, Stack } from 'aws-cdk-lib';
import { STACK_SETS_ROLE_NAMES } from '../iam';

/**
 * Who deploys a stack, for its policies and, by its declared access, for the proof: the synthesizer's execution role,
 * where there is one, and the execution roles of StackSets. Without a role CloudFormation works with the credentials
 * of the caller, and its calls carry `aws:CalledViaFirst`.
 */
export function deploymentRoleArns(stack: Stack): string[] {
  const executionRole = outermost(stack).synthesizer.cloudFormationExecutionRole;
  return [
    ...(isNamed(executionRole) ? [withPseudoParameters(executionRole)] : []),
    ...STACK_SETS_ROLE_NAMES.map(name => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`),
  ];
}

/** A synthesizer says by an empty text, too, that there is no role. */
function isNamed(executionRole: string | undefined): executionRole is string {
  return executionRole !== undefined && executionRole !== '';
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
