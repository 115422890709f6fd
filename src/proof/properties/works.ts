import { keysWork } from './works-keys';
import { servicesWork } from './works-services';
import { ACCOUNT_ACTIONS, actionsOn, BUCKET_ACTIONS, OBJECT_ACTIONS } from '../../iam';
import { Authorizer, OPEN_BUCKET } from '../authorizers';
import { isTrusted } from '../aws-owned-buckets';
import {
  PRINCIPAL,
  Dimension,
  RequestClass,
  narrowed,
  narrowedToUsual,
  NETWORK,
  CandidateRequest,
  Target,
  usualCandidate,
  valueIn,
} from '../candidate-request';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { CounterexampleSearch, candidatesOf } from '../counterexample-search';
import { GOOD_TRANSPORTS, HEADERS, headersFor } from '../dimensions';
import { declaredConstants, isDeclared, isSpecific } from '../grants';
import { EXTERNAL_ACCOUNT } from '../principals';
import { AwsOwnedInput, BucketInput, GrantInput, knownPolicy } from '../proof-input';
import { Property, ClaimResult, counterexample, Finding, first, PropertyCheck, tryClaim } from '../property-check';
import { RequestSpace } from '../request-space';

const GRANT_FIX =
  'grant it with the access list, so that the policies of role, endpoint, bucket and key agree; or take it out of the policy that allows it';
const EXCESS_FIX = 'take out the statement that allows it, or grant it with the access list';
const HEADER_FIX = "let uploads through that name the bucket's default encryption and its key";
const AWS_FIX =
  'allow the action on this bucket of AWS in the endpoint policy, and in the role policy where the role signs';

/**
 * *Works*: through each of its endpoints the role can do exactly what its access list says, and nothing else; neither
 * the role's policies nor the endpoint's name more than the list, even where another policy stops it. Where the list
 * itself is not known, it is what the policies say that name the role: the role's own, and the statements of endpoint
 * and key that let the role through and not everybody; each of them has to grant what the others grant. What the role
 * reads and writes, it can decrypt and encrypt; EC2 can assume the role; logs arrive.
 */
export function works(space: RequestSpace): ClaimResult {
  return tryClaim(
    'works',
    [unknown, throughEndpoints, besideBuckets, defaultEncryption, awsOwned, keysWork, servicesWork],
    space,
  );
}

const unknown: Property = ({ space, assume }) => {
  const { endpoints, buckets } = space.input;
  endpoints
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ id }) => assume(`the policy of ${id} lets the workload through`));
  buckets
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ arn }) => assume(`the policy of ${arn} lets the workload in`));
  return undefined;
};

const throughEndpoints: Property = check =>
  first(check.space.input.buckets, bucket => {
    const { space } = check;
    return first(
      ways(space),
      way =>
        first(space.objects(bucket), target => agreed(check, target, OBJECT_ACTIONS, way, bucket)) ??
        agreed(check, space.bucket(bucket), BUCKET_ACTIONS, way, bucket),
    );
  });

/** Nothing else of the account's, nor in a bucket that AWS does not own. */
const besideBuckets: Property = check => {
  const { space } = check;
  return first(
    ways(space),
    way =>
      first(space.neighbours(), target => agreed(check, target, actionsOn(target.arn), way)) ??
      agreed(check, space.everything(), ACCOUNT_ACTIONS, way),
  );
};

function agreed(
  check: PropertyCheck,
  target: Target,
  actions: readonly string[],
  way: readonly Dimension[],
  bucket?: BucketInput,
): Finding {
  const { space } = check;
  const documents = [
    ...space.rolePolicies(),
    ...space.endpointPolicies(),
    ...(bucket === undefined ? [] : [knownPolicy(bucket.policy)]),
  ].filter(document => document !== undefined);
  const constants = bucket === undefined ? [] : declaredConstants(bucket);
  return first(actionClasses(actions, [...documents, ...constants]), action => {
    const candidates = candidatesOf({ action, target, dimensions: way }, [...documents, ...constants]);
    return first(candidates, candidate => agreedOn(check, candidate, candidates, bucket));
  });
}

/** A condition that the endpoint's policy leaves to the role's, such as a prefix, does not make them disagree. */
function agreedOn(
  check: PropertyCheck,
  candidate: CandidateRequest,
  candidates: readonly CandidateRequest[],
  bucket: BucketInput | undefined,
): Finding {
  const { space, search } = check;
  const { account } = candidate.target;
  const authorizer = space.authorizers.workload(bucket, account);
  const decision = search.decide(candidate, authorizer);
  const isGranted = decision.verdict === 'Allowed';
  const byRole =
    bucket?.declared === undefined
      ? search.allows(candidate, space.authorizers.role(account))
      : isDeclared(bucket.declared, bucket, candidate);
  const endpointAuthorizer = space.authorizers.endpoint(account === space.input.account ? undefined : OPEN_BUCKET);
  const byEndpoint =
    bucket?.declared === undefined && !byRole && isSpecific(search, space, candidate, endpointAuthorizer);
  if (isGranted === (byRole || byEndpoint)) {
    return bucket?.declared === undefined ? undefined : grantsMore(check, candidate, bucket, bucket.declared);
  }
  if (isGranted) {
    return counterexample({ candidate, decision }, 'denied', EXCESS_FIX);
  }
  const prefix = valueIn(candidate, 's3:prefix');
  const otherwise = candidates.some(
    other =>
      other !== candidate && (!byRole || valueIn(other, 's3:prefix') === prefix) && search.allows(other, authorizer),
  );
  return otherwise ? undefined : counterexample({ candidate, decision }, 'allowed', GRANT_FIX);
}

