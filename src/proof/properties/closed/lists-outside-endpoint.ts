import { eachExclusiveBucket, exceptExempt, NETWORK_KEYS, outsideEndpoint, sparedAs } from './shared';
import { LIST_ACTIONS } from '../../../iam';
import {
  Exception,
  NETWORK,
  PRINCIPAL,
  principalOf,
  RequestClass,
  RequestPrincipal,
  valueSaid,
} from '../../candidate-request';
import { exemptionsOf } from '../../exemptions';
import { isDeploymentRole } from '../../principals';
import type { BucketInput } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const listsOutsideEndpoint: Property = {
  id: 'closed[lists-outside-endpoint]',
  decide: check =>
    eachExclusiveBucket(check, bucket => {
      const { space } = check;
      const dimensions = outsideEndpoint(space, bucket);
      const authorizer = space.authorizers.resource(space.holding(bucket, NETWORK_KEYS));
      const exempt = exceptExempt(space, bucket);
      const forListing = alsoDeployers(exempt, space, bucket);
      return first(LIST_ACTIONS, action =>
        allDenied(
          check,
          { action, target: space.bucket(bucket), dimensions },
          authorizer,
          action === 's3:ListBucket' ? forListing : exempt,
        ),
      );
    }),
};

function alsoDeployers(exempt: Exception, space: RequestSpace, bucket: BucketInput): Exception {
  const exemptArns = exemptionsOf(bucket, space.input);
  return {
    ...exempt,
    holds: candidate =>
      exempt.holds(candidate) ||
      isDeployer(principalOf(candidate), space, bucket) ||
      candidate.classes.some(isForwarded),
    dimensions: {
      ...exempt.dimensions,
      [PRINCIPAL]: ({ principal }) =>
        principal !== undefined && [...sparedAs(principal, bucket, exemptArns), isDeployer(principal, space, bucket)],
      [NETWORK]: isForwarded,
    },
  };
}

/** Whether CloudFormation makes the request for whoever deploys. */
function isForwarded(requestClass: RequestClass): boolean {
  return valueSaid(requestClass, 'aws:CalledViaFirst') === 'cloudformation.amazonaws.com';
}

function isDeployer(principal: RequestPrincipal, { input }: RequestSpace, bucket: BucketInput): boolean {
  return principal.throughCloudFormation === true || isDeploymentRole(principal, input, bucket.deploymentRoleArns);
}
