import { ACCOUNT_ACTIONS, actionsOn, asList, isObject, KEY_USES, ROLE_ACTIONS } from '../../iam';
import type { Authorizer } from '../authorizers';
import { PRINCIPAL, Dimension, Exception, narrowed, NETWORK, networkOf, Target, valueIn } from '../candidate-request';
import { actionClasses, targetClasses } from '../classes';
import { fitsInstance, CREDENTIALS } from '../dimensions';
import { BINDING_KEYS, looksAt } from '../exemptions';
import { isS3OfKey } from '../networks';
import { knownPolicy, policiesIn } from '../proof-input';
import { allDenied, Property, ClaimResult, first, tryClaim } from '../property-check';
import type { RequestSpace } from '../request-space';
import { isAbout } from '../statements';
import { trusted } from '../trust';

const FIX =
  "pin the role's Allows to aws:SourceVpce, and deny s3:* where aws:SourceVpc is not ${aws:Ec2InstanceSourceVpc} or " +
  'aws:VpcSourceIp is not ${aws:Ec2InstanceSourcePrivateIPv4}';
const BINDING_FIX =
  'write the binding with aws:SourceVpc and aws:VpcSourceIp as keys and the Ec2Instance variables as values, with StringNotEquals, on s3:*';
const KEY_FIX = "pin the role's use of the key to kms:ViaService";
const TRUST_FIX = 'let the service ec2.amazonaws.com assume the role, with sts:AssumeRole alone, and nobody else';

/**
 * *Bound*: the role's credentials are useless in another VPC, at another address, on the internet, through another
 * endpoint; by the role's own policies, so that a bucket policy that is missing opens nothing. Nothing binds the code
 * that runs on the instance itself.
 */
export function bound(space: RequestSpace): ClaimResult {
  return tryClaim('bound', [withAllPolicies, withRolePolicies, withBinding, keys, trust], space);
}

/**
 * A bucket policy without an Allow only takes away from what the role's policies let through, and those are looked at
 * by themselves.
 */
const withAllPolicies: Property = ({ space, search }) =>
  first(space.input.buckets, bucket => {
    if (!asList(knownPolicy(bucket.policy)?.Statement).some(({ Effect }) => Effect === 'Allow')) {
      return undefined;
    }
    const dimensions = workloadAxes(space, bucket.encryption?.keyArn);
    const authorizer = space.authorizers.workload(bucket, bucket.account);
    const targets = [...targetClasses(space.objects(bucket), authorizer.documents), space.bucket(bucket)];
    const home = atHome(space);
    return first(targets, target =>
      first(classesOn(target, authorizer), action =>
        allDenied(search, { action, target, dimensions }, authorizer, FIX, home),
      ),
    );
  });

const withRolePolicies: Property = ({ space, search }) => {
  const { buckets } = space.input;
  const ours = buckets.flatMap(each => [...space.objects(each), space.bucket(each)]);
  const targets = targetClasses(
    [...ours, ...space.neighbours(), ...space.foreign(), space.everything()],
    space.rolePolicies(),
  );
  const dimensions = workloadAxes(space);
  const home = atHome(space);
  return first(targets, target => {
    const authorizer = space.authorizers.role(target.account);
    return first(classesOn(target, authorizer), action =>
      allDenied(search, { action, target, dimensions }, authorizer, FIX, home),
    );
  });
};

/**
 * Where Denies of the role bind its credentials to the instance, they do so for every action of S3, whatever Allows
 * somebody adds.
 */
const withBinding: Property = ({ space, search }) => {
  if (!space.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS))) {
    return undefined;
  }
  const denies = space
    .rolePolicies()
    .flatMap(({ Statement }) => asList(Statement))
    .filter(({ Effect }) => Effect === 'Deny');
  const targets = [
    ...space.input.buckets.flatMap(each => [...space.objects(each), space.bucket(each)]),
    ...space.foreign(),
  ];
  const about = ({ arn }: Target) =>
    [
      isObject(arn),
      ...denies.map(each => isAbout({ ...each, Action: '*', NotAction: undefined }, 's3:GetObject', arn)),
    ].join();
  const dimensions = workloadAxes(space);
  const distinct = new Map([...targets].reverse().map(target => [about(target), target]));
  return first(distinct.values(), target =>
    first(actionClasses(actionsOn(target.arn), [{ Statement: denies }]), action =>
      allDenied(
        search,
        { action, target, dimensions },
        space.authorizers.roleDenies(target.account),
        BINDING_FIX,
        ON_INSTANCE,
      ),
    ),
  );
};

const keys: Property = ({ space, search }) =>
  first(space.input.keys, key => {
    const isS3 = (host: string | undefined) => isS3OfKey(host, key, space.input);
    const except: Exception = {
      dimensions: { [NETWORK]: ({ network }) => isS3(network?.viaService) },
      holds: candidate => isS3(networkOf(candidate).viaService),
    };
    const dimensions = narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
    const authorizers = [
      space.authorizers.role(key.account, 'key'),
      ...(key.policy === 'unknown' ? [] : [space.authorizers.roleAndKey(key.policy)]),
    ];
    const documents = [...space.rolePolicies(), ...policiesIn([key.policy])];
    return first(authorizers, authorizer =>
      first(actionClasses(KEY_USES, documents), action =>
        allDenied(search, { action, target: space.key(key), dimensions }, authorizer, KEY_FIX, except),
      ),
    );
  });

const trust: Property = ({ space, search, assume }) => {
  const policy = space.input.role.trust;
  if (policy === undefined) {
    return assume(`nobody but EC2 can assume ${space.input.role.arn}`);
  }
  const others = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.name !== 'ec2.amazonaws.com');
  return trusted(
    first(actionClasses(ROLE_ACTIONS, [policy], [[ASSUME]]), action => {
      const slice = { action, target: space.roleTarget(), dimensions: action === ASSUME ? others : space.dimensions() };
      return allDenied(search, slice, space.authorizers.resource(policy, 'key'), TRUST_FIX);
    }),
  );
};

const ASSUME = 'sts:AssumeRole';

/**
 * The way that the workload takes: through its endpoint, and, unless the user wants it otherwise, from the instance
 * that the credentials were issued to.
 */
function atHome({ input: { credentialBinding } }: RequestSpace): Exception {
  return {
    dimensions: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
    holds: candidate =>
      networkOf(candidate).kind === 'endpoint' &&
      (credentialBinding === false || fitsInstance(key => valueIn(candidate, key))),
  };
}

/** What the binding spares: the instance itself on whatever way, and services that make calls for it. */
const ON_INSTANCE: Exception = {
  dimensions: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
  holds: candidate =>
    networkOf(candidate).kind === 'service' ||
    (valueIn(candidate, 'aws:SourceVpc') !== undefined && fitsInstance(key => valueIn(candidate, key))),
};

function workloadAxes(space: RequestSpace, keyArn?: string): readonly Dimension[] {
  return narrowed(space.dimensions(keyArn), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
}

function classesOn({ arn }: Target, { documents }: Authorizer): readonly string[] {
  return [
    ...actionClasses(actionsOn(arn), documents),
    ...(arn.endsWith(':::*') ? actionClasses(ACCOUNT_ACTIONS, documents) : []),
  ];
}
