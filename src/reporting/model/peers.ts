import { principalName } from './names';
import type { ReportedPeer } from './policies';
import { asList, ExaminedWorkload, ProofInput, RoleModel } from '../../analysis';
import { PolicyJson, wildcardMatch } from '../../iam';

/**
 * The roles of other workloads that share a bucket or an endpoint with this one by an access list, or whose own
 * policies name one of its buckets.
 */
export function peersIn(input: ProofInput, { model }: Pick<ExaminedWorkload, 'model'>): ReportedPeer[] {
  const declared = (input.peers ?? []).filter(each =>
    [...each.bucketArns, ...each.endpointIds].some(id => sharedIn(input).has(id)),
  );
  const roles = model.workloads.flatMap(({ role }) =>
    role === undefined || role.arn === input.role.arn ? [] : [role],
  );
  const naming = roles.filter(role =>
    input.buckets.some(({ arn }) => documentsOf(role).some(each => isNamed(arn, each))),
  );
  const arns = new Set([...declared.map(({ roleArn }) => roleArn), ...naming.map(({ arn }) => arn)]);
  return [...arns].map(arn => {
    const role = roles.find(each => each.arn === arn);
    return {
      label: principalName(arn),
      arn,
      account: role?.account ?? arn.split(':')[4],
      tags: role?.tags ?? {},
      vpcId: model.workloads.find(each => each.role?.arn === arn)?.vpcId,
      policies: role === undefined || role.unknownPolicies.length > 0 ? undefined : documentsOf(role),
      boundary: role?.permissionsBoundary?.document,
      grants: model.declarations.filter(({ roleArn }) => roleArn === arn).flatMap(({ buckets }) => buckets),
    };
  });
}

function sharedIn({ buckets, endpoints }: ProofInput): ReadonlySet<string> {
  return new Set([...buckets.map(({ arn }) => arn), ...endpoints.map(({ id }) => id)]);
}

function documentsOf({ policies }: RoleModel): PolicyJson[] {
  return policies.map(({ document }) => document);
}

/** Whether a policy allows something that is about a bucket or its objects. */
function isNamed(arn: string, { Statement }: PolicyJson): boolean {
  return asList(Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .some(({ Resource, NotResource }) =>
      Resource === undefined
        ? NotResource !== undefined
        : asList(Resource).some(each => each.startsWith(`${arn}/`) || wildcardMatch(each, arn)),
    );
}
