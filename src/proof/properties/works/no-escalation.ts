import { isListed } from './granted';
import {
  asList,
  Escalation,
  ESCALATIONS,
  EscalationTarget,
  PASS_ROLE,
  StatementJson,
  UNSEEN_USES,
  UnseenUse,
  wildcardMatch,
} from '../../../iam';
import type { Authorizer } from '../../authorizers';
import { dimension, Dimension, narrowed, NETWORK, RequestClass, Target, valueSaid } from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { witness } from '../../constants';
import type { KeyInput, ProofInput } from '../../proof-input';
import { about, allDenied, Counterexample, first, Property, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { workloadDimensions } from '../bound/workload';

/** What the role may use beside S3 by its own policies is named; only what lifts its limits is looked at. */
export const noEscalation: Property = {
  id: 'works[no-escalation]',
  decide: check => {
    UNSEEN_USES.forEach(use => nameUses(check, use));
    const found = ESCALATIONS.flatMap(each => escalates(check, each));
    return found.filter(({ decision }, at) => found.findIndex(each => each.decision === decision) === at);
  },
};

function escalates(check: PropertyCheck, { on, actions }: Escalation): readonly Counterexample[] {
  const { space } = check;
  const dimensions = dimensionsOf(space, actions);
  const finding = first(askedOn(space, on), ({ targets, authorizer }) =>
    first(targetClasses(targets, authorizer.documents), target =>
      first(actionClasses(actions, authorizer.documents), action =>
        allDenied(check, { action, target, dimensions }, authorizer),
      ),
    ),
  );
  return about(space.input.role.arn, finding);
}

/** A service is passed a role that it can assume; a grant for a resource of AWS is none for the role. */
function dimensionsOf(space: RequestSpace, actions: readonly string[]): readonly Dimension[] {
  const all = workloadDimensions(space).map(fromInternetFirst);
  if (actions.includes(PASS_ROLE)) {
    const toEc2 = { words: 'to EC2', parts: { parameters: { 'iam:PassedToService': 'ec2.amazonaws.com' } } };
    return [...all.filter(({ keys }) => !keys.has('iam:passedtoservice')), dimension('iam:passedtoservice', [toEc2])];
  }
  const isForAws = 'kms:GrantIsForAWSResource';
  return actions.includes('kms:CreateGrant')
    ? narrowed(all, isForAws.toLowerCase(), each => valueSaid(each, isForAws) !== 'true')
    : all;
}

/** What needs no endpoint of S3 is told as it is done from anywhere. */
function fromInternetFirst(each: Dimension): Dimension {
  const isFirst = ({ network }: RequestClass) => Number(network?.kind === 'internet');
  return each.name === NETWORK
    ? { ...each, classes: [...each.classes].sort((one, other) => isFirst(other) - isFirst(one)) }
    : each;
}

/** Requests about some targets, and the policies that decide them. */
interface Asked {
  readonly targets: readonly Target[];
  readonly authorizer: Authorizer;
}

function askedOn(space: RequestSpace, on: EscalationTarget): readonly Asked[] {
  const { input, authorizers } = space;
  if (on === 'key') {
    return input.keys.map(key => ({ targets: [space.key(key)], authorizer: authorizerOf(space, key) }));
  }
  const targets = withNamed(space, arnsOf(on, input)).map((arn): Target => ({
    words: arn,
    arn,
    account: input.account,
  }));
  return [{ targets, authorizer: authorizers.identity() }];
}

function authorizerOf({ authorizers }: RequestSpace, { policy, account }: KeyInput): Authorizer {
  return policy === 'unknown' ? authorizers.role(account, 'key') : authorizers.roleAndKey(policy);
}

/** The ARNs of what a workload has of a kind; what is not known by its id is what a wildcard alone matches. */
function arnsOf(on: EscalationTarget, input: ProofInput): readonly string[] {
  const { partition, region, account, role, buckets, perimeterArns = [] } = input;
  const arn = (service: string, resource: string, place = region) =>
    `arn:${partition}:${service}:${place}:${account}:${resource}`;
  const known: { readonly [kind in EscalationTarget]?: readonly string[] } = {
    role: [role.arn],
    policy: role.policyArns ?? [],
    'another identity': ['user', 'group', 'role'].map(kind => arn('iam', `${kind}/another-one`, '')),
    bucket: buckets.filter(each => !isListed(each)).map(each => each.arn),
    account: ['*'],
    'access point': [arn('s3', 'accesspoint/a-new-one'), arn('s3', 'accesspoint/a-new-one', '')],
    'access grants': [arn('s3', 'access-grants/default')],
    organization: [arn('organizations', 'policy/o-a1b2c3d4e5/service_control_policy/p-a1b2c3d4', '')],
  };
  const around = perimeterArns.filter(each => each.includes(`:${on}/`));
  return known[on] ?? (around.length > 0 ? around : [arn('ec2', `${on}/of-the-workload`)]);
}

/** A stack has an id that the template can name, in addition to its name. */
function withNamed({ constants }: RequestSpace, arns: readonly string[]): readonly string[] {
  const stacks = arns
    .filter(arn => /:cloudformation:.*:stack\//.test(arn))
    .map(arn => arn.slice(0, arn.lastIndexOf('/') + 1));
  const named = [...constants.resources].filter(each => stacks.some(stack => each.startsWith(stack)));
  return [...arns, ...named.map(witness)];
}

/** Names what the policies of the role allow and nobody looks at, with the resources that they allow it on. */
function nameUses(check: PropertyCheck, { what, actions }: UnseenUse): void {
  const { space } = check;
  const statements = space.input.role.policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(({ Effect }) => Effect === 'Allow');
  for (const statement of statements) {
    const covered = actions.filter(each => covers(statement, each));
    const resources = asList(statement.Resource ?? '*').filter(each => isUsed(check, covered, each));
    if (covered.length > 0 && resources.length > 0) {
      check.assume(`the role may use ${what} (${covered[0]} on ${resources.join(', ')}), and nothing is known of them`);
    }
  }
}

function isUsed(check: PropertyCheck, actions: readonly string[], resource: string): boolean {
  const { space, search } = check;
  const { account, role } = space.input;
  const target = space.inAccount(witness(resource), account);
  const others = target.arn === role.arn ? [] : actions;
  const dimensions = workloadDimensions(space);
  return others.some(
    action => search.firstAllowed({ action, target, dimensions }, space.authorizers.identity()) !== undefined,
  );
}

function covers({ Action, NotAction }: StatementJson, action: string): boolean {
  const isIn = (patterns: StatementJson['Action']) =>
    asList(patterns).some(each => wildcardMatch(each.toLowerCase(), action.toLowerCase()));
  return Action === undefined ? !isIn(NotAction) : isIn(Action);
}
