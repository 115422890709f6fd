import type { Acknowledgement } from './acknowledgements';
import type { Json } from './json';
import type { TemplateJson } from './template-json';
import type { TemplateSource } from './template-source';

/** A stack of a cloud assembly, with its template. */
export interface StackTemplate {
  /** Unique in the assembly, and part of the symbols for what the stack defines. */
  readonly id: string;
  /** The name of the deployed stack; for a nested stack, which CloudFormation names itself, its path. */
  readonly name: string;
  /** The path of the stack's construct, without a leading slash. */
  readonly constructPath?: string;
  /** Absent if the stack has no concrete account. */
  readonly account?: string;
  /** Absent if the stack has no concrete Region. */
  readonly region?: string;
  /**
   * The ARN of the role that CloudFormation deploys it with, as the assembly writes it, or nothing if there is none;
   * absent if it is not known, as of a template alone.
   */
  readonly deploymentRoleArns?: readonly string[];
  /** The directory of its cloud assembly: stacks of one stage share it. */
  readonly directory: string;
  readonly template: TemplateJson;
  /** The file of the template; absent if it is in none. */
  readonly source?: TemplateSource;
  /** The values of its parameters, as far as somebody gives them. */
  readonly parameters?: Readonly<Record<string, Json>>;
  /** The construct paths of its resources, by logical id. */
  readonly paths: Readonly<Record<string, string>>;
  /** The access lists in the metadata of the stack, those of its nested stacks included. */
  readonly declarations?: readonly Declaration[];
  /** Whom the owners of buckets let into them, in the same metadata. */
  readonly visitors?: readonly Declaration[];
  /** The accepted findings in the metadata of the stack, those of its nested stacks included. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** For a nested stack: the stack and the resource that define it. */
  readonly parent?: { readonly stack: StackTemplate; readonly logicalId: string };
}

/** All stacks that are deployed together. */
export interface Assembly {
  readonly stacks: readonly StackTemplate[];
  /** Templates that could not be found. */
  readonly problems: readonly Unresolved[];
  /** The names of the stacks that it is about; all of them, if it is not given. */
  readonly focus?: readonly string[];
}

/** What a construct says in the metadata of a cloud assembly, before its functions are resolved. */
export interface Declaration {
  /** The path of the construct. */
  readonly constructPath: string;
  readonly data: Json;
}

/** A resource, and where it stands. */
export interface ResourceRef {
  /** The name of its stack. */
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** The path of its construct, where the assembly tells it. */
  readonly constructPath?: string;
}

/** A place in a template. */
export interface TemplateLocation {
  readonly stack: StackTemplate;
  /** The resource, the output or the parameter. */
  readonly logicalId: string;
  /** The way from there to the value, such as `Properties.PolicyDocument.Statement.0`. */
  readonly path: string;
}

/** Something in a template that could not be read, so that nothing may be concluded from it. */
export interface Unresolved {
  /** The name of the stack. */
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** The way to the value inside the resource. */
  readonly path: string;
  /** The intrinsic function, or the part of the template. */
  readonly function: string;
  /** Why, as the end of a sentence. */
  readonly why: string;
}

/** The place below, under a key or an index. */
export function below(at: TemplateLocation, key: string | number): TemplateLocation {
  return { ...at, path: at.path === '' ? String(key) : `${at.path}.${key}` };
}

/** The report that something at a place could not be read. */
export function unresolvedAt(at: TemplateLocation, functionName: string, why: string): Unresolved {
  const constructPath = at.stack.paths[at.logicalId];
  return {
    stack: at.stack.name,
    logicalId: at.logicalId,
    ...(constructPath === undefined ? {} : { constructPath }),
    path: at.path,
    function: functionName,
    why,
  };
}
