import type { Evidence, Finding, Rule } from './rule';
import { DeclarationModel, GrantedModel, isBelow, nameOf } from '../cloudformation';
import { arnMatch, LIST_ACTIONS, OBJECT_ACTIONS, wildcardMatch } from '../iam';

/**
 * Others who are granted something in a data bucket: its Denies refuse it, whatever they are granted, and nothing but an
 * error when they try would tell.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const refusedGrants: Rule = {
  id: 'refused-grants',
  check: ({ workload: { declaration }, model }) => (declaration === undefined ? [] : refusedBy(declaration, model)),
};

function refusedBy(declaration: DeclarationModel, { granted, declarations }: Evidence['model']): Finding[] {
  const meant = declarations.flatMap(({ roleArn, onPremisesRoles = [], exemptPrincipalArns }) => [
    roleArn,
    ...onPremisesRoles.map(each => each.roleArn),
    ...exemptPrincipalArns,
  ]);
  const isMeant = ({ role, roleArn = '' }: GrantedModel) =>
    meant.some(each => arnMatch(each, roleArn)) || isBelow(role.constructPath, declaration.constructPath);
  const others = granted.filter(each => !isMeant(each));
  return declaration.buckets
    .filter(({ hasPerimeter }) => hasPerimeter)
    .flatMap(({ arn }) => distinct(others.filter(each => isOf(arn, each))).map(each => finding(each, arn)));
}

function isOf(bucket: string, { actions, resources }: GrantedModel): boolean {
  const isNamed = resources.some(each => each === bucket || each.startsWith(`${bucket}/`));
  return isNamed && deniedAmong(actions) !== undefined;
}

/** What the perimeter denies of what is granted; the configuration of the bucket is open to who may change it. */
function deniedAmong(actions: readonly string[]): string | undefined {
  return actions.find(pattern =>
    [...OBJECT_ACTIONS, ...LIST_ACTIONS].some(each => wildcardMatch(pattern.toLowerCase(), each.toLowerCase())),
  );
}

/** One finding for each role is enough. */
function distinct(granted: readonly GrantedModel[]): readonly GrantedModel[] {
  return [...new Map(granted.map(each => [nameOf(each.role), each])).values()];
}

function finding({ where, role, actions }: GrantedModel, bucket: string): Finding {
  return {
    where,
    description:
      `${nameOf(role)} is granted ${deniedAmong(actions)} on ${bucket}, ` +
      'whose policy denies objects and lists to everybody but the workload and who is exempt',
    fix: 'exempt the role with perimeterExemptions, or take the grant out',
    isDoubt: true,
  };
}
