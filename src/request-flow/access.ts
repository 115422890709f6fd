import { Grant, grantsOf } from './grants';
import { broken, DecidedRequest, fine, FlowCheck } from './model';
import { kmsRequest, organizationIn, s3Request, Sender } from './requests';
import type { SubnetPath } from './s3-path';
import { DecidingParts, explain, statementRefs } from './statements';
import {
  AssemblyModel,
  BucketModel,
  isAwsManaged,
  nameOf,
  PolicyPart,
  RoleModel,
  WorkloadModel,
} from '../cloudformation';
import {
  AccessRequest,
  decide,
  Decision,
  isAccessPoint,
  keyActionsFor,
  objectsIn,
  PolicyJson,
  PolicySet,
} from '../iam';

/** What the policies say to the requests of a workload. */
export interface Access {
  readonly checks: readonly FlowCheck[];
  readonly requests: readonly DecidedRequest[];
  readonly buckets: readonly string[];
}

const AGREE = 'grant it with the access list, so that the policies of role, endpoint, bucket and key agree';

/**
 * Decides one request for each action that the role is granted in a bucket, along each way to S3, and what S3 asks
 * AWS KMS for it.
 */
export function accessOf(
  workload: WorkloadModel,
  role: RoleModel,
  paths: readonly SubnetPath[],
  model: AssemblyModel,
): Access {
  const grants = grantsOf(role, [...model.buckets, ...model.accessPoints], workload.declaration !== undefined);
  const organization = organizationIn(policiesIn(role, model));
  const senders = distinctPaths(paths).map(path => ({ workload, role, path, organization }));
  const outcomes = senders.flatMap(sender =>
    grants.flatMap(grant => [s3Outcome(grant, sender), ...kmsOutcomes(grant, sender)]),
  );
  const buckets = [...new Set(grants.map(({ bucket }) => bucket.name))];
  const checks = grants.length === 0 ? [nothingGranted(role)] : outcomes.map(({ check }) => check);
  return { buckets, requests: outcomes.map(({ decided }) => decided), checks };
}

function nothingGranted({ where, name }: RoleModel): FlowCheck {
  return where === undefined
    ? fine(where, `the assembly grants the role ${name} nothing`, [
        `policies outside the assembly grant the role ${name} what it needs`,
      ])
    : broken(where, `the role ${nameOf(where)} is granted nothing in any bucket`, 'grant it with the access list');
}

interface Outcome {
  readonly decided: DecidedRequest;
  readonly check: FlowCheck;
}

function s3Outcome(grant: Grant, sender: Sender): Outcome {
  const {
    role,
    path: { s3Path },
  } = sender;
  const { bucket } = grant;
  const endpoint = s3Path?.endpoint;
  const request = s3Request(grant, sender);
  const policies: PolicySet = {
    ...identityOf(role),
    endpointPolicy: endpoint?.policy?.document,
    endpointKind: endpoint?.kind === 'interface' ? 'interface' : 'gateway',
    resourcePolicy: bucket.policy?.document ?? assumedPolicy(bucket, role),
    resourcePolicyKind: 'bucket',
  };
  const assumes = [...unknownPolicyOf(bucket), ...unknownOf(role)];
  const parts = {
    identity: role.policies,
    boundary: role.permissionsBoundary,
    endpoint: endpoint?.policy,
    resource: bucket.policy,
  };
  return outcomeOf(request, policies, parts, bucket, assumes, s3Path?.id);
}

/**
 * S3 decrypts and encrypts with the role's credentials, in a forward access session; for a request through an access
 * point once, for the bucket.
 */
function kmsOutcomes(grant: Grant, sender: Sender): Outcome[] {
  const {
    bucket: { encryption },
    bucket,
  } = grant;
  if (isAccessPoint(bucket.arn) || encryption?.keyId === undefined || !encryption.algorithm.startsWith('aws:kms')) {
    return [];
  }
  const { role } = sender;
  const key = encryption.key ?? {
    arn: encryption.keyId,
    account: encryption.keyId.split(':')[4] ?? bucket.account,
    policy: undefined,
  };
  const assumes = [
    ...(encryption.key === undefined ? [`the policy of the key ${key.arn} lets the role use it`] : []),
    ...unknownOf(role),
  ];
  const policies: PolicySet = {
    ...identityOf(role),
    resourcePolicy: key.policy?.document ?? accountPolicy([key.account, role.account], key.arn, 'kms:*'),
    resourcePolicyKind: 'key',
  };
  const parts = { identity: role.policies, boundary: role.permissionsBoundary, resource: key.policy };
  return keyActionsFor(grant.action).map(action =>
    outcomeOf(kmsRequest(action, grant, key, sender), policies, parts, bucket, assumes),
  );
}

