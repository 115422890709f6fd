import { actionsOn } from '../../../iam';
import { OPEN_BUCKET } from '../../authorizers';
import { Dimension, dimension, narrowed, NETWORK, PRINCIPAL, Target, usualCandidate } from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { declaredConstants } from '../../declared-constants';
import { isDeclared } from '../../grants';
import { identity } from '../../principals';
import { BucketInput, EndpointInput, GrantInput, policiesIn } from '../../proof-input';
import { allDenied, eachOf, Finding, first, idOf, Property, PropertyCheck } from '../../property-check';

/** A prefix of lists is left to the role's own policies. */
export const onPremisesRoles: Property = {
  id: 'closed[on-premises-roles]',
  inapplicable: ({ input }) =>
    (input.onPremisesRoles ?? []).length === 0 ? 'no role of another network is granted anything' : undefined,
  decide: check => {
    const { endpoints, onPremisesRoles: roles = [], buckets } = check.space.input;
    const own = endpoints.filter(({ policy, exclusive }) => exclusive && policy !== 'unknown');
    return eachOf(own, idOf, endpoint =>
      first([...new Set(roles.map(({ roleArn }) => roleArn))], roleArn =>
        first(buckets, bucket => reaches(check, endpoint, roleArn, bucket)),
      ),
    );
  },
};

function reaches(check: PropertyCheck, { id, policy }: EndpointInput, roleArn: string, bucket: BucketInput): Finding {
  const { space } = check;
  const grants = (space.input.onPremisesRoles ?? [])
    .filter(each => each.roleArn === roleArn && each.arn === bucket.arn)
    .flatMap(each => each.grants);
  const documents = [...policiesIn([policy]), ...declaredConstants({ ...bucket, declared: grants })];
  const through = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
  const dimensions = through.map(each =>
    each.name === PRINCIPAL ? dimension(PRINCIPAL, [identity(roleArn, roleArn)]) : each,
  );
  return first([...targetClasses(space.objects(bucket), documents), space.bucket(bucket)], target =>
    first(actionClasses(actionsOn(target.arn), documents), action =>
      isGranted(grants, bucket, action, target, dimensions)
        ? undefined
        : allDenied(check, { action, target, dimensions }, space.authorizers.endpoint(OPEN_BUCKET)),
    ),
  );
}

function isGranted(
  grants: readonly GrantInput[],
  bucket: BucketInput,
  action: string,
  target: Target,
  dimensions: readonly Dimension[],
): boolean {
  const isList = target.arn === bucket.arn;
  return grants.some(grant =>
    isDeclared(
      [isList ? { ...grant, prefix: '', key: undefined } : grant],
      bucket,
      usualCandidate(action, target, dimensions),
    ),
  );
}
