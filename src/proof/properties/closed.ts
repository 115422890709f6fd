import { accessPointsToWorkloads } from './closed-access-points';
import { keyUse } from './closed-keys';
import { deliveriesOnly } from './closed-logs';
import { endpointToOnPremisesRoles } from './closed-on-premises-roles';
import { actionsOn, BUCKET_ACTIONS, LIST_ACTIONS } from '../../iam';
import { OPEN_BUCKET } from '../authorizers';
import {
  PRINCIPAL,
  RequestPrincipal,
  principalOf,
  Dimension,
  Exception,
  narrowed,
  NETWORK,
  CandidateRequest,
  usualCandidate,
  valueIn,
} from '../candidate-request';
import { actionClasses, targetClasses } from '../classes';
import { witness } from '../constants';
import { exemptionsOf, isOneOf, looksAt } from '../exemptions';
import { identity, isDeploymentRole } from '../principals';
import { BucketInput, isOwners, knownPolicy, policiesIn, rolesOf } from '../proof-input';
import {
  allDenied,
  Property,
  ClaimResult,
  counterexample,
  Finding,
  first,
  PropertyCheck,
  tryClaim,
} from '../property-check';
import { objectSlices } from '../request-slices';
import { RequestSpace } from '../request-space';

const NETWORK_FIX =
  "deny s3:* on the objects in the bucket policy unless aws:SourceVpce is the endpoint's, with a plain StringNotEquals";
const OTHERS_FIX =
  "deny s3:* on the objects in the bucket policy unless aws:PrincipalArn is the workload's role or an exemption";
const OUTSIDER_FIX =
  'remove the Allow, or name the account that may use it; an Allow for a service needs aws:SourceAccount';
const ENDPOINT_FIX =
  "name the workload's role by aws:PrincipalArn in every Allow of the endpoint policy, except for buckets of AWS";
const GRANT_FIX = 'remove the Allow from the bucket policy and grant the access with the access list';
const LIST_FIX =
  "deny the list actions in the bucket policy unless aws:SourceVpce is the endpoint's; spare CloudFormation's ways in for s3:ListBucket";
const EXEMPT_FIX = 'spare the same principals in every statement that denies by network or by principal';
const ORGANIZATION_FIX =
  'deny s3:* on the objects unless aws:PrincipalOrgID is yours, and where ForAllValues:StringNotLike aws:PrincipalOrgPaths holds';

type BucketProperty = (check: PropertyCheck, bucket: BucketInput) => Finding;

/**
 * *Closed*: even with unlimited identity policies, every action on an object of a data bucket is denied without the
 * endpoint's id, unless the principal is exempt; and through the endpoint to everybody but the workload's roles.
 * Buckets and keys that were made for the workload have to refuse everybody else by their own policies, whatever the
 * endpoint's policy allows; lists of their objects are closed like the objects.
 */
export function closed(space: RequestSpace): ClaimResult {
  const properties: readonly BucketProperty[] = [
    objectsOutsideEndpoint,
    objectsToOthers,
    outsiders,
    byItself,
    listsOutsideEndpoint,
    outsideOrganization,
    exemptEverywhere,
  ];
  const buckets: Property = check =>
    first(
      check.space.input.buckets.filter(({ accessPointOf }) => accessPointOf === undefined),
      bucket => {
        if (isOwners(bucket)) {
          return check.assume(`the policy of ${bucket.arn} keeps everybody else out`);
        }
        return first(properties, property => property(check, bucket));
      },
    );
  return tryClaim(
    'closed',
    [buckets, accessPointsToWorkloads, endpointToOthers, endpointToOnPremisesRoles, keyUse, deliveriesOnly],
    space,
  );
}

const objectsOutsideEndpoint: BucketProperty = ({ space, search }, bucket) => {
  const policy = space.holding(bucket, ['aws:SourceVpce']);
  const dimensions = outsideEndpoint(space, bucket);
  const exempt = exceptExempt(space, bucket);
  return first(objectSlices(space, bucket, dimensions, [policy]), slice =>
    allDenied(search, slice, space.authorizers.resource(policy), NETWORK_FIX, exempt),
  );
};

