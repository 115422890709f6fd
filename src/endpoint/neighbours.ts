import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Warns that endpoints in a VPC that others use are for this workload only.
 *
 * @param instead what to use instead of subnets of their own
 */
export function warnNeighbours(construct: IConstruct, instead: string): void {
  Annotations.of(construct).addWarningV2(
    'cdk-private-ec2-s3-access:endpointInSharedVpc',
    `${construct.node.path}: the endpoints made here let this workload through and nobody else; whatever ` +
      'else uses the same route tables, ' +
      `or resolves the same names in the VPC, loses its way to the service. Use subnets of their own, or ${instead}`,
  );
}
