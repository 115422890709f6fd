/**
 * The roles that StackSets deploy with, in the account that they deploy to: with self-managed and with service-managed
 * permissions.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html
 */
export const STACK_SETS_ROLE_NAMES = ['AWSCloudFormationStackSetExecutionRole', 'stacksets-exec-*'] as const;

/**
 * What the names of the roles begin with that the CDK's default bootstrap makes for CloudFormation; account and Region
 * follow.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export const CDK_EXECUTION_ROLE = 'cdk-hnb659fds-cfn-exec-role-';
