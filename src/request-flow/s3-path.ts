import { broken, fine, FlowCheck } from './model';
import {
  AssemblyModel,
  EndpointModel,
  isSymbolic,
  nameOf,
  PolicyPart,
  SubnetModel,
  WorkloadModel,
} from '../cloudformation';
import { asList } from '../iam';

/** The endpoint that requests go through; only its id is known if it is not in the assembly. */
export interface S3Path {
  readonly id: string;
  readonly endpoint?: EndpointModel;
}

/** A subnet of a workload, and how it reaches S3. */
export interface SubnetPath {
  /** Absent if nothing tells the subnets. */
  readonly subnet?: SubnetModel;
  /** Absent if nothing leads to S3. */
  readonly s3Path?: S3Path;
  readonly check: FlowCheck;
}

/** How each subnet of a workload reaches S3. */
export function pathsOf(workload: WorkloadModel, model: AssemblyModel): SubnetPath[] {
  const inVpc = model.endpoints.filter(({ isS3, vpcId }) => isS3 && vpcId === workload.vpcId);
  if (workload.subnets.length === 0) {
    return [unknownSubnets(workload, inVpc[0])];
  }
  return workload.subnets.map(
    subnet => throughEndpoint(subnet, inVpc) ?? outsideAssembly(subnet, inVpc, workload, model),
  );
}

function unknownSubnets({ where }: WorkloadModel, endpoint: EndpointModel | undefined): SubnetPath {
  if (endpoint === undefined) {
    return {
      check: broken(
        where,
        `nothing tells which subnets ${nameOf(where)} is in, nor how they reach S3`,
        'define the subnets in the app',
      ),
    };
  }
  const assumes = [`the subnets of ${nameOf(where)} lead to the S3 endpoint ${nameOf(endpoint.where)}`];
  return {
    s3Path: { id: endpoint.id, endpoint },
    check: fine(endpoint.where, 'the subnets are chosen outside the assembly', assumes),
  };
}

/** Name look-ups come first: where they return an interface endpoint, the routes of a gateway endpoint are not used. */
function throughEndpoint(subnet: SubnetModel, inVpc: readonly EndpointModel[]): SubnetPath | undefined {
  const name = nameIn(subnet);
  const path = (endpoint: EndpointModel, sentence: string, assumes: readonly string[] = []): SubnetPath => ({
    subnet,
    s3Path: { id: endpoint.id, endpoint },
    check: fine(endpoint.where, `${sentence} ${nameOf(endpoint.where)}`, assumes),
  });
  const interfaces = inVpc.filter(({ kind }) => kind === 'interface');
  const named = interfaces.filter(({ privateDns, hasOtherNames }) => privateDns === 'the VPC' && !hasOtherNames);
  const resolved = named.find(({ serviceRegion }) => serviceRegion === undefined);
  if (resolved !== undefined) {
    return path(resolved, `${name} resolves S3 to the interface endpoint`);
  }
  const gateways = inVpc.filter(({ kind }) => kind === 'gateway');
  const routed = gateways.find(({ routeTableIds }) => routeTableIds.includes(subnet.routeTable?.id ?? ''));
  if (routed !== undefined) {
    return path(routed, `the route table of ${name} leads to the gateway endpoint`);
  }
  if (gateways.length > 0 && subnet.routeTable === undefined && !isOwn(subnet)) {
    return path(gateways[0], 'the subnet uses the gateway endpoint', [
      `the route table of ${name} is one of those of ${nameOf(gateways[0].where)}`,
    ]);
  }
  if (named.length > 0) {
    return path(named[0], `${name} resolves S3 of ${named[0].serviceRegion} to the interface endpoint`);
  }
  const [other] = interfaces;
  return other && path(other, `${name} reaches the interface endpoint`, [nameAskedFor(other)]);
}

function nameAskedFor({ service, privateDns }: EndpointModel): string {
  return service.endsWith('.s3-fips') && privateDns === 'the VPC'
    ? 'the workload asks for the FIPS names of S3'
    : 'the workload calls the endpoint by its own name';
}

/** An endpoint that only the policies name; else nothing leads to S3. */
function outsideAssembly(
  subnet: SubnetModel,
  inVpc: readonly EndpointModel[],
  workload: WorkloadModel,
  model: AssemblyModel,
): SubnetPath {
  const name = nameIn(subnet);
  const id = inVpc.length > 0 ? undefined : endpointNamedByPolicies(workload, model);
  if (id !== undefined) {
    const assumes = [
      `the route table of ${name} leads to the S3 endpoint ${id}`,
      `the policy of the endpoint ${id} lets the requests through`,
    ];
    return {
      subnet,
      s3Path: { id },
      check: fine(subnet.where, `the S3 endpoint ${id} is not in the assembly`, assumes),
    };
  }
  const { routeTable, where } = subnet;
  const start =
    routeTable === undefined
      ? `${name} has no route table of its own, and the main one of its VPC`
      : `the route table ${routeTable.where === undefined ? routeTable.id : nameOf(routeTable.where)} of ${name}`;
  const why =
    inVpc.length === 0
      ? 'there is none in its VPC'
      : `${inVpc.map(each => nameOf(each.where)).join(', ')} is for other route tables`;
  const fix = 'associate the subnet with a route table of the S3 gateway endpoint';
  return { subnet, check: broken(routeTable?.where ?? where, `${start} leads to no S3 endpoint: ${why}`, fix) };
}

function endpointNamedByPolicies(
  { role, declaration }: WorkloadModel,
  { buckets, endpoints }: AssemblyModel,
): string | undefined {
  const policies = [
    ...(role?.policies ?? []),
    ...buckets.map(({ policy }) => policy).filter(policy => policy !== undefined),
  ];
  const named = policies.flatMap(endpointIdsIn).filter(id => id.startsWith('vpce-'));
  return [...(declaration?.endpointIds ?? []), ...named].find(id => endpoints.every(endpoint => endpoint.id !== id));
}

function endpointIdsIn({ document }: PolicyPart): string[] {
  return asList(document.Statement)
    .flatMap(({ Condition }) => Object.values(Condition ?? {}))
    .flatMap(keys => Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcevpce'))
    .flatMap(([, values]) => asList(values).map(String));
}

/** Whether the assembly defines the subnet and its VPC, so that it would define the route table as well. */
function isOwn({ where, vpcId }: SubnetModel): boolean {
  return where !== undefined && vpcId !== undefined && isSymbolic(vpcId);
}

function nameIn({ where, id }: SubnetModel): string {
  return where === undefined ? id : nameOf(where);
}
