import { IGatewayVpcEndpoint, IInterfaceVpcEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { hasIpv6, isReachedOverIpv6 } from './endpoint-address';
import { GATEWAY_FIELDS, GATEWAY_RECORDS, HUB_FIELDS, INTERFACE_FIELDS, INTERFACE_RECORDS } from './endpoint-fields';
import { ExistingInterfaceEndpointOptions, GatewayEndpointOptions, InterfaceEndpointOptions } from './endpoint-options';
import { AccessList, IPrivateEc2S3Access, IS3Endpoint, WORKLOAD } from '../access';
import {
  GATEWAY_ENDPOINT,
  INTERFACE_ENDPOINT,
  Kind,
  checked,
  checkedOptions,
  checkedWith,
  markAs,
  oneOfOurs,
} from '../private';

/** What a mode is made of. */
interface EndpointParts {
  readonly gateway?: GatewayEndpointOptions;
  readonly interfaces?: InterfaceEndpointOptions;
  readonly existingGateway?: IGatewayVpcEndpoint;
  readonly existingInterface?: IInterfaceVpcEndpoint;
  readonly hub?: IVpc;
  /** The workload whose endpoint it is; absent: one is made or adopted. */
  readonly shared?: IPrivateEc2S3Access;
  readonly endpoint?: SharedEndpoint;
}

/** An endpoint of this library, which another workload shares. */
interface SharedEndpoint extends IS3Endpoint {
  readonly _mode: S3EndpointMode;
  readonly _lists: readonly AccessList[];
}

/** A choice of endpoint. */
export const MODE: Kind<S3EndpointMode> = oneOfOurs<S3EndpointMode>(
  'S3EndpointMode',
  'make it with S3EndpointMode.gateway() or another of its factories',
);

/**
 * Which S3 endpoint the workload uses.
 *
 * @see
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#types-of-vpc-endpoints-for-s3
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', { dataBuckets, s3Endpoint: S3EndpointMode.interfaceEndpoint() });
 */
export class S3EndpointMode {
  /**
   * A gateway endpoint in the route tables of the workload's subnets: free, for this VPC and Region only.
   *
   * @param options how it is addressed. Default: IPv4
   */
  public static gateway(options?: GatewayEndpointOptions): S3EndpointMode {
    return new S3EndpointMode({
      gateway: checkedOptions('S3EndpointMode.gateway', 'options', options, GATEWAY_FIELDS, GATEWAY_RECORDS),
    });
  }

  /**
   * An interface endpoint with an address in each Availability Zone of the workload's subnets, billed by the hour and
   * by the gigabyte. The S3 names of its Region resolve to it in the whole VPC. It has a private address and a
   * security group, and it can lead to the S3 of another Region (`serviceRegion`), but then to no other.
   *
   * @param options what it is like
   */
  public static interfaceEndpoint(options?: InterfaceEndpointOptions): S3EndpointMode {
    return new S3EndpointMode({
      interfaces: checkedOptions(
        'S3EndpointMode.interfaceEndpoint',
        'options',
        options,
        INTERFACE_FIELDS,
        INTERFACE_RECORDS,
      ),
    });
  }

  /**
   * Both. The VPC goes through the gateway endpoint, which is free; the interface endpoint is for on-premises
   * networks that resolve through an inbound Route 53 Resolver endpoint. Its security group lets nobody in by itself:
   * name the roles, their networks and what they may do in `onPremises` of the construct. With a `serviceRegion`, the
   * interface leads to that Region, for the VPC as well. With `fips`, it serves the FIPS names of S3, for the VPC as
   * well.
   *
   * @param options what the interface endpoint is like; its `ipAddressType` is that of both
   */
  public static gatewayAndInterface(options?: InterfaceEndpointOptions): S3EndpointMode {
    const interfaces = checkedOptions(
      'S3EndpointMode.gatewayAndInterface',
      'options',
      options,
      INTERFACE_FIELDS,
      INTERFACE_RECORDS,
    );
    const { ipAddressType } = interfaces;
    // the names of S3 lead to the gateway endpoint, too: with other records the workload would ask over IPv6
    const dnsRecordIpType = hasIpv6(interfaces) ? interfaces.dnsRecordIpType : undefined;
    return new S3EndpointMode({ gateway: { ipAddressType, dnsRecordIpType }, interfaces });
  }

  /**
   * A gateway endpoint that exists in the route tables of the workload's subnets. Its policy is not touched: what its
   * owner must add is shown in an annotation and by `requiredPolicies` of the workload.
   *
   * @param endpoint the endpoint, such as one imported by `GatewayVpcEndpoint.fromGatewayVpcEndpointId`
   */
  public static fromGatewayEndpoint(endpoint: IGatewayVpcEndpoint): S3EndpointMode {
    checked('S3EndpointMode.fromGatewayEndpoint', { endpoint }, { endpoint: GATEWAY_ENDPOINT });
    return new S3EndpointMode({ existingGateway: endpoint });
  }

  /**
   * An interface endpoint that exists: in the workload's VPC, or in one that it is connected with. Its policy is not
   * touched: what its owner must add is shown in an annotation and by `requiredPolicies` of the workload.
   *
   * @param endpoint the endpoint, such as one imported by `InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes`
   * @param options where it is. Default: in the workload's VPC
   */
  public static fromInterfaceEndpoint(
    endpoint: IInterfaceVpcEndpoint,
    options?: ExistingInterfaceEndpointOptions,
  ): S3EndpointMode {
    const { vpc } = checkedWith(
      'S3EndpointMode.fromInterfaceEndpoint',
      { endpoint },
      { endpoint: INTERFACE_ENDPOINT },
      'options',
      options,
      HUB_FIELDS,
    );
    return new S3EndpointMode({ existingInterface: endpoint, hub: vpc });
  }

  /**
   * The endpoint of another workload of the same stack, in its VPC: its policy follows both workloads, and so do the
   * policies of buckets that both use. Name the VPC of the other workload as `vpc`, and subnets whose route tables its
   * endpoint is in. What one of them names in `awsOwnedBuckets` without a signature of the role is open to both.
   *
   * A workload of another stack is refused, because role and endpoint would need each other's stacks. Adopt the
   * endpoint there, by `fromGatewayEndpoint` or `fromInterfaceEndpoint`. Add its `requiredPolicies` to the policy
   * with `s3Endpoint.addToPolicy`.
   *
   * @param other the workload that makes the endpoint, or that shares it itself
   */
  public static shared(other: IPrivateEc2S3Access): S3EndpointMode {
    checked('S3EndpointMode.shared', { other }, { other: WORKLOAD });
    const endpoint = other.s3Endpoint as SharedEndpoint;
    return new S3EndpointMode({ ...endpoint._mode.parts, shared: other, endpoint });
  }

  private constructor(private readonly parts: EndpointParts) {
    markAs(this, 'S3EndpointMode');
  }

  /** @internal */
  public get _isExisting(): boolean {
    return !this._makesGateway && !this._makesInterface;
  }

  /**
   * Whether the workload makes it.
   *
   * @internal
   */
  public get _isNew(): boolean {
    return !this._isExisting && this._shared === undefined;
  }

  /** @internal */
  public get _makesGateway(): boolean {
    return this.parts.gateway !== undefined;
  }

  /** @internal */
  public get _makesInterface(): boolean {
    return this.parts.interfaces !== undefined;
  }

  /** @internal */
  public get _gateway(): GatewayEndpointOptions | undefined {
    return this.parts.gateway;
  }

  /** @internal */
  public get _interface(): InterfaceEndpointOptions | undefined {
    return this.parts.interfaces;
  }

  /** @internal */
  public get _existingGateway(): IGatewayVpcEndpoint | undefined {
    return this.parts.existingGateway;
  }

  /** @internal */
  public get _existingInterface(): IInterfaceVpcEndpoint | undefined {
    return this.parts.existingInterface;
  }

  /**
   * The workload whose endpoint it is; absent: one is made or adopted.
   *
   * @internal
   */
  public get _shared(): IPrivateEc2S3Access | undefined {
    return this.parts.shared;
  }

  /**
   * The access lists of the workloads that share the endpoint already.
   *
   * @internal
   */
  public get _lists(): readonly AccessList[] {
    return this.parts.endpoint?._lists ?? [];
  }

  /** @internal */
  public get _hub(): IVpc | undefined {
    return this.parts.hub;
  }

  /**
   * Whether the requests of the workload may arrive over IPv6.
   *
   * @internal
   */
  public get _isReachedOverIpv6(): boolean {
    return [this.parts.gateway, this.parts.interfaces].some(
      options => options !== undefined && isReachedOverIpv6(options),
    );
  }

  /**
   * Whether the workload itself goes through the interface endpoint: it is the only one, or the only one to another
   * Region or for the FIPS names of S3.
   *
   * @internal
   */
  public get _workloadUsesInterface(): boolean {
    const { serviceRegion, fips = false } = this.parts.interfaces ?? {};
    return !this._makesGateway || serviceRegion !== undefined || fips;
  }

  /**
   * The Regions whose S3 the endpoints lead to.
   *
   * @internal
   */
  public _regions(own: string): string[] {
    const { gateway, interfaces } = this.parts;
    return interfaces?.serviceRegion === undefined
      ? [own]
      : [...(gateway === undefined ? [] : [own]), interfaces.serviceRegion];
  }
}
