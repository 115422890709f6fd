import type { Json } from './json';
import type { OutputJson, ResourceJson } from './template-json';
import type { Assembly, StackTemplate, TemplateLocation } from './template-location';

/** Where a stack is deployed to; symbols stand for what is not concrete. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** The ARN of the role that CloudFormation deploys the stack with, or nothing; absent if it is not known. */
  readonly deploymentRoleArns?: readonly string[];
}

/** An output of a stack. */
export interface StackOutput {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly output: OutputJson;
}

/** A resource of a stack that exists. */
export interface StackResource {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: ResourceJson;
}

/** What intrinsic functions need of the one who resolves them. */
export interface Resolution {
  readonly assembly: Assembly;

  /** A value without intrinsic functions; `undefined` for `AWS::NoValue`. */
  resolve(value: Json | undefined, at: TemplateLocation): Json | undefined;

  /** Whether a condition of the template holds. */
  holds(condition: string, at: TemplateLocation): boolean;

  /** Where a stack is deployed to. */
  environmentOf(stack: StackTemplate): Environment;

  /** The resources of all stacks that the proof looks at and whose conditions hold. */
  resources(): readonly StackResource[];

  /** Whether something with this condition, or none, exists. */
  exists(condition: string | undefined, at: TemplateLocation): boolean;

  /** The outputs of all stacks, whether they exist or not. */
  outputs(): readonly StackOutput[];

  /**
   * Reports that a function cannot be computed, and returns a symbol for its outcome.
   *
   * @param at where the function stands
   * @param functionName the function
   * @param why why not, as the end of a sentence
   * @param identity what the outcome depends on: the same function of the same things has the same symbol
   */
  unresolvable(at: TemplateLocation, functionName: string, why: string, identity: Json): string;

  /**
   * Notes that a symbol stands for a text that nothing in the input tells: any at all, wildcards included, or one of
   * a few.
   */
  anyText(symbol: string, oneOf?: readonly string[]): string;

  /** A symbol for the outcome of a function of texts that are known at deployment only. */
  derived(functionName: string, identity: Json): string;

  /** Notes that a parameter is taken to have its default, or some value if it has none. */
  takesDefault(stack: StackTemplate, parameter: string, value: Json | undefined): void;

  /** Notes that a stack which is not in the assembly exports something under a name. */
  takesImport(name: string): void;

  /** Computes a value once; a value that depends on itself is reported. */
  once(key: string, at: TemplateLocation, compute: () => Json | undefined): Json | undefined;
}
