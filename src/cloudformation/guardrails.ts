import { textOf, textsOf } from './json';
import type { GuardrailModel } from './model';
import { ResourceIndex, nameOf, refTo } from './resource-index';
import type { ResourceRef } from './template-location';

const KINDS: Readonly<Record<string, GuardrailModel['kind']>> = {
  SERVICE_CONTROL_POLICY: 'service control policy',
  RESOURCE_CONTROL_POLICY: 'resource control policy',
};

/** The service control and resource control policies of an assembly that are attached to something. */
export function guardrailsOf(index: ResourceIndex): GuardrailModel[] {
  return index.ofType('AWS::Organizations::Policy').flatMap(resource => {
    const { Type, Content, TargetIds } = resource.properties;
    const kind = KINDS[textOf(Type) ?? ''];
    const policy =
      kind === undefined ? undefined : index.policy(resource, 'Content', Content, `${kind} ${nameOf(resource)}`);
    const targets = textsOf(TargetIds);
    return policy === undefined || targets.length === 0
      ? []
      : [{ kind, targets, partition: resource.environment.partition, policy }];
  });
}

/** Those of either kind that are attached to nothing. */
export function unattachedGuardrails(index: ResourceIndex): ResourceRef[] {
  return index
    .ofType('AWS::Organizations::Policy')
    .filter(({ properties: { Type, TargetIds } }) => {
      return KINDS[textOf(Type) ?? ''] !== undefined && textsOf(TargetIds).length === 0;
    })
    .map(refTo);
}
