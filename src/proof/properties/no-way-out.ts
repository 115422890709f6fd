import { asList } from '../../iam/document';
import { actionsOn } from '../../iam/facts/actions';
import { STRANGER } from '../principals';
import { isTrusted, isVouchedFor } from '../aws-owned-buckets';
import { allDenied, Attempt, ClaimResult, Finding, first, Trial, tryClaim } from '../property-check';
import { actionClasses } from '../classes';
import { constantsOf, valuesOf } from '../constants';
import { ANYTHING, Court, OPEN_BUCKET, UNLIMITED } from '../authorizers';
import { ACTOR, actorOf, Axis, axis, Exception, narrowed, NETWORK } from '../candidate-request';
import { World } from '../request-space';

const ENDPOINT_FIX = 'let the endpoint policy allow the data buckets only, each Allow with aws:ResourceAccount; AWS-owned buckets by their exact names';
const ROLE_FIX = 'pin the role\'s Allows to the accounts of its buckets with aws:ResourceAccount';
const ORGANIZATION_FIX = 'add aws:PrincipalOrgID and aws:ResourceOrgID to this Allow of the endpoint policy, as in its other statements';
const SERVICE_FIX = 'let the endpoint policy allow the workload\'s role only, by aws:PrincipalArn';

/**
 * *No way out*: no bucket outside the accounts of the data buckets is reachable through the endpoint, by anybody's credentials; nor by the role's
 * credentials on any way. Buckets of AWS are trusted by name: what they publish may be read. Others that the access list names are the word of the
 * user, and an assumption.
 */
export function noWayOut(world: World): ClaimResult {
  return tryClaim('no-way-out', [unknownEndpoints, vouchedFor, throughEndpoint, byRole, acrossOrganizations, otherServices], world);
}

const unknownEndpoints: Attempt = ({ world, assume }) => {
  world.subject.endpoints.filter(({ policy }) => policy === 'unknown').forEach(({ id }) => assume(`the policy of ${id} lets nothing out`));
  return undefined;
};

const vouchedFor: Attempt = ({ world: { subject }, assume }) => {
  (subject.awsOwned ?? []).filter(({ action, objects, account }) => account === undefined && !isTrusted(action, objects, subject))
    .forEach(({ action, objects }) => assume(`the owner of ${objects} may have what ${action} tells it`));
  return undefined;
};

const throughEndpoint: Attempt = trial => {
  const { world } = trial;
  const ids = world.subject.endpoints.filter(({ policy }) => policy !== 'unknown').map(({ id }) => id);
  const axes = narrowed(world.axes(), NETWORK, ({ network }) => network?.endpointId !== undefined && ids.includes(network.endpointId));
  return ids.length === 0 ? undefined : abroad(trial, axes, world.courts.endpoint(OPEN_BUCKET), ENDPOINT_FIX);
};

const byRole: Attempt = trial => {
  const { world } = trial;
  const axes = narrowed(world.axes(), ACTOR, ({ actor }) => actor?.kind === 'workload');
  return abroad(trial, axes, world.courts.role(STRANGER), ROLE_FIX);
};

function abroad({ world, judge }: Trial, axes: readonly Axis[], court: Court, fix: string): Finding {
  const trusts: Exception = {
    axes: {}, holds: ({ action, target: { arn } }) => isTrusted(action, arn, world.subject) || isVouchedFor(action, arn, world.subject),
  };
  const documents = [...world.rolePolicies(), ...world.endpointPolicies()];
  const all = [...axes, ownerAxis(world)];
  return first(world.foreign(), target => first(actionClasses(actionsOn(target.arn), documents, [['s3:GetObject'], ['s3:PutObject']]), action =>
    allDenied(judge, { action, target, axes: all }, court, fix, trusts)));
}

/** If one statement of the endpoint's policy names an organization, none lets a principal or a bucket of another one through. */
const acrossOrganizations: Attempt = ({ world, judge }) => first(world.subject.endpoints, ({ id, policy }) => {
  if (policy === undefined || policy === 'unknown') return undefined;
  const constants = constantsOf([policy]);
  const inside = narrowed(world.axes(), NETWORK, ({ network }) => network?.endpointId === id);
  const principals = valuesOf(constants, 'aws:PrincipalOrgID').length === 0 ? [] : [narrowed(inside, 'organization', ({ words }) => words !== '')];
  const resources = valuesOf(constants, 'aws:ResourceOrgID').length === 0 ? [] : [[...inside, OTHER_OWNER]];
  const targets = world.subject.buckets.flatMap(bucket => [world.bucket(bucket), ...world.objects(bucket)]);
  return first([...principals, ...resources], axes => first(targets, target => first(actionClasses(actionsOn(target.arn), [policy]), action =>
    allDenied(judge, { action, target, axes }, world.courts.endpoint(OPEN_BUCKET), ORGANIZATION_FIX))));
});

/** A stranger may belong to the same organization; and no proof relies on `aws:ResourceAccount` being in every request. */
function ownerAxis({ constants }: World): Axis {
  const [organization] = valuesOf(constants, 'aws:ResourceOrgID');
  const inside = organization === undefined ? {} : { 'aws:ResourceOrgID': organization };
  return axis('owner', [
    { words: '', context: {} },
    ...organization === undefined ? [] : [{ words: 'of the same organization', context: inside }],
    { words: 'without aws:ResourceAccount', context: { ...inside, 'aws:ResourceAccount': undefined } },
  ]);
}

const OTHER_OWNER = axis('owner', [
  { words: 'in another organization', context: { 'aws:ResourceOrgID': 'o-anotherone00' } },
  { words: 'in no organization', context: { 'aws:ResourceOrgID': undefined } },
]);

/** Endpoints of other services serve the workload's role and nobody else: a stranger's credentials would carry data into a stranger's account. */
const otherServices: Attempt = ({ world, judge }) => first(world.subject.otherEndpoints ?? [], ({ service, policy, id }) => {
  const { account } = world.subject;
  const axes = narrowed(world.axes(), ACTOR, ({ actor }) => actor?.kind !== 'workload' && actor?.kind !== 'service');
  const target = { words: `the service ${service} through ${id}`, arn: '*', account, context: {} };
  const actions = asList(policy.Statement).flatMap(({ Action }) => asList(Action)).map(each => each.replaceAll('*', 'Any'));
  const court = new Court([policy, OPEN], scene => ({
    identityPolicies: UNLIMITED, endpointPolicy: policy, endpointKind: 'interface', resourcePolicy: actorOf(scene).account === account ? undefined : OPEN,
  }));
  return first(actions, action => allDenied(judge, { action, target, axes }, court, SERVICE_FIX));
});

const OPEN = { Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow' as const, Principal: '*', Action: '*', Resource: '*' }] };
