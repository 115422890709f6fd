import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Environment, Stack } from 'aws-cdk-lib';
import { Json, JsonObject } from '../../src/cloudformation/json';
import {
  Assembly,
  AssemblyModel,
  assemblyOf,
  modelsOf,
  readAssembly,
  ReadOptions,
  Unresolved,
} from '../../src/cloudformation/models';
import { ResolvedAssembly, resolvedAssemblies, ResolvedResource } from '../../src/cloudformation/resolved-assembly';

/** The name of the stack that templates by hand belong to. */
export const STACK = 'Training';

/** The sections of a template. */
export interface Sections {
  readonly Resources?: JsonObject;
  readonly Parameters?: JsonObject;
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Outputs?: JsonObject;
  readonly Transform?: Json;
}

/** What a value came out as. */
export interface Outcome {
  readonly value: Json | undefined;
  readonly unresolved: readonly Unresolved[];
}

/** An assembly of one template. */
export function handmade(sections: Sections, options: ReadOptions = {}): Assembly {
  return assemblyOf(STACK, { Resources: {}, ...sections }, options);
}

/** A value as a property of something that matters to every workload, resolved in every way in which open conditions can come out. */
export function outcomes(value: Json, sections: Sections = {}, options: ReadOptions = {}): Outcome[] {
  const probe = { Type: 'AWS::Organizations::Policy', Properties: { Value: value } };
  return resolvedAssemblies(handmade({ ...sections, Resources: { ...sections.Resources, Probe: probe } }, options)).map(
    reading => ({ value: resource(reading, 'Probe').properties.Value, unresolved: reading.unresolved }),
  );
}

/** A value that comes out in one way. */
export function outcome(value: Json, sections: Sections = {}, options: ReadOptions = {}): Outcome {
  const all = outcomes(value, sections, options);
  if (all.length !== 1) {
    throw new Error(`it comes out in ${all.length} ways`);
  }
  return all[0];
}

/** A value that is resolved without anything to report. */
export function resolved(value: Json, sections: Sections = {}, options: ReadOptions = {}): Json | undefined {
  const { value: result, unresolved } = outcome(value, sections, options);
  expect(unresolved).toEqual([]);
  return result;
}

/** Why a value cannot be resolved; its only report. */
export function whyNot(value: Json, sections: Sections = {}): string {
  const { unresolved, value: result } = outcome(value, sections);
  expect(unresolved).toHaveLength(1);
  expect(String(result)).toContain('<');
  return `${unresolved[0].function}: ${unresolved[0].why}`;
}

/** The resource with a logical id. */
export function resource({ resources }: ResolvedAssembly, logicalId: string): ResolvedResource {
  const found = resources.filter(each => each.logicalId === logicalId);
  if (found.length !== 1) {
    throw new Error(`${found.length} resources are ${logicalId}`);
  }
  return found[0];
}

/** What an app synthesizes to, read back. */
export function synthesized(define: (app: App) => unknown, options: ReadOptions = {}): Assembly {
  return inDirectory(outdir => {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
    define(app);
    app.synth();
    return readAssembly(outdir, options);
  });
}

/** What one stack synthesizes to, read back. */
export function synthesizedStack(define: (stack: Stack) => unknown, env?: Environment): Assembly {
  return synthesized(app => define(new Stack(app, STACK, { env })));
}

/** The template of one stack, to be changed. */
export function templateOf(define: (stack: Stack) => unknown): {
  Resources: Record<string, { Type: string; Properties: Record<string, Json> }>;
} {
  return inDirectory(outdir => {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
    define(new Stack(app, STACK));
    app.synth();
    return JSON.parse(readFileSync(join(outdir, `${STACK}.template.json`), 'utf8'));
  });
}

/** The only model of an assembly. */
export function modelOf(assembly: Assembly): AssemblyModel {
  const models = modelsOf(assembly);
  if (models.length !== 1) {
    throw new Error(`there are ${models.length} models`);
  }
  return models[0];
}

/** Runs something with a directory of its own, and without the validation that the CDK adds to a synthesis. */
export function inDirectory<T>(run: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'template-'));
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    return run(directory);
  } finally {
    if (validation === undefined) {
      delete process.env.CDK_VALIDATION;
    } else {
      process.env.CDK_VALIDATION = validation;
    }
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The model of resources by hand, in Ireland. */
export function model(Resources: JsonObject, more: Sections = {}): AssemblyModel {
  return modelOf(handmade({ ...more, Resources }, { account: '111122223333', region: 'eu-west-1' }));
}

/** A resource by hand. */
export function of(type: string, properties: JsonObject): JsonObject {
  return { Type: type, Properties: properties };
}
