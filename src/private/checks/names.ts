import { text } from './values';
import { Problem } from '../errors';

/**
 * The exact ARN of a role: a path holds any printable character of ASCII, of which `*`, `?` and `$` mean something else in policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export const EXACT_ROLE_ARN = /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/([!"#%-)+->@-~]+\/)?[\w+=,.@:-]{1,64}$/;

const RENAME = 'rename the key';

/** The key of a map that becomes the id of a construct. */
export const CONSTRUCT_ID = text(
  {
    allowed: 'construct ids of letters, digits and any of _.- as keys',
    fix: RENAME,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
    isKnown: true,
  },
  reservedProblems,
);

/** The CDK leaves two ids out of logical ids, and keeps children in an object that has members from the beginning. */
function reservedProblems(prop: string, id: string): Problem[] {
  const isReserved = id === 'Default' || id === 'Resource' || id in Object.prototype;
  return isReserved
    ? [{ prop, got: id, allowed: 'none of the ids Default, Resource and the members of every object', fix: RENAME }]
    : [];
}

/** The id of a VPC endpoint in a list of them. */
export const ENDPOINT_ID = text({
  allowed: 'ids of VPC endpoints, vpce-...',
  fix: 'copy the id of the S3 endpoint, or leave it out',
  pattern: /^vpce-[0-9a-z]+$/,
});

/** A network of IPv4 addresses that is not all of them. */
export const IPV4_NETWORK = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!\/)|(?=\/))){4}\/([1-9]|[12]\d|3[0-2])$/;

/**
 * Addresses that no host has for others: this network, loopback, link-local, multicast, and what is reserved.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
export const NO_HOSTS = /^(0|127|22[4-9]|2[345]\d)\.|^169\.254\./;

/** What is said of them. */
export const ADDRESSES_OF_HOSTS = 'addresses of hosts, not of loopback, link-local or multicast traffic';
