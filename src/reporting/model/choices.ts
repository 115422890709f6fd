import type { ReportedPeer, WorkloadPolicies } from './policies';
import { ANONYMOUS, principalNamed, PrincipalName } from '../../iam';

/** Somebody who may ask, or a place to ask from, in words. */
export interface Choice {
  readonly id: string;
  readonly words: string;
}

/** A principal as requests name it. */
export interface Asker {
  readonly identity: PrincipalName;
  readonly account?: string;
  /** Whether the policies of the workload's role are its own; anybody else's are taken to allow everything. */
  readonly isWorkload: boolean;
  /** The other workload that it is, whose own policies are known as well. */
  readonly peer?: ReportedPeer;
}

/** Where the instance is, and another machine beside it. */
export const ADDRESSES = { instance: '10.0.0.10', neighbour: '10.0.0.99' } as const;

/** Who may ask. */
export function askers({ account, buckets, exempt, peers, stranger }: WorkloadPolicies): Choice[] {
  const owners = [...new Set(buckets.map(bucket => bucket.account))].filter(owner => owner !== account);
  return [
    { id: 'workload', words: "the workload's role" },
    ...peers.map(({ label }, index) => ({ id: `peer-${index}`, words: `${label} (another workload)` })),
    { id: 'admin', words: 'an administrator of the account' },
    { id: 'root', words: 'the root user of the account' },
    { id: 'deployer', words: 'CloudFormation' },
    ...exempt.map(({ label }, index) => ({ id: `exempt-${index}`, words: `${label} (exempt)` })),
    ...owners.map(owner => ({ id: `owner-${owner}`, words: `an administrator of account ${owner}` })),
    { id: 'stranger', words: `an administrator of another account (${stranger})` },
    { id: 'anonymous', words: 'anybody, unsigned' },
  ];
}

/** Where a request may come from. */
export function origins({ endpoints }: WorkloadPolicies): Choice[] {
  return [
    ...endpoints.map(({ label }, index) => ({ id: `endpoint-${index}`, words: `the instance, through ${label}` })),
    ...endpoints.map(({ label }, index) => ({
      id: `neighbour-${index}`,
      words: `another machine in the VPC, through ${label}`,
    })),
    { id: 'other-endpoint', words: 'another S3 endpoint of the VPC' },
    { id: 'other-vpc', words: 'another VPC' },
    { id: 'internet', words: 'the internet' },
    { id: 's3', words: 'S3 itself, on behalf of the caller' },
  ];
}

/** The principal that a choice stands for. */
export function askerNamed(id: string, policies: WorkloadPolicies): Asker {
  const { partition, account, role, deployer, exempt, peers, stranger } = policies;
  const [kind, rest = ''] = [id.split('-', 1)[0], id.slice(id.indexOf('-') + 1)];
  switch (kind) {
    case 'workload':
      return { ...session(role.arn), isWorkload: true };
    case 'peer':
      return { ...session(peers[Number(rest)].arn), peer: peers[Number(rest)] };
    case 'root':
      return session(`arn:${partition}:iam::${account}:root`);
    case 'deployer':
      return session(deployer);
    case 'exempt':
      return session(exempt[Number(rest)].arn);
    case 'owner':
      return session(`arn:${partition}:iam::${rest}:role/Admin`);
    case 'stranger':
      return session(`arn:${partition}:iam::${stranger}:role/Admin`);
    case 'anonymous':
      return { identity: ANONYMOUS, isWorkload: false };
    default:
      return session(`arn:${partition}:iam::${account}:role/Admin`);
  }
}

/** The endpoint that a place is behind, if it is one of the workload's. */
export function endpointOf(from: string): number | undefined {
  const [, index] = /^(?:endpoint|neighbour)-(\d+)$/.exec(from) ?? [];
  return index === undefined ? undefined : Number(index);
}

function session(arn: string): Asker {
  return { identity: principalNamed(arn), account: arn.split(':')[4], isWorkload: false };
}
