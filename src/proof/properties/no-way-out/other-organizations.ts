import { actionsOn, PolicyJson } from '../../../iam';
import { OPEN_BUCKET } from '../../authorizers';
import { Dimension, narrowed, NETWORK, RequestClass } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { constantsOf, valuesOf } from '../../constants';
import { ORGANIZATION, OWNERS_ORGANIZATION } from '../../dimensions';
import { EndpointInput, knownPolicy } from '../../proof-input';
import { allDenied, eachOf, first, idOf, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const otherOrganizations: Property = {
  id: 'no-way-out[other-organizations]',
  inapplicable: space =>
    space.input.endpoints.some(endpoint => outsideOf(space, endpoint).length > 0)
      ? undefined
      : 'no endpoint policy names an organization',
  decide: check =>
    eachOf(check.space.input.endpoints, idOf, endpoint => {
      const { space } = check;
      const documents = documentsOf(endpoint);
      const own = space.input.buckets.flatMap(bucket => [space.bucket(bucket), ...space.objects(bucket)]);
      const targets = own.map(({ arn }) => space.strange(arn));
      return first(outsideOf(space, endpoint), dimensions =>
        first(targets, target =>
          first(actionClasses(actionsOn(target.arn), documents), action =>
            allDenied(check, { action, target, dimensions }, space.authorizers.endpoint(OPEN_BUCKET)),
          ),
        ),
      );
    }),
};

/** The requests through an endpoint with a principal or a bucket of another organization, where its policy names one. */
function outsideOf(space: RequestSpace, endpoint: EndpointInput): ReadonlyArray<readonly Dimension[]> {
  const constants = constantsOf(documentsOf(endpoint));
  const inside = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === endpoint.id);
  const names = (key: string) => valuesOf(constants, key).length > 0;
  return [
    ...(names('aws:PrincipalOrgID') ? [narrowed(inside, ORGANIZATION, ({ words }) => words !== '')] : []),
    ...(names('aws:ResourceOrgID') ? [narrowed(inside, OWNERS_ORGANIZATION, each => !isOurs(each, space))] : []),
  ];
}

function isOurs({ parts: { target } }: RequestClass, { ours }: RequestSpace): boolean {
  return target?.organizationId !== undefined && target.organizationId === ours?.split('/')[0];
}

function documentsOf({ policy }: EndpointInput): readonly PolicyJson[] {
  const known = knownPolicy(policy);
  return known === undefined ? [] : [known];
}