function outcomeOf(
  request: AccessRequest,
  policies: PolicySet,
  parts: DecidingParts,
  bucket: BucketModel,
  assumes: readonly string[],
  endpointId?: string,
): Outcome {
  const decision = decideOrRefuse(request, policies);
  const statements = statementRefs(decision, parts);
  const ok = decision.verdict === 'Allowed';
  const onKey = request.action.startsWith('kms:');
  const what = `${request.action} ${onKey ? `by S3 for the role, on the key of ${bucketName(bucket)},` : `on ${request.resource}`}`;
  const where = statements[0]?.where ?? bucket.where;
  const outcome = ok
    ? { sentence: `${what} is allowed` }
    : { sentence: `${what} is refused: ${explain(decision, parts)}`, fix: AGREE };
  const check = { ok, where, statements, ...outcome };
  return {
    decided: { request, decision, statements, bucket: bucket.name, endpointId },
    check: assumes.length === 0 ? check : { ...check, assumes },
  };
}

/** A policy that IAM would not accept decides nothing: its error is the reason. */
function decideOrRefuse(request: AccessRequest, policies: PolicySet): Decision {
  try {
    return decide(request, policies);
  } catch (error) {
    return {
      verdict: 'ImplicitlyDenied',
      decidedBy: [],
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

function identityOf({
  policies,
  permissionsBoundary,
}: RoleModel): Pick<PolicySet, 'identityPolicies' | 'permissionsBoundary'> {
  return {
    identityPolicies: policies.map(({ document }) => document),
    permissionsBoundary: permissionsBoundary?.document,
  };
}

/** Nothing is needed of the policy of a bucket in the role's account; another account has to let the role in. */
function assumedPolicy(bucket: BucketModel, role: RoleModel): PolicyJson | undefined {
  return bucket.where === undefined && bucket.account !== role.account
    ? accountPolicy([role.account], [bucket.arn, `${objectsIn(bucket.arn)}*`], 's3:*')
    : undefined;
}

/**
 * The default policy of keys, and what a cross-account policy amounts to at least: the account's IAM policies decide.
 */
function accountPolicy(accounts: readonly string[], resource: string | string[], action: string): PolicyJson {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accounts }, Action: action, Resource: resource }],
  };
}

function unknownPolicyOf({ where, name, policy }: BucketModel): string[] {
  return where === undefined && policy === undefined ? [`the policy of the bucket ${name} lets the role in`] : [];
}

function unknownOf({ where, name, unknownPolicies, unknownBoundary, assumes }: RoleModel): string[] {
  return [
    ...unknownPolicies.map(arn =>
      isAwsManaged(arn)
        ? `the policy ${arn} denies nothing`
        : `the policy ${arn} allows nothing of S3, KMS and IAM, and denies nothing`,
    ),
    ...(unknownBoundary === undefined ? [] : [`the permissions boundary ${unknownBoundary} allows it`]),
    ...(assumes ?? (where === undefined ? [`the role ${name} has no policies beside those in the assembly`] : [])),
  ];
}

/** The policies that may decide the requests of a role. */
export function policiesIn(role: RoleModel, { endpoints, buckets, keys }: AssemblyModel): PolicyJson[] {
  const parts: ReadonlyArray<PolicyPart | undefined> = [...endpoints, ...buckets, ...keys].map(({ policy }) => policy);
  return [...parts, ...role.policies].flatMap(part => (part === undefined ? [] : [part.document]));
}

/** Subnets that reach S3 through the same endpoint do not differ. */
function distinctPaths(paths: readonly SubnetPath[]): SubnetPath[] {
  return [...new Map(paths.filter(({ s3Path }) => s3Path !== undefined).map(path => [path.s3Path?.id, path])).values()];
}

function bucketName({ where, name }: BucketModel): string {
  return where === undefined ? name : nameOf(where);
}