const objectsToOthers: BucketProperty = ({ space, search, assume }, bucket) => {
  const { endpoints } = space.input;
  const workloads = rolesOf(space.input);
  const unknown = bucket.exclusive ? [] : endpoints.filter(({ policy }) => policy === 'unknown').map(({ id }) => id);
  unknown.forEach(id => assume(`the policy of ${id} lets nobody else through`));
  const inside = narrowed(
    dimensionsFor(space, bucket),
    NETWORK,
    ({ network }) => network?.kind === 'endpoint' && !unknown.includes(network.endpointId ?? ''),
  );
  const others = narrowed(
    inside,
    PRINCIPAL,
    ({ principal }) => principal !== undefined && !isOneOf(workloads, principal),
  );
  const policy = space.holding(bucket);
  const documents = [policy, ...(bucket.exclusive ? [] : space.endpointPolicies())];
  const authorizer = bucket.exclusive ? space.authorizers.resource(policy) : space.authorizers.endpoint(policy);
  const exempt = exceptExempt(space, bucket);
  return first(objectSlices(space, bucket, others, documents), slice =>
    allDenied(search, slice, authorizer, OTHERS_FIX, exempt),
  );
};

/**
 * An endpoint that was made for the workload lets nobody else to the data buckets, whatever their policies allow.
 * Whom the bucket exempts gets in from anywhere: the endpoint may let the exempt through as well.
 */
const endpointToOthers: Property = ({ space, search }) =>
  first(space.input.endpoints, ({ id, policy, exclusive }) => {
    if (!exclusive || policy === 'unknown') {
      return undefined;
    }
    const workloads = rolesOf(space.input);
    const through = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
    const dimensions = narrowed(
      through,
      PRINCIPAL,
      ({ principal }) => principal !== undefined && !isOneOf(workloads, principal),
    );
    const documents = policiesIn([policy]);
    return first(space.input.buckets, bucket => {
      const exempt = exemptionsOf(bucket, space.input);
      const except: Exception = {
        dimensions: { [PRINCIPAL]: ({ principal }) => principal !== undefined && isOneOf(exempt, principal) },
        holds: candidate => isOneOf(exempt, principalOf(candidate)),
      };
      return first([...targetClasses(space.objects(bucket), documents), space.bucket(bucket)], target =>
        first(actionClasses(actionsOn(target.arn), documents), action =>
          allDenied(
            search,
            { action, target, dimensions },
            space.authorizers.endpoint(OPEN_BUCKET),
            ENDPOINT_FIX,
            except,
          ),
        ),
      );
    });
  });

/** Nobody from outside the accounts does anything at all, not even with the bucket's configuration. */
const outsiders: BucketProperty = ({ space, search }, bucket) => {
  const accounts = new Set([bucket.account, space.input.account]);
  const dimensions = narrowed(
    dimensionsFor(space, bucket),
    PRINCIPAL,
    ({ principal }) => principal?.account === undefined || !accounts.has(principal.account),
  );
  const authorizer = space.authorizers.resource(knownPolicy(bucket.policy));
  const exempt = exceptExempt(space, bucket);
  return first(actionClasses(BUCKET_ACTIONS, policiesIn([bucket.policy])), action =>
    allDenied(search, { action, target: space.bucket(bucket), dimensions }, authorizer, OUTSIDER_FIX, exempt),
  );
};

/**
 * The policy of a bucket that was made for the workload grants nothing by itself: it would bypass permissions
 * boundaries and need no other policy.
 */
const byItself: BucketProperty = ({ space, search }, bucket) => {
  if (!bucket.exclusive) {
    return undefined;
  }
  const dimensions = narrowed(
    dimensionsFor(space, bucket),
    PRINCIPAL,
    ({ principal }) => principal?.kind === 'workload' || principal?.kind === 'identity',
  );
  const authorizer = space.authorizers.alone(knownPolicy(bucket.policy));
  const documents = policiesIn([bucket.policy]);
  const targets = [...targetClasses(space.objects(bucket), documents), space.bucket(bucket)];
  return first(targets, target =>
    first(actionClasses(actionsOn(target.arn), documents), action =>
      allDenied(search, { action, target, dimensions }, authorizer, GRANT_FIX),
    ),
  );
};

