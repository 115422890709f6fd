import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Warns that an endpoint in a VPC that others use is for this workload only. */
export function warnNeighbours(construct: IConstruct): void {
  Annotations.of(construct).addWarningV2('cdk-private-ec2-s3-access:endpointInSharedVpc',
    `${construct.node.path}: the endpoints made here let this workload through and nobody else; whatever else uses the same route tables, ` +
    'or resolves the same names in the VPC, loses its way to the service. Use subnets of their own, or S3EndpointMode.fromGatewayEndpoint');
}
