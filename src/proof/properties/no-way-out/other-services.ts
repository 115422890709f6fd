import { asList, PolicyJson } from '../../../iam';
import { ANYTHING, Authorizer, UNLIMITED } from '../../authorizers';
import { Dimension, narrowed, PRINCIPAL, principalOf } from '../../candidate-request';
import { ORGANIZATION } from '../../dimensions';
import type { ServiceEndpointInput } from '../../proof-input';
import { allDenied, eachOf, Finding, first, idOf, Property, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { EXTERNAL_ACCOUNT } from '../../strangers';

const OPEN = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow' as const, Principal: '*', Action: '*', Resource: '*' }],
};

export const otherServices: Property = {
  id: 'no-way-out[other-services]',
  inapplicable: ({ input: { otherEndpoints = [], endpointsOfOthers = [], unseenEndpoints } }) =>
    otherEndpoints.length + endpointsOfOthers.length === 0 && unseenEndpoints === undefined
      ? 'there is no endpoint of another service'
      : undefined,
  decide: check => {
    const { unseenEndpoints } = check.space.input;
    if (unseenEndpoints !== undefined) {
      check.assume(`other endpoints of the VPC ${unseenEndpoints} take no data to strangers`);
    }
    (check.space.input.endpointsOfOthers ?? []).forEach(({ id, service }) =>
      check.assume(
        `who offers ${service === '' ? 'what is' : `the endpoint service ${service}`} behind ${id} may have it`,
      ),
    );
    return eachOf(check.space.input.otherEndpoints ?? [], idOf, endpoint => {
      const { space } = check;
      const words = `the service ${endpoint.service} through ${endpoint.id}`;
      const account = endpoint.isShared === true ? EXTERNAL_ACCOUNT : space.input.account;
      const arns = endpoint.isShared === true ? ['*', ...resourcesOfStrangers(endpoint.policy)] : ['*'];
      const dimensions = endpoint.isShared === true ? strangers(space) : others(space);
      const actions = actionsIn(endpoint.policy);
      const authorizer = through(endpoint, account);
      return (
        first(arns, arn =>
          first(actions, action =>
            allDenied(check, { action, target: { words, arn, account }, dimensions }, authorizer),
          ),
        ) ?? toStrangers(check, endpoint, actions)
      );
    });
  },
};

/**
 * Services that take requests of one account for what another one has, by a policy of the resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const ACROSS_ACCOUNTS = new Set([
  ...['s3', 's3express', 's3tables', 's3vectors', 's3-outposts', 'sqs', 'sns', 'kms', 'secretsmanager', 'lambda'],
  ...['execute-api', 'events', 'kinesis', 'dynamodb', 'ecr', 'sts', 'backup', 'codeartifact', 'glue', 'es', 'aoss'],
  ...['elasticfilesystem', 'firehose', 'iot', 'states', 'bedrock', 'sagemaker'],
]);

/** The workload's own credentials, to what a stranger lets them use: role and endpoint both have to allow it. */
function toStrangers(check: PropertyCheck, endpoint: ServiceEndpointInput, actions: readonly string[]): Finding {
  const { space } = check;
  const { role } = space.input;
  if (!ACROSS_ACCOUNTS.has(endpoint.service)) {
    return undefined;
  }
  const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const words = `a stranger's part of the service ${endpoint.service} through ${endpoint.id}`;
  const ofRole = role.policies.flatMap(actionsIn).filter(each => /^(\*|Any$)/.test(each) || isOf(endpoint, each));
  const arns = [endpoint.policy, ...role.policies].flatMap(resourcesOfStrangers);
  const authorizer = new Authorizer([...role.policies, endpoint.policy, OPEN], () => ({
    identityPolicies: role.policies,
    permissionsBoundary: role.boundary,
    endpointPolicy: endpoint.policy,
    endpointKind: 'interface',
    resourcePolicy: OPEN,
  }));
  return first(new Set(arns), arn =>
    first(new Set([...ofRole, ...actions]), action =>
      allDenied(check, { action, target: { words, arn, account: EXTERNAL_ACCOUNT }, dimensions }, authorizer),
    ),
  );
}

function isOf({ service }: ServiceEndpointInput, action: string): boolean {
  return action.startsWith(`${service}:`);
}

function actionsIn({ Statement }: PolicyJson): string[] {
  return asList(Statement)
    .flatMap(({ Action }) => asList(Action))
    .map(each => each.replaceAll('*', 'Any'));
}

/** What of a stranger's fits the resources of a policy: an ARN without a wildcard in its account is nobody else's. */
function resourcesOfStrangers(policy: PolicyJson): readonly string[] {
  const patterns = asList(policy.Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Resource, NotResource }) => (NotResource === undefined ? asList(Resource) : ['*']));
  return [...new Set(patterns)].flatMap(pattern => {
    const [arn, partition, service, region, owner = '*', ...rest] = pattern.split(':');
    const isWide = owner === '' ? /^[*?]/.test(rest.join(':')) : /[*?]/.test(owner);
    const name = [arn, partition, service, region, owner === '' ? '' : EXTERNAL_ACCOUNT, ...rest].join(':');
    return pattern === '*' ? ['*'] : isWide ? [name.replaceAll(/[*?]/g, 'x')] : [];
  });
}

function others(space: RequestSpace): readonly Dimension[] {
  return narrowed(
    space.dimensions(),
    PRINCIPAL,
    ({ principal }) => principal?.kind !== 'workload' && principal?.kind !== 'service',
  );
}

/** Credentials of somebody else's, with which whatever runs in the network takes data out to what is theirs. */
function strangers(space: RequestSpace): readonly Dimension[] {
  const outside = narrowed(others(space), ORGANIZATION, ({ words }) => words !== '');
  const ours = new Set([space.input.account, ...space.input.buckets.map(({ account }) => account)]);
  return narrowed(
    outside,
    PRINCIPAL,
    ({ principal }) => principal?.account === undefined || !ours.has(principal.account),
  );
}

function through({ policy }: ServiceEndpointInput, account: string): Authorizer {
  return new Authorizer([policy, OPEN], candidate => ({
    identityPolicies: UNLIMITED,
    endpointPolicy: policy,
    endpointKind: 'interface',
    resourcePolicy: principalOf(candidate).account === account ? undefined : OPEN,
  }));
}
