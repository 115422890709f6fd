import { Stack } from 'aws-cdk-lib';
import type { Json, JsonObject } from '../../src/cloudformation/json';
import { Assembly, assemblyOf, modelsOf } from '../../src/cloudformation/models';
import { FlowCheck, RequestFlow, requestFlows } from '../../src/request-flow/request-flows';
import { modelOf, templateOf } from '../cloudformation/support';
import { quickStart } from '../support/scenarios';

export { synthesized, synthesizedStack } from '../cloudformation/support';

/** A resource of a template that a test may change. */
export interface Editable {
  Type: string;
  Properties: { [key: string]: Json };
}

/** A template that a test may change. */
export class EditableTemplate {
  public readonly resources: Record<string, Editable>;

  private readonly template: { readonly Resources: Record<string, Editable> };

  constructor(define: (stack: Stack) => unknown = quickStart) {
    this.template = templateOf(define);
    this.resources = this.template.Resources;
  }

  /** The logical id of the first resource of a type, with a part of its construct path. */
  public id(type: string, part = ''): string {
    const [found] = Object.entries(this.resources).filter(([id, each]) => each.Type === type && id.includes(part));
    if (found === undefined) {
      throw new Error(`there is no ${type} with ${part}`);
    }
    return found[0];
  }

  /** The properties of such a resource, to be changed. */
  public properties(type: string, part = ''): { [key: string]: Json } {
    return this.resources[this.id(type, part)].Properties;
  }

  /** The policy statements of such a resource, to be changed. */
  public statements(type: string, part = '', property = 'PolicyDocument'): { [key: string]: Json }[] {
    return (this.properties(type, part)[property] as unknown as { Statement: { [key: string]: Json }[] }).Statement;
  }

  public add(id: string, type: string, properties: JsonObject): this {
    this.resources[id] = { Type: type, Properties: { ...properties } };
    return this;
  }

  /** The assembly of the template as it is now, with more sections. */
  public assembly(more: JsonObject = {}): Assembly {
    return assemblyOf(
      'Training',
      { ...(this.template as unknown as JsonObject), ...more },
      { account: '111122223333' },
    );
  }

  public flow(): RequestFlow {
    return onlyFlow(this.assembly());
  }
}

/** The flow of the only workload of an assembly. */
export function onlyFlow(assembly: Assembly): RequestFlow {
  const flows = requestFlows(modelOf(assembly));
  if (flows.length !== 1) {
    throw new Error(`there are ${flows.length} workloads`);
  }
  return flows[0];
}

/** All flows of an assembly, however its open conditions come out. */
export function allFlows(assembly: Assembly): RequestFlow[] {
  return modelsOf(assembly).flatMap(requestFlows);
}

/** What breaks a flow: the step, and the check. */
export function breaks({ steps }: RequestFlow): Array<readonly [step: number, check: FlowCheck]> {
  return steps.flatMap(({ step, checks }) => checks.filter(({ ok }) => !ok).map(check => [step, check] as const));
}

/** What breaks a flow, in sentences. */
export function sentences(flow: RequestFlow): string[] {
  return breaks(flow).map(([step, { sentence }]) => `${step}: ${sentence}`);
}

/** What a flow takes for granted. */
export function assumed({ steps }: RequestFlow): string[] {
  return [...new Set(steps.flatMap(({ checks }) => checks.flatMap(({ assumes }) => assumes ?? [])))];
}
