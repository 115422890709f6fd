import { isObject, Json, JsonObject } from './json';
import { loopsWritten, withoutLoops } from './language-extensions';
import { parseText, textOfFile } from './template-file';
import type { TemplateSource } from './template-source';
import { Problem, refuse } from '../base';

/** A resource of a template. */
export interface ResourceJson {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Metadata?: JsonObject;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A parameter of a template. */
export interface ParameterJson {
  readonly Type?: string;
  readonly Default?: Json;
  readonly AllowedValues?: Json;
}

/** An output of a template. */
export interface OutputJson {
  readonly Value?: Json;
  readonly Export?: { readonly Name?: Json };
  readonly Condition?: string;
}

/**
 * A CloudFormation template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export interface TemplateJson {
  readonly Resources: Readonly<Record<string, ResourceJson>>;
  readonly Parameters?: Readonly<Record<string, ParameterJson>>;
  readonly Mappings?: Readonly<Record<string, JsonObject>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Outputs?: Readonly<Record<string, OutputJson>>;
  readonly Transform?: Json;
  /** The loops that are written out here. */
  readonly loops?: readonly string[];
}

/** A template has one of these at least; the CDK leaves out the resources of a stack without any. */
const SECTIONS = ['Resources', 'Parameters', 'Outputs', 'Rules', 'Conditions', 'Mappings'];

/** A template, and the file that it was read from. */
export interface ReadTemplate {
  readonly template: TemplateJson;
  readonly source: TemplateSource;
}

/**
 * Reads a template, in JSON or YAML.
 *
 * @param file the file
 */
export function readTemplate(file: string): ReadTemplate {
  return parseTemplate(textOfFile(file), file);
}

/**
 * Reads a template from the text of a file.
 *
 * @param text what is in the file
 * @param file the name of the file
 */
export function parseTemplate(text: string, file: string): ReadTemplate {
  const { value, source } = parseText(text, file);
  return { template: templateOf(value, file), source };
}

/**
 * Reads the template of a stack in a cloud assembly: the CDK writes one without any section for a stack without resources.
 *
 * @param file the file
 */
export function readStackTemplate(file: string): ReadTemplate {
  const { value, source } = parseText(textOfFile(file), file);
  const isEmpty = isObject(value) && Object.values(value).every(each => !isObject(each));
  return { template: templateOf(isEmpty ? { ...value, Resources: {} } : value, file), source };
}

/** Whether a value has the form of a template, as far as other files in a folder do not. */
export function isTemplate(value: Json): boolean {
  return isObject(value) && (isObject(value.Resources) || value.AWSTemplateFormatVersion !== undefined);
}

/**
 * A value as a template, if it has the form of one.
 *
 * @param value what may be a template
 * @param file where it comes from, for errors
 */
export function templateOf(value: Json, file: string): TemplateJson {
  if (!isObject(value)) {
    return templateIn(value, file);
  }
  const without = withoutLoops(value);
  return without === value
    ? templateIn(value, file)
    : { ...templateIn(without, file), loops: loopsWritten(value, without) };
}

function templateIn(value: Json, file: string): TemplateJson {
  const resources =
    isObject(value) && SECTIONS.some(section => isObject(value[section])) ? (value.Resources ?? {}) : undefined;
  if (!isObject(value) || !isObject(resources)) {
    return refuse(file, [
      {
        prop: 'template',
        got: isObject(value) ? Object.keys(value) : value,
        allowed: 'a CloudFormation template with Resources',
        fix: 'give the template, or the directory of the cloud assembly (cdk.out)',
      },
    ]);
  }
  refuse(file, [...resourceProblems(resources), ...sectionProblems(value)]);
  return { ...value, Resources: resources } as unknown as TemplateJson;
}

function resourceProblems(resources: JsonObject): Problem[] {
  return Object.entries(resources)
    .filter(([id]) => !id.startsWith('Fn::'))
    .flatMap(([id, resource]) => {
      const properties = isObject(resource) ? resource.Properties : undefined;
      const isResource =
        isObject(resource) && typeof resource.Type === 'string' && (properties === undefined || isObject(properties));
      return isResource
        ? []
        : [
            {
              prop: `Resources.${id}`,
              got: resource,
              allowed: 'an object with Type and Properties',
              fix: 'correct the resource',
            },
          ];
    });
}

function sectionProblems(template: JsonObject): Problem[] {
  return ['Parameters', 'Mappings', 'Conditions', 'Outputs']
    .filter(name => template[name] !== undefined && !isObject(template[name]))
    .map(name => ({
      prop: name,
      got: template[name],
      allowed: 'an object',
      fix: 'correct the section, or leave it out',
    }));
}