const listsOutsideEndpoint: BucketProperty = ({ space, search }, bucket) => {
  if (!bucket.exclusive) {
    return undefined;
  }
  const dimensions = outsideEndpoint(space, bucket);
  const authorizer = space.authorizers.resource(space.holding(bucket, ['aws:SourceVpce']));
  const exempt = exceptExempt(space, bucket);
  const exemptArns = exemptionsOf(bucket, space.input);
  const forListing: Exception = {
    ...exempt,
    holds: candidate => exempt.holds(candidate) || isDeployer(principalOf(candidate), space, bucket),
    dimensions: {
      ...exempt.dimensions,
      [PRINCIPAL]: ({ principal }) =>
        principal !== undefined && [isOneOf(exemptArns, principal), isDeployer(principal, space, bucket)],
    },
  };
  return first(LIST_ACTIONS, action =>
    allDenied(
      search,
      { action, target: space.bucket(bucket), dimensions },
      authorizer,
      LIST_FIX,
      action === 's3:ListBucket' ? forListing : exempt,
    ),
  );
};

/**
 * Where policies name an organization, a unit of it, or accounts, nobody outside reaches the objects, not even the
 * exempt.
 */
const outsideOrganization: BucketProperty = ({ space, search }, bucket) => {
  if (!bucket.exclusive) {
    return undefined;
  }
  const dimensions = narrowed(
    dimensionsFor(space, bucket),
    PRINCIPAL,
    ({ principal }) => principal?.kind !== 'service',
  );
  const named = [
    ...space.organization.filter(({ keys }) => space.ownPolicies().some(policy => looksAt(policy, [...keys]))),
    ...space.principalAccount.filter(({ keys }) => looksAt(knownPolicy(bucket.policy), [...keys])),
  ];
  return first(named, ({ name, keys, classes: [inside] }) => {
    const policy = space.holding(bucket, [...keys]);
    return first(
      objectSlices(
        space,
        bucket,
        narrowed(dimensions, name, requestClass => requestClass !== inside),
        [policy],
      ),
      slice => allDenied(search, slice, space.authorizers.resource(policy), ORGANIZATION_FIX),
    );
  });
};

/** Half an exemption locks somebody out who is meant to get in. */
const exemptEverywhere: BucketProperty = ({ space, search }, bucket) => {
  const internet = space.networks.classes.find(({ network }) => network?.kind === 'internet');
  const requests = [
    ...space.objects(bucket).flatMap(target => ['s3:GetObject', 's3:PutObject'].map(action => ({ action, target }))),
    ...LIST_ACTIONS.map(action => ({ action, target: space.bucket(bucket) })),
  ];
  return first(exemptionsOf(bucket, space.input).map(witness), arn =>
    first(requests, ({ action, target }) => {
      const picked = {
        [PRINCIPAL]: identity(`the exempt principal ${arn}`, arn),
        ...(internet === undefined ? {} : { [NETWORK]: internet }),
      };
      const candidate = usualCandidate(action, target, dimensionsFor(space, bucket), picked);
      const decision = search.decide(candidate, space.authorizers.resource(knownPolicy(bucket.policy)));
      return decision.verdict === 'ExplicitlyDenied'
        ? counterexample({ candidate, decision }, 'not denied', EXEMPT_FIX)
        : undefined;
    }),
  );
};

function dimensionsFor(space: RequestSpace, { encryption }: BucketInput): readonly Dimension[] {
  return space.dimensions(encryption?.keyArn);
}

function outsideEndpoint(space: RequestSpace, bucket: BucketInput): readonly Dimension[] {
  return narrowed(dimensionsFor(space, bucket), NETWORK, ({ network }) => network?.kind !== 'endpoint');
}

/** The exempt, and what a service does for this account: that is a matter of configuration. */
function exceptExempt(space: RequestSpace, bucket: BucketInput): Exception {
  const exempt = exemptionsOf(bucket, space.input);
  const forAccount = (candidate: CandidateRequest) =>
    principalOf(candidate).kind === 'service' && valueIn(candidate, 'aws:SourceAccount') === space.input.account;
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => principal !== undefined && isOneOf(exempt, principal),
      'aws:sourceaccount': 'everything',
    },
    holds: candidate => isOneOf(exempt, principalOf(candidate)) || forAccount(candidate),
  };
}

function isDeployer(principal: RequestPrincipal, { input }: RequestSpace, bucket: BucketInput): boolean {
  return principal.throughCloudFormation === true || isDeploymentRole(principal, input, bucket.deploymentRoleArns);
}
