import { actionsOn, asList } from '../../iam';
import { ANYTHING, Authorizer, OPEN_BUCKET, UNLIMITED } from '../authorizers';
import { isTrusted, isVouchedFor } from '../aws-owned-buckets';
import { PRINCIPAL, principalOf, Dimension, dimension, Exception, narrowed, NETWORK } from '../candidate-request';
import { actionClasses } from '../classes';
import { constantsOf, valuesOf } from '../constants';
import { EXTERNAL_ACCOUNT } from '../principals';
import { allDenied, Property, ClaimResult, Finding, first, PropertyCheck, tryClaim } from '../property-check';
import { RequestSpace } from '../request-space';

const ENDPOINT_FIX =
  'let the endpoint policy allow the data buckets only, each Allow with aws:ResourceAccount; AWS-owned buckets by their exact names';
const ROLE_FIX = "pin the role's Allows to the accounts of its buckets with aws:ResourceAccount";
const ORGANIZATION_FIX =
  'add aws:PrincipalOrgID and aws:ResourceOrgID to this Allow of the endpoint policy, as in its other statements';
const SERVICE_FIX = "let the endpoint policy allow the workload's role only, by aws:PrincipalArn";

/**
 * *No way out*: no bucket outside the accounts of the data buckets is reachable through the endpoint, by anybody's
 * credentials; nor by the role's credentials on any way. Buckets of AWS are trusted by name: what they publish may be
 * read. Others that the access list names are the word of the user, and an assumption.
 */
export function noWayOut(space: RequestSpace): ClaimResult {
  return tryClaim(
    'no-way-out',
    [unknownEndpoints, vouchedFor, throughEndpoint, byRole, acrossOrganizations, otherServices],
    space,
  );
}

const unknownEndpoints: Property = ({ space, assume }) => {
  space.input.endpoints
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ id }) => assume(`the policy of ${id} lets nothing out`));
  return undefined;
};

const vouchedFor: Property = ({ space: { input }, assume }) => {
  (input.awsOwned ?? [])
    .filter(({ action, objects, account }) => account === undefined && !isTrusted(action, objects, input))
    .forEach(({ action, objects }) => assume(`the owner of ${objects} may have what ${action} tells it`));
  return undefined;
};

const throughEndpoint: Property = check => {
  const { space } = check;
  const ids = space.input.endpoints.filter(({ policy }) => policy !== 'unknown').map(({ id }) => id);
  const dimensions = narrowed(
    space.dimensions(),
    NETWORK,
    ({ network }) => network?.endpointId !== undefined && ids.includes(network.endpointId),
  );
  return ids.length === 0
    ? undefined
    : abroad(check, dimensions, space.authorizers.endpoint(OPEN_BUCKET), ENDPOINT_FIX);
};

const byRole: Property = check => {
  const { space } = check;
  const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  return abroad(check, dimensions, space.authorizers.role(EXTERNAL_ACCOUNT), ROLE_FIX);
};

function abroad(
  { space, search }: PropertyCheck,
  dimensions: readonly Dimension[],
  authorizer: Authorizer,
  fix: string,
): Finding {
  const trusts: Exception = {
    dimensions: {},
    holds: ({ action, target: { arn } }) =>
      isTrusted(action, arn, space.input) || isVouchedFor(action, arn, space.input),
  };
  const documents = [...space.rolePolicies(), ...space.endpointPolicies()];
  const all = [...dimensions, ownerAxis(space)];
  return first(space.foreign(), target =>
    first(actionClasses(actionsOn(target.arn), documents, [['s3:GetObject'], ['s3:PutObject']]), action =>
      allDenied(search, { action, target, dimensions: all }, authorizer, fix, trusts),
    ),
  );
}

/**
 * If one statement of the endpoint's policy names an organization, none lets a principal or a bucket of another one
 * through.
 */
const acrossOrganizations: Property = ({ space, search }) =>
  first(space.input.endpoints, ({ id, policy }) => {
    if (policy === undefined || policy === 'unknown') {
      return undefined;
    }
    const constants = constantsOf([policy]);
    const inside = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
    const principals =
      valuesOf(constants, 'aws:PrincipalOrgID').length === 0
        ? []
        : [narrowed(inside, 'organization', ({ words }) => words !== '')];
    const resources = valuesOf(constants, 'aws:ResourceOrgID').length === 0 ? [] : [[...inside, OTHER_OWNER]];
    const targets = space.input.buckets.flatMap(bucket => [space.bucket(bucket), ...space.objects(bucket)]);
    return first([...principals, ...resources], dimensions =>
      first(targets, target =>
        first(actionClasses(actionsOn(target.arn), [policy]), action =>
          allDenied(search, { action, target, dimensions }, space.authorizers.endpoint(OPEN_BUCKET), ORGANIZATION_FIX),
        ),
      ),
    );
  });

/**
 * A stranger may belong to the same organization; and no proof relies on `aws:ResourceAccount` being in every
 * request.
 */
function ownerAxis({ constants }: RequestSpace): Dimension {
  const [organization] = valuesOf(constants, 'aws:ResourceOrgID');
  const inside = organization === undefined ? {} : { target: { organizationId: organization } };
  return dimension('owner', [
    { words: '', parts: {} },
    ...(organization === undefined ? [] : [{ words: 'of the same organization', parts: inside }]),
    { words: 'without aws:ResourceAccount', parts: { ...inside, omitted: { 'aws:ResourceAccount': true } } },
  ]);
}

const OTHER_OWNER = dimension('owner', [
  { words: 'in another organization', parts: { target: { organizationId: 'o-anotherone00' } } },
  { words: 'in no organization', parts: { target: { organizationId: undefined } } },
]);

/**
 * Endpoints of other services serve the workload's role and nobody else: a stranger's credentials would carry data
 * into a stranger's account.
 */
const otherServices: Property = ({ space, search }) =>
  first(space.input.otherEndpoints ?? [], ({ service, policy, id }) => {
    const { account } = space.input;
    const dimensions = narrowed(
      space.dimensions(),
      PRINCIPAL,
      ({ principal }) => principal?.kind !== 'workload' && principal?.kind !== 'service',
    );
    const target = { words: `the service ${service} through ${id}`, arn: '*', account };
    const actions = asList(policy.Statement)
      .flatMap(({ Action }) => asList(Action))
      .map(each => each.replaceAll('*', 'Any'));
    const authorizer = new Authorizer([policy, OPEN], candidate => ({
      identityPolicies: UNLIMITED,
      endpointPolicy: policy,
      endpointKind: 'interface',
      resourcePolicy: principalOf(candidate).account === account ? undefined : OPEN,
    }));
    return first(actions, action => allDenied(search, { action, target, dimensions }, authorizer, SERVICE_FIX));
  });

const OPEN = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow' as const, Principal: '*', Action: '*', Resource: '*' }],
};
