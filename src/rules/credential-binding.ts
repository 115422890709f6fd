import type { Evidence, Finding, Rule } from './rule';
import { EndpointModel, nameOf } from '../cloudformation';

/**
 * The variables of the binding; a policy that has them binds credentials to the primary private IPv4 address of an
 * instance.
 */
const BINDING = /\$\{aws:Ec2InstanceSource(Vpc|PrivateIPv4)\}/i;

const FIX =
  'set credentialBinding to false, or keep the workload to one network interface with one private IPv4 address';

/**
 * Credentials that are bound to an instance work where the requests carry what the instance got them for: its VPC and
 * its primary private IPv4 address. Where the template shows that they will not, they would be refused without a
 * word. Network interfaces of pods and tasks, which others attach later, cannot be seen here.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateipv4
 */
export const credentialBinding: Rule = {
  id: 'credential-binding',
  check: evidence => (isBound(evidence) ? [...addresses(evidence), ...endpoints(evidence)] : []),
};

function isBound({ workload: { role } }: Evidence): boolean {
  return BINDING.test(JSON.stringify((role?.policies ?? []).map(({ document }) => document.Statement)));
}

function addresses({ workload: { where, networkInterfaces = 1, hasSecondaryAddresses = false } }: Evidence): Finding[] {
  return [
    ...(networkInterfaces <= 1
      ? []
      : [
          {
            where,
            description:
              `${nameOf(where)} has ${networkInterfaces} network interfaces, and its credentials are bound ` +
              'to the first private IPv4 address: requests from the others are denied',
            fix: FIX,
          },
        ]),
    ...(!hasSecondaryAddresses
      ? []
      : [
          {
            where,
            description:
              `${nameOf(where)} has secondary private addresses, and its credentials are bound ` +
              'to the primary one: requests from the others are denied',
            fix: FIX,
          },
        ]),
  ];
}

function endpoints({ flow, model }: Evidence): Finding[] {
  const used = new Set(flow.requests.map(({ endpointId }) => endpointId));
  return model.endpoints
    .filter(({ id }) => used.has(id))
    .flatMap(endpoint => [
      ...(!endpoint.usesIpv6
        ? []
        : [
            finding(
              endpoint,
              'may be reached over IPv6, and credentials are bound to an IPv4 address: requests over IPv6 are denied',
              'set credentialBinding to false, or the DnsRecordIpType of the endpoint to ipv4',
            ),
          ]),
      ...(endpoint.serviceRegion === undefined
        ? []
        : [
            finding(
              endpoint,
              `leads to the Region ${endpoint.serviceRegion}, and AWS does not say that the keys that bind credentials are sent there`,
              'set credentialBinding to false',
            ),
          ]),
    ]);
}

function finding({ where }: EndpointModel, what: string, fix: string): Finding {
  return { where, description: `${nameOf(where)} ${what}`, fix };
}
