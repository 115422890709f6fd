import { Stack } from 'aws-cdk-lib';
import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { EndpointService, SERVICE_NAMES, ServiceEndpointOptions, hasOtherRoutes } from '../endpoint';
import { endpointsIn } from './service-twins';
import { Problem, isConcrete, unless } from '../private';

/** Where an endpoint is to be made, and what is there. */
export interface ServicePlace {
  readonly scope: IConstruct;
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  /** Whether the workload has an endpoint of the service already. */
  readonly isTaken: boolean;
  /** The endpoints of remote access, by the last part of the names of their services. */
  readonly used: Readonly<Record<string, { readonly isMade: boolean }>>;
}

/** What is wrong with an endpoint of a service, before it is made. */
export function serviceProblems(
  service: EndpointService,
  options: ServiceEndpointOptions,
  place: ServicePlace,
): Problem[] {
  const { endpoint } = SERVICE_NAMES[service];
  const used = place.used[endpoint];
  const problem = (allowed: string, fix: string) => ({ prop: 'service', got: endpoint, allowed, fix });
  const twin = used === undefined && !place.isTaken ? twinOf(endpoint, place) : undefined;
  return [
    ...unless(
      !place.isTaken,
      problem('each service once', 'leave the second call out: grants reach the endpoint at any time'),
    ),
    ...unless(
      used?.isMade !== false,
      problem(
        'a service whose endpoint is made here, and remoteAccess names one that exists',
        'let its owner allow the actions in its policy: the egress to it is open',
      ),
    ),
    ...unless(
      twin === undefined,
      problem(
        `one endpoint of a service in a VPC, and ${twin} is in this one: the names of the service lead to one only`,
        'let the role through in its policy, and write app.connections.allowTo(endpoint, Port.tcp(443))',
      ),
    ),
    ...ownerProblems(endpoint, place),
    ...prefixListProblems(service, options, place),
  ];
}

function twinOf(endpoint: string, { scope, vpc }: ServicePlace): string | undefined {
  return endpointsIn(scope, vpc, endpoint)[0]?.node.path;
}

/** The participants of a VPC that another account shares make no endpoints there. */
function ownerProblems(got: string, { scope, vpc }: ServicePlace): Problem[] {
  const owner = vpc.env.account;
  const { account } = Stack.of(scope);
  return unless(!isConcrete(owner) || !isConcrete(account) || owner === account, {
    prop: 'service',
    got,
    allowed: `a VPC of the account ${account}: only the owner ${owner} of this one can make endpoints in it`,
    fix: 'let the owner make it, and write app.connections.allowTo(endpoint, Port.tcp(443))',
  });
}

function prefixListProblems(
  service: EndpointService,
  { prefixList }: ServiceEndpointOptions,
  { vpc, vpcSubnets }: ServicePlace,
): Problem[] {
  if (service !== EndpointService.DYNAMODB) {
    return unless(prefixList === undefined, {
      prop: 'options.prefixList',
      got: prefixList,
      allowed: 'none: interface endpoints are reached by their security group',
      fix: 'leave it out',
    });
  }
  return unless(prefixList !== undefined || !hasOtherRoutes(vpc, vpcSubnets), {
    prop: 'options.prefixList',
    got: undefined,
    allowed: 'the prefix list of DynamoDB where the subnets have other routes out',
    fix: "name it, as in PrefixList.fromPrefixListId(this, 'DynamoDb', 'pl-...')",
  });
}
