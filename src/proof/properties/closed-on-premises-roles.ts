import { actionsOn } from '../../iam';
import { OPEN_BUCKET } from '../authorizers';
import { PRINCIPAL, dimension, narrowed, NETWORK, usualCandidate } from '../candidate-request';
import { actionClasses, targetClasses } from '../classes';
import { declaredConstants, isDeclared } from '../grants';
import { identity } from '../principals';
import { policiesIn } from '../proof-input';
import { allDenied, Property, first } from '../property-check';

const VISITOR_FIX = 'name the role in the endpoint policy with the actions and prefixes that it is granted only';

/**
 * A role of another network reaches what it is granted through the endpoint, and nothing else, whatever its own
 * policies and those of the buckets allow. A prefix of lists is left to its own policies.
 */
export const endpointToOnPremisesRoles: Property = ({ space, search }) =>
  first(space.input.endpoints, ({ id, policy, exclusive }) => {
    const { onPremisesRoles = [], buckets } = space.input;
    if (!exclusive || policy === 'unknown') {
      return undefined;
    }
    return first([...new Set(onPremisesRoles.map(({ roleArn }) => roleArn))], roleArn =>
      first(buckets, bucket => {
        const grants = onPremisesRoles
          .filter(each => each.roleArn === roleArn && each.arn === bucket.arn)
          .flatMap(each => each.grants);
        const documents = [...policiesIn([policy]), ...declaredConstants({ ...bucket, declared: grants })];
        const through = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
        const dimensions = through.map(each =>
          each.name === PRINCIPAL ? dimension(PRINCIPAL, [identity(roleArn, roleArn)]) : each,
        );
        return first([...targetClasses(space.objects(bucket), documents), space.bucket(bucket)], target =>
          first(actionClasses(actionsOn(target.arn), documents), action => {
            const isList = target.arn === bucket.arn;
            const isGranted = grants.some(grant =>
              isDeclared(
                [isList ? { ...grant, prefix: '' } : grant],
                bucket,
                usualCandidate(action, target, dimensions),
              ),
            );
            return isGranted
              ? undefined
              : allDenied(search, { action, target, dimensions }, space.authorizers.endpoint(OPEN_BUCKET), VISITOR_FIX);
          }),
        );
      }),
    );
  });
