import { IGatewayVpcEndpoint, IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';

/**
 * Which S3 endpoint the workload uses.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#types-of-vpc-endpoints-for-s3
 */
export class S3EndpointMode {
  /** A gateway endpoint in the route tables of the workload's subnets: free, for this VPC and Region only. */
  public static gateway(): S3EndpointMode {
    return new S3EndpointMode(true, false);
  }

  /**
   * An interface endpoint with an address in each of the workload's subnets, billed by the hour and by the gigabyte. The
   * S3 names of the Region resolve to it in the whole VPC.
   */
  public static interfaceEndpoint(): S3EndpointMode {
    return new S3EndpointMode(false, true);
  }

  /**
   * Both: the VPC goes through the gateway endpoint, which is free; on-premises networks that resolve through an inbound
   * Route 53 Resolver endpoint can go through the interface endpoint. It lets nobody in by itself: open its security group
   * (`ownInterfaceSecurityGroup`), add who may come through to its policy (`addToPolicy`), and exempt them in the buckets
   * (`perimeterExemptions`).
   */
  public static gatewayAndInterface(): S3EndpointMode {
    return new S3EndpointMode(true, true);
  }

  /**
   * A gateway endpoint that exists in the route tables of the workload's subnets. Its policy is not touched: what its
   * owner must add is shown in an annotation and by `requiredStatements`.
   *
   * @param endpoint the endpoint, such as one imported by `GatewayVpcEndpoint.fromGatewayVpcEndpointId`
   */
  public static fromGatewayEndpoint(endpoint: IGatewayVpcEndpoint): S3EndpointMode {
    return new S3EndpointMode(false, false, endpoint);
  }

  /**
   * An interface endpoint that exists in the workload's VPC. Its policy is not touched: what its owner must add is shown
   * in an annotation and by `requiredStatements`.
   *
   * @param endpoint the endpoint, such as one imported by `InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes`
   */
  public static fromInterfaceEndpoint(endpoint: IInterfaceVpcEndpoint): S3EndpointMode {
    return new S3EndpointMode(false, false, undefined, endpoint);
  }

  private constructor(
    private readonly makesGateway: boolean,
    private readonly makesInterface: boolean,
    private readonly existingGateway?: IGatewayVpcEndpoint,
    private readonly existingInterface?: IInterfaceVpcEndpoint) {
  }

  /** @internal */
  public get _isExisting(): boolean { return !this.makesGateway && !this.makesInterface; }

  /** @internal */
  public get _makesGateway(): boolean { return this.makesGateway; }

  /** @internal */
  public get _makesInterface(): boolean { return this.makesInterface; }

  /** @internal */
  public get _existingGateway(): IGatewayVpcEndpoint | undefined { return this.existingGateway; }

  /** @internal */
  public get _existingInterface(): IInterfaceVpcEndpoint | undefined { return this.existingInterface; }
}
