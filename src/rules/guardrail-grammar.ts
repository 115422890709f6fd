import type { Finding, Rule } from './rule';
import { PlacedStatement, statementsOf, wrong } from './statements';
import { asList } from '../iam';

/**
 * What Organizations demands of its policies beyond the grammar of IAM, and refuses only when they are deployed.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export const guardrailGrammar: Rule = {
  id: 'guardrail-grammar',
  check: ({ policies }) => [
    ...statementsOf(policies.filter(({ place }) => place === 'service control policy')).flatMap(ofServiceControl),
    ...statementsOf(policies.filter(({ place }) => place === 'resource control policy')).flatMap(ofResourceControl),
  ],
};

function ofServiceControl(placed: PlacedStatement): Finding[] {
  const { Principal, NotPrincipal } = placed.statement;
  return Principal === undefined && NotPrincipal === undefined
    ? []
    : [
        wrong(
          placed,
          'a service control policy names no principals, because it is about those of the accounts that it is attached to',
          'remove the element, and spare principals by a condition on aws:PrincipalArn',
        ),
      ];
}

function ofResourceControl(placed: PlacedStatement): Finding[] {
  const { Effect, Principal, Action, NotAction } = placed.statement;
  return [
    ...(Effect === 'Deny'
      ? []
      : [
          wrong(
            placed,
            'a resource control policy has Deny statements only, and AWS attaches the one Allow',
            'write a Deny with the opposite condition',
          ),
        ]),
    ...(Principal === '*'
      ? []
      : [
          wrong(
            placed,
            'the principal of a resource control policy is "*", and nothing else',
            'write Principal "*" and name principals by a condition',
          ),
        ]),
    ...(NotAction === undefined && !asList(Action).includes('*')
      ? []
      : [
          wrong(
            placed,
            'a resource control policy names actions by their services, such as "s3:*", not by NotAction or "*"',
            'name the actions',
          ),
        ]),
  ];
}
