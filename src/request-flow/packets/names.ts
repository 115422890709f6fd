import { firewalledNames } from './firewalled-names';
import { EndpointModel, nameOf, WorkloadModel } from '../../cloudformation';
import { broken, fine, FlowCheck } from '../model';

/**
 * Whether machines can resolve the name of S3, or of its endpoint, to where their packets have to go.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns
 */
export function nameChecks(workload: WorkloadModel, endpoint: EndpointModel | undefined): FlowCheck[] {
  const { vpc } = workload;
  if (vpc === undefined) {
    return [];
  }
  const isPrivate = endpoint?.kind === 'interface' && endpoint.privateDns === 'the VPC';
  if (vpc.where === undefined) {
    const attributes = isPrivate ? 'EnableDnsSupport and EnableDnsHostnames' : 'EnableDnsSupport';
    return [
      fine(undefined, `the VPC ${vpc.id} is not in the assembly`, [
        `the VPC ${vpc.id} has ${attributes}, which its names need`,
      ]),
      ...firewalledNames(workload),
    ];
  }
  return [...attributeChecks(vpc, vpc.where, isPrivate), ...firewalledNames(workload), ...takenOver(vpc, isPrivate)];
}

type Vpc = NonNullable<WorkloadModel['vpc']>;

function attributeChecks(vpc: Vpc, where: NonNullable<Vpc['where']>, isPrivate: boolean): FlowCheck[] {
  const name = nameOf(where);
  if (isPrivate && !(vpc.hasResolver && vpc.hasHostnames)) {
    return [
      broken(
        where,
        `the VPC ${name} lacks ${vpc.hasResolver ? 'DNS hostnames' : 'DNS resolution'}, and private DNS of the ` +
          'interface endpoint needs both: the name of S3 does not lead to it',
        'set EnableDnsSupport and EnableDnsHostnames of the VPC to true',
      ),
    ];
  }
  return vpc.hasResolver || vpc.nameServers.length > 0
    ? []
    : [
        broken(
          where,
          `DNS resolution is off in the VPC ${name}: nothing resolves the name of S3`,
          'set EnableDnsSupport of the VPC to true',
        ),
      ];
}

/** What answers in place of the resolver of the VPC, or of the public names. */
function takenOver({ where, nameServers, takeovers }: Vpc, isPrivate: boolean): FlowCheck[] {
  const servers =
    nameServers.length === 0
      ? []
      : [
          `the name servers ${nameServers.join(', ')} of the DHCP options ` +
            (isPrivate ? 'ask the resolver of the VPC for the names of S3' : 'resolve the names of S3'),
        ];
  const zones = takeovers.map(({ name }) => `${name} resolves the names of S3 to where the endpoint takes them`);
  const assumes = [...servers, ...zones];
  return assumes.length === 0 ? [] : [fine(where, 'names are resolved in a way of their own', assumes)];
}
