import type { PolicyJson, StatementJson } from '../../iam';
import { asList } from '../../iam/document';
import { arnMatch } from '../../iam/wildcard';
import { actionsOn, KEY_USES } from '../../iam/facts/actions';
import { identity, STRANGER } from '../principals';
import { CREDENTIALS } from '../dimensions';
import { allDenied, Attempt, counterexample, Finding, first, Trial } from '../property-check';
import { actionClasses, targetClasses } from '../classes';
import { keysOf, witness } from '../constants';
import { looksAt } from '../exemptions';
import { ACTOR, Actor, Axis, axis, narrowed, NETWORK, Target, usualScene } from '../candidate-request';
import { World } from '../request-space';

const IDENTITY_FIX = 'deny where StringNotEqualsIfExists aws:PrincipalOrgID is yours, with BoolIfExists aws:PrincipalIsAWSService false: anonymous requests lack both keys';
const DEPUTY_FIX = 'deny services where StringNotEqualsIfExists aws:SourceOrgID is yours, with Null aws:SourceAccount false and no other condition';
const NETWORK_FIX = 'deny objects where the network key is not yours, with the IfExists forms, for everybody but services and exact exemptions';
const CREDENTIALS_FIX = 'deny where StringNotEquals aws:SourceVpc is ${aws:Ec2InstanceSourceVpc}, with Null ec2:SourceInstanceARN false and BoolIfExists aws:ViaAWSService false';
const EXEMPTION_FIX = 'spare exact ARNs only, or deny everybody else to create and change roles of such names';

/** What guardrails mean to deny, as the keys that they look at tell, is denied to everybody whom they do not spare by an exact ARN. */
export const holes: Attempt = trial => outsiders(trial) ?? deputies(trial) ?? networks(trial) ?? credentials(trial) ?? exemptions(trial);

const outsiders: Attempt = trial => {
  const { world } = trial;
  if (!ofResources(world).some(policy => looksAt(policy, ['aws:PrincipalOrgID']))) return undefined;
  const { account, partition } = world.subject;
  const trusted = valuesIn(ofResources(world), 'aws:principalaccount');
  const spared = sparedBy(ofResources(world)).map(({ pattern }) => pattern);
  const isOutside = (actor: Actor | undefined) => actor?.kind === 'identity' && actor.account !== account
    && !trusted.includes(String(actor.account)) && !isSpared(spared, actor);
  const namesakes = spared.filter(isCreatable).map(pattern => exampleOf(pattern, partition, STRANGER)).map(arn => identity(arn, arn));
  const actors = (axes: readonly Axis[]) => narrowed(axes, ACTOR, ({ actor }) => isOutside(actor))
    .map(each => each.name === ACTOR ? { ...each, choices: [...each.choices, ...namesakes] } : each);
  const unsigned = (axes: readonly Axis[]) => narrowed(axes, ACTOR, ({ actor }) => actor?.kind === 'anonymous');
  return closedTo(trial, axes => narrowed(unsigned(axes), 'organization', ({ context }) => Object.keys(context).length === 0), IDENTITY_FIX)
    ?? closedTo(trial, axes => narrowed(actors(axes), 'organization', ({ words }) => words !== ''), IDENTITY_FIX);
};

const deputies: Attempt = trial => {
  const { world } = trial;
  if (!ofResources(world).some(policy => looksAt(policy, ['aws:SourceOrgID']))) return undefined;
  const services = (axes: readonly Axis[]) => narrowed(axes, ACTOR, ({ actor }) => actor?.kind === 'service');
  const marked = (axes: readonly Axis[]) => narrowed(services(axes), 'service mark', ({ words }) => words === '');
  const onBehalf = axis('source', [
    { words: `on behalf of account ${STRANGER}`, context: { 'aws:SourceAccount': STRANGER, 'aws:SourceOrgID': undefined } },
    { words: 'on behalf of another organization', context: { 'aws:SourceAccount': STRANGER, 'aws:SourceOrgID': 'o-anotherone00' } },
  ]);
  return closedTo(trial, axes => [...marked(axes), onBehalf], DEPUTY_FIX);
};

const networks: Attempt = trial => {
  const { world } = trial;
  if (!ofResources(world).some(policy => looksAt(policy, ['aws:VpceOrgID', 'aws:SourceVpc', 'aws:SourceVpce']))) return undefined;
  const spared = sparedBy(ofResources(world)).map(({ pattern }) => pattern);
  const outside = (axes: readonly Axis[]) => narrowed(
    narrowed(axes, ACTOR, ({ actor }) => actor?.kind === 'identity' && actor.throughCloudFormation !== true && !isSpared(spared, actor)),
    NETWORK, ({ network }) => network?.kind === 'internet');
  return closedTo(trial, outside, NETWORK_FIX, 'objects');
};

