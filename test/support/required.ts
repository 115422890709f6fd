import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RequiredPolicy, RequiredPolicyKind } from '../../src';

/** What others must attach to resources of a kind; where one is named, to that one. */
export function required(
  { requiredPolicies }: { readonly requiredPolicies: RequiredPolicy[] },
  kind: keyof typeof RequiredPolicyKind,
  resource?: string,
): PolicyStatement[] {
  return requiredPolicies
    .filter(each => each.kind === RequiredPolicyKind[kind] && (resource === undefined || each.resource === resource))
    .flatMap(({ statements }) => statements);
}
