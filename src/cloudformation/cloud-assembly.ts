import { existsSync } from 'fs';
import { join } from 'path';
import { acknowledgementsIn } from './acknowledgements';
import { PathEntries, pathEntries } from './construct-paths';
import { declarationsIn } from './declarations';
import { isObject, Json, JsonObject, objectOf, textOf, textsOf, valueAt } from './json';
import { StackFamily, withNestedStacks } from './nested-stacks';
import { parseJson, textOfFile } from './template-file';
import { readStackTemplate } from './template-json';
import type { StackTemplate } from './template-location';
import { DECLARED_ACCESS, DECLARED_VISITORS, refuse } from '../base';

/** What is not in the templates. */
export interface ReadOptions {
  /** The account of stacks without a concrete one. */
  readonly account?: string;
  /** The Region of stacks without a concrete one. */
  readonly region?: string;
  /** The values of parameters, for every stack that has them. */
  readonly parameters?: Readonly<Record<string, Json>>;
  /** The construct paths of resources, where the assembly does not tell them. */
  readonly entries?: PathEntries;
}

/** What a cloud assembly says of itself. */
export const MANIFEST = 'manifest.json';

/** The stacks of a directory and of the directories of its stages. */
export function readDirectory(directory: string, options: ReadOptions): StackFamily[] {
  const file = join(directory, MANIFEST);
  if (!existsSync(file)) {
    const fix = 'run cdk synth, and give its output directory';
    refuse(directory, [{ prop: 'path', got: directory, allowed: `a cloud assembly with a ${MANIFEST}`, fix }]);
  }
  const manifest = parseJson(textOfFile(file), file, 'manifest of a cloud assembly');
  return Object.entries(objectOf(valueAt(manifest, 'artifacts'))).flatMap(([id, artifact]) => {
    if (!isObject(artifact)) {
      return [];
    }
    const stage = textOf(valueAt(artifact, 'properties', 'directoryName'));
    if (artifact.type === 'cdk:cloud-assembly' && stage !== undefined) {
      return readDirectory(join(directory, stage), options);
    }
    return artifact.type === 'aws:cloudformation:stack'
      ? [readStack(directory, id, artifact, objectOf(manifest), options)]
      : [];
  });
}

function readStack(
  directory: string,
  id: string,
  artifact: JsonObject,
  manifest: JsonObject,
  options: ReadOptions,
): StackFamily {
  const file = join(directory, String(valueAt(artifact, 'properties', 'templateFile')));
  const constructPath = typeof artifact.displayName === 'string' ? artifact.displayName.replace(/ \(.*\)$/, '') : id;
  const stackName = valueAt(artifact, 'properties', 'stackName');
  const metadata = readMetadata(directory, artifact);
  const stack: StackTemplate = {
    id: idOf(constructPath),
    name: typeof stackName === 'string' ? stackName : id,
    constructPath,
    ...environmentOf(artifact.environment, options),
    deploymentRoleArns: textsOf(valueAt(artifact, 'properties', 'cloudFormationExecutionRoleArn')).filter(isNamed),
    directory,
    ...readStackTemplate(file),
    parameters: options.parameters,
    paths: {},
    declarations: declarationsIn(metadata, DECLARED_ACCESS),
    visitors: declarationsIn(metadata, DECLARED_VISITORS),
    acknowledgements: acknowledgementsIn(metadata),
  };
  const entries = [...pathEntries(metadata), ...(options.entries ?? [])];
  return withNestedStacks(stack, { assets: readAssets(directory, artifact, manifest), entries });
}

/** An empty text is no role, as is none at all: CloudFormation works with the credentials of the caller. */
function isNamed(roleArn: string): boolean {
  return roleArn !== '';
}

/**
 * The account and Region of `aws://111122223333/eu-west-1`, each unless it is `unknown-account` or `unknown-region`.
 */
function environmentOf(environment: Json | undefined, options: ReadOptions): ReadOptions {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(environment)) ?? [];
  const concrete = (value: string | undefined) =>
    value === undefined || value.startsWith('unknown-') ? undefined : value;
  return { account: concrete(account) ?? options.account, region: concrete(region) ?? options.region };
}

/**
 * The asset manifests that the stack depends on, as one; older apps list the assets in the stack's metadata instead.
 */
function readAssets(directory: string, artifact: JsonObject, manifest: JsonObject): Json {
  const names = [artifact.dependencies, valueAt(artifact, 'properties', 'additionalDependencies')].flatMap(list =>
    Array.isArray(list) ? list : [],
  );
  const manifests = names
    .map(name => valueAt(manifest, 'artifacts', String(name)))
    .filter(each => valueAt(each, 'type') === 'cdk:asset-manifest')
    .map(each => readJson(join(directory, String(valueAt(each, 'properties', 'file')))));
  return { files: Object.assign({}, ...manifests.map(each => objectOf(valueAt(each, 'files')))) as JsonObject };
}

/** The CDK writes the metadata of a stack to the manifest or, in newer versions, to a file of its own. */
function readMetadata(directory: string, artifact: JsonObject): JsonObject {
  const file = artifact.additionalMetadataFile;
  return {
    ...objectOf(artifact.metadata),
    ...(typeof file === 'string' ? objectOf(readJson(join(directory, file))) : {}),
  };
}

function readJson(file: string): Json {
  return existsSync(file) ? parseJson(textOfFile(file), file, 'file of a cloud assembly') : {};
}

/**
 * The stack's part of the symbols: readable, free of what would act in a policy or split an ARN, and different for
 * different paths.
 */
export function idOf(path: string): string {
  const encoded = (part: string) =>
    part.replaceAll(/[^A-Za-z0-9_-]/gu, character => `~${character.codePointAt(0)?.toString(16)}~`);
  return path.split('/').map(encoded).join('.');
}