/** Nobody beside the instance uses its credentials, for anything at all. */
const credentials: Attempt = ({ world, judge }) => {
  const keys = ['aws:Ec2InstanceSourceVpc', 'ec2:SourceInstanceARN'];
  if (!ofIdentities(world).some(policy => looksAt(policy, keys))) return undefined;
  const axes = narrowed(narrowed(narrowed(world.axes(), ACTOR, ({ actor }) => actor?.kind === 'workload'),
    NETWORK, ({ network }) => network?.kind === 'internet' || network?.kind === 'other VPC'),
  CREDENTIALS, ({ context }) => context['ec2:SourceInstanceARN'] !== undefined && context['aws:Ec2InstanceSourceVpc'] === world.subject.endpoints[0]?.vpcId);
  const anything = { words: 'the account', arn: '*', account: world.subject.account, context: {} };
  return first(['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'ssm:GetParameter'], action =>
    allDenied(judge, { action, target: anything, axes }, world.courts.guardrails(), CREDENTIALS_FIX));
};

/** A pattern spares whoever makes a role of such a name, unless another guardrail keeps everybody from making one. */
const exemptions: Attempt = ({ world, judge }) => {
  const { partition, account } = world.subject;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const open = sparedBy([...ofIdentities(world), ...ofResources(world)]).filter(({ pattern }) => isCreatable(pattern));
  return first(open, ({ pattern, sid }) => {
    const arn = exampleOf(pattern, partition, account);
    const target = { words: `${arn}, which statement ${sid} spares`, arn, account, context: { 'aws:ResourceAccount': account } };
    const usual = usualScene('iam:CreateRole', target, world.axes(), { [ACTOR]: admin });
    const scene = { ...usual, choices: [...usual.choices, NO_INSTANCE] };
    const decision = judge.decide(scene, world.courts.guardrails());
    return decision.verdict === 'Allowed' ? counterexample({ scene, decision }, 'denied', EXEMPTION_FIX) : undefined;
  });
};

const NO_INSTANCE = { words: '', context: { 'ec2:SourceInstanceARN': undefined, 'aws:Ec2InstanceSourceVpc': undefined } };

function closedTo({ world, judge }: Trial, narrow: (axes: readonly Axis[]) => readonly Axis[], fix: string, what: 'everything' | 'objects' = 'everything'): Finding {
  const documents = ofResources(world);
  const own = <T extends { readonly account: string }>(items: readonly T[]) => items.filter(({ account }) => account === world.subject.account);
  const targets = targetClasses(own(world.subject.buckets).flatMap((bucket): readonly Target[] => (
    [...world.objects(bucket), ...what === 'objects' ? [] : [world.bucket(bucket)]])), documents);
  const axes = narrow(world.axes());
  return first(targets, target => first(actionClasses(actionsOn(target.arn), documents), action =>
    allDenied(judge, { action, target, axes }, world.courts.guardrails(), fix)))
    ?? first(what === 'objects' ? [] : own(world.subject.keys), key => first(actionClasses(KEY_USES, documents), action =>
      allDenied(judge, { action, target: world.key(key), axes: narrow(world.keyAxes(key)) }, world.courts.guardrails('key'), fix)));
}

function ofResources({ subject }: World): readonly PolicyJson[] {
  return subject.resourceControlPolicies ?? [];
}

function ofIdentities({ subject }: World): readonly PolicyJson[] {
  return (subject.serviceControlPolicies ?? []).flat();
}

interface Spared {
  readonly pattern: string;
  readonly sid: string;
}

/** The principals that Denies spare by `aws:PrincipalArn`. */
function sparedBy(policies: readonly PolicyJson[]): readonly Spared[] {
  return policies.flatMap(({ Statement }) => asList(Statement)).filter(({ Effect }) => Effect === 'Deny').flatMap((statement, index) =>
    conditionValues(statement, /^(Arn|String)Not(Equals|Like)(IfExists)?$/i, 'aws:principalarn')
      .map(pattern => ({ pattern, sid: statement.Sid ?? `#${index + 1}` })));
}

function valuesIn(policies: readonly PolicyJson[], key: string): readonly string[] {
  return policies.flatMap(({ Statement }) => asList(Statement)).filter(statement => keysOf(statement).has(key))
    .flatMap(statement => conditionValues(statement, /Not/i, key));
}

function conditionValues({ Condition = {} }: StatementJson, operators: RegExp, key: string): readonly string[] {
  return Object.entries(Condition).filter(([operator]) => operators.test(operator))
    .flatMap(([, keys]) => Object.entries(keys).filter(([name]) => name.toLowerCase() === key).flatMap(([, values]) => asList(values).map(String)));
}

/** Patterns under which anybody can make a role spare nobody here. */
function isSpared(patterns: readonly string[], { arn }: Actor): boolean {
  return arn !== undefined && patterns.some(pattern => !isCreatable(pattern) && arnMatch(pattern, arn));
}

/** Customers make no roles under the paths of AWS, none with a colon in the name, and no root users. */
function isCreatable(pattern: string): boolean {
  const name = /^arn:[^:]*:iam::[^:]*:role\/(.*)$/.exec(pattern)?.[1];
  return name !== undefined && /[*?]/.test(pattern) && !/^(aws-reserved|aws-service-role)\/|:/.test(name);
}

function exampleOf(pattern: string, partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:${witness(pattern.split(':').slice(5).join(':'))}`;
}
