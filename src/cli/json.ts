import type { Told } from './lines';
import type { Examination, Finding } from '../analysis';

/** Rises with every change that a reader of an earlier one would not understand. */
export const JSON_FORMAT = 1;

/** What is found for machines; docs/proof.md says what each part means. */
export function asJson(
  { flows, proofs, unresolved, violations, holds }: Examination,
  { open, accepted, summary }: Told,
  version: string,
  isDetailed: boolean,
): string {
  const { errors, warnings, holding, broken, assumptions } = summary;
  const workloads = flows.map(({ workload, construct }) => {
    const { stack, logicalId, constructPath } = workload;
    const name = constructPath ?? `${stack}/${logicalId}`;
    const { properties = [] } = proofs.find(each => each.name === name) ?? {};
    return {
      name,
      stack,
      logicalId,
      construct,
      properties: properties.map(({ id, outcome, because }) => ({ id, outcome, because })),
    };
  });
  const found = {
    format: JSON_FORMAT,
    tool: { name: 'cdk-private-ec2-s3-access', version },
    holds,
    summary: { errors, warnings, accepted: accepted.length, holding, broken, assumptions: assumptions.length },
    findings: open.map(plain),
    accepted: accepted.map(plain),
    assumptions,
    workloads,
    notRead: unresolved.map(({ stack, logicalId, path, why }) => ({ stack, logicalId, path, why })),
    violations,
    flows,
    ...(isDetailed ? { details: { proofs } } : {}),
  };
  return JSON.stringify(found, undefined, 2);
}

function plain({ isClosedByConstruct, ...finding }: Finding): Omit<Finding, 'isClosedByConstruct'> {
  return finding;
}
