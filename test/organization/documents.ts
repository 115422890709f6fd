import { App, Environment, Stack } from 'aws-cdk-lib';
import { WorkloadsOuGuardrails, WorkloadsOuGuardrailsProps } from '../../src';
import type { PolicyJson } from '../../src/iam';
import { filledIn } from '../support/resources';

export const ORGANIZATION = 'o-a1b2c3d4e5';
export const OU = 'ou-ab12-11111111';

/** A policy of AWS Organizations in a template. */
export interface OrganizationsPolicy {
  readonly Type: string;
  readonly Name: string;
  readonly Description: string;
  readonly TargetIds: readonly string[];
  /** As Organizations gets it. */
  readonly Content: unknown;
}

/** The guardrails of a stack of their own. */
export function guardrails(
  props: Partial<WorkloadsOuGuardrailsProps> = {},
  env?: Environment,
): { stack: Stack; construct: WorkloadsOuGuardrails } {
  const stack = new Stack(new App(), 'Management', { env });
  return {
    stack,
    construct: new WorkloadsOuGuardrails(stack, 'Guardrails', {
      organizationId: ORGANIZATION,
      targetIds: [OU],
      ...props,
    }),
  };
}

/** The policies of the guardrails with these props, as Organizations gets them. */
export function policiesOf(props: Partial<WorkloadsOuGuardrailsProps> = {}): OrganizationsPolicy[] {
  const { stack, construct } = guardrails(props);
  const found = construct.policies.map(({ type, name, description, targetIds, content }) => ({
    Type: type,
    Name: name,
    Description: description,
    TargetIds: targetIds,
    Content: content,
  }));
  return filledIn(stack.resolve(found), name =>
    name === 'AWS::Partition' ? 'aws' : `<${name}>`,
  ) as OrganizationsPolicy[];
}

/** The documents of a type. */
export function documentsOf(
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  props: Partial<WorkloadsOuGuardrailsProps> = {},
): PolicyJson[] {
  return policiesOf(props)
    .filter(({ Type }) => Type === type)
    .map(({ Content }) => Content as PolicyJson);
}