/**
 * The role's policies and the endpoint's grant nothing beside the list, even where another policy stops it. A prefix
 * of lists is left to the role.
 */
function grantsMore(
  { space, search }: PropertyCheck,
  candidate: CandidateRequest,
  bucket: BucketInput,
  declared: readonly GrantInput[],
): Finding {
  const roleAuthorizer = space.authorizers.role(bucket.account);
  if (!isDeclared(declared, bucket, candidate) && search.allows(candidate, roleAuthorizer)) {
    return excess(search, candidate, roleAuthorizer);
  }
  const endpointAuthorizer = space.authorizers.endpoint(
    bucket.account === space.input.account ? undefined : OPEN_BUCKET,
  );
  const inList = declared.some(line =>
    isDeclared([{ ...line, prefix: candidate.target.arn === bucket.arn ? '' : line.prefix }], bucket, candidate),
  );
  return !inList && isSpecific(search, space, candidate, endpointAuthorizer)
    ? excess(search, candidate, endpointAuthorizer)
    : undefined;
}

function excess(search: CounterexampleSearch, candidate: CandidateRequest, authorizer: Authorizer): Finding {
  return counterexample({ candidate, decision: search.decide(candidate, authorizer) }, 'denied', EXCESS_FIX);
}

/** An upload that names the bucket's own encryption is as good as one that says nothing. */
const defaultEncryption: Property = ({ space, search }) =>
  first(space.input.buckets, bucket => {
    const { encryption, policy } = bucket;
    if (encryption === undefined || policy === 'unknown') {
      return undefined;
    }
    const action = 's3:PutObject';
    const dimensions = space.dimensions(encryption.keyArn);
    const headers = headersFor(encryption.algorithm, encryption.keyArn);
    const authorizer = space.authorizers.workload(bucket, bucket.account);
    return first(ways(space), way =>
      first(space.objects(bucket), target => {
        const picked = pick(way);
        const plain = usualCandidate(action, target, dimensions, picked);
        if (!search.allows(plain, authorizer)) {
          return undefined;
        }
        const candidate = usualCandidate(action, target, dimensions, { ...picked, ...headers });
        const decision = search.decide(candidate, authorizer);
        return decision.verdict === 'Allowed'
          ? undefined
          : counterexample({ candidate, decision }, 'allowed', HEADER_FIX);
      }),
    );
  });

/** What the role may read of AWS, the endpoint lets through; and what has to be readable or writable is. */
const awsOwned: Property = check => {
  const { space, search } = check;
  const action = 's3:GetObject';
  const targets = space.foreign().filter(({ arn }) => isTrusted(action, arn, space.input));
  return first(
    ways(space),
    way =>
      first(targets, target => {
        const candidate = usualCandidate(action, target, way);
        return search.allows(candidate, space.authorizers.role(EXTERNAL_ACCOUNT))
          ? passes(check, candidate, space.authorizers.endpoint(OPEN_BUCKET))
          : undefined;
      }) ?? first(space.input.awsOwned ?? [], declared => isReached(check, declared, way)),
  );
};

function isReached(
  check: PropertyCheck,
  { objects, action, account, signedByRole }: AwsOwnedInput,
  way: readonly Dimension[],
): Finding {
  const { space } = check;
  const anybody = space.principals.classes.find(({ principal }) => principal?.kind === 'anonymous');
  const target = account === undefined ? space.strange(witness(objects)) : space.inAccount(witness(objects), account);
  return signedByRole
    ? passes(check, usualCandidate(action, target, way), space.authorizers.workload(undefined, target.account))
    : passes(
        check,
        usualCandidate(action, target, way, anybody === undefined ? {} : { [PRINCIPAL]: anybody }),
        space.authorizers.endpoint(OPEN_BUCKET),
      );
}

function passes({ search }: PropertyCheck, candidate: CandidateRequest, authorizer: Authorizer): Finding {
  const decision = search.decide(candidate, authorizer);
  return decision.verdict === 'Allowed' ? undefined : counterexample({ candidate, decision }, 'allowed', AWS_FIX);
}

/** The dimensions of the workload's own requests, for each endpoint. */
function ways(space: RequestSpace): ReadonlyArray<readonly Dimension[]> {
  const known = new Set([
    'transport',
    ...HEADERS,
    PRINCIPAL,
    NETWORK,
    'credentials',
    ...space.affiliations.map(({ name }) => name),
  ]);
  const good = narrowed(space.dimensions(), 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
  const usual = narrowedToUsual(good, ({ name }) => name === NETWORK || name === 'transport' || !known.has(name));
  return space.input.endpoints.map(({ id }) => narrowed(usual, NETWORK, ({ network }) => network?.endpointId === id));
}

function pick(way: readonly Dimension[]): Record<string, RequestClass> {
  return Object.fromEntries(
    way.filter(({ name }) => name === NETWORK).map(({ name, classes: [requestClass] }) => [name, requestClass]),
  );
}
