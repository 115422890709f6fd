import type { Acknowledgement } from './acknowledgements';
import type { AssumedComparison } from './conditions';
import { declarationModels } from './declarations';
import { isObject, JsonObject, objectOf, textOf } from './json';
import type { DeclarationModel } from './model';
import { namingOf } from './names';
import { attributeOf, refOf } from './references';
import type { Environment, StackResource } from './resolution';
import { Resolver } from './resolve';
import type { Assembly } from './template-location';
import { below, ResourceRef, Unresolved, unresolvedAt } from './template-location';

/** A resource without intrinsic functions. */
export interface ResolvedResource extends ResourceRef {
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  /** Whether it stays when its stack is deleted or an update replaces it. */
  readonly isRetained: boolean;
  readonly environment: Environment;
  /** What `Ref` returns: the name or the id. */
  readonly ref: string;
  /** The ARN, of types that the proof knows. */
  readonly arn?: string;
}

/** What an assembly says if its open conditions come out one way. */
export interface ResolvedAssembly {
  /** What is assumed about comparisons of values that are known at deployment only; usually nothing. */
  readonly assumed: readonly AssumedComparison[];
  readonly resources: readonly ResolvedResource[];
  readonly declarations: readonly DeclarationModel[];
  /** The findings of scanners that the app accepts. */
  readonly acknowledgements: readonly Acknowledgement[];
  readonly unresolved: readonly Unresolved[];
  /** The accounts and Regions of the stacks. */
  readonly environments: readonly Environment[];
  /** The partition that only the literal ARNs tell; absent if the Regions tell it, or nothing does. */
  readonly namedPartition?: string;
  /** The parameters that whoever deploys the stacks can set, and the values that they are taken to have. */
  readonly defaults: readonly string[];
}

/** With more open comparisons than this, the others are taken to hold, and that is reported. */
const MOST_OPEN_COMPARISONS = 5;

/**
 * Reads an assembly without its intrinsic functions: once for each way in which the conditions that it leaves open
 * can come out.
 *
 * @param assembly the assembly
 */
export function resolvedAssemblies(assembly: Assembly): ResolvedAssembly[] {
  return explore(assembly, new Map());
}

function explore(assembly: Assembly, assumed: ReadonlyMap<string, boolean>): ResolvedAssembly[] {
  const resolver = new Resolver(assembly, assumed);
  const resources = resolver.resources().map(each => resolved(each, resolver));
  const open = [...resolver.comparisons.keys()].find(key => !assumed.has(key));
  if (open !== undefined && assumed.size < MOST_OPEN_COMPARISONS) {
    return [true, false].flatMap(equal => explore(assembly, new Map([...assumed, [open, equal]])));
  }
  const declarations = declarationModels(assembly.stacks, resolver);
  return [
    {
      assumed: [...resolver.comparisons.values()],
      resources,
      declarations,
      acknowledgements: assembly.stacks
        .filter(({ parent }) => parent === undefined)
        .flatMap(({ acknowledgements = [] }) => acknowledgements),
      unresolved: [
        ...assembly.problems,
        ...templateProblems(assembly),
        ...tooManyComparisons(resolver, assumed, assembly),
        ...resolver.unresolved.values(),
      ],
      environments: assembly.stacks.map(stack => resolver.environmentOf(stack)),
      defaults: [...resolver.defaults.values()],
      namedPartition: assembly.stacks.some(({ region }) => region === undefined) ? resolver.namedPartition : undefined,
    },
  ];
}

function resolved({ stack, logicalId, resource }: StackResource, resolver: Resolver): ResolvedResource {
  const at = { stack, logicalId, path: '' };
  const naming = namingOf(resource.Type);
  return {
    stack: stack.name,
    logicalId,
    type: resource.Type,
    ...(stack.paths[logicalId] === undefined ? {} : { constructPath: stack.paths[logicalId] }),
    properties: objectOf(resolver.resolve(resource.Properties, below(at, 'Properties'))),
    metadata: objectOf(
      resolver.resolve(objectOf(resource.Metadata)['AWS::CloudFormation::Init'], below(at, 'Metadata')),
    ),
    isRetained: [resource.DeletionPolicy, resource.UpdateReplacePolicy].every(policy => policy?.startsWith('Retain')),
    environment: resolver.environmentOf(stack),
    ref: textOf(refOf(logicalId, at, resolver)) ?? logicalId,
    ...(naming?.attributes.Arn === undefined ? {} : { arn: textOf(attributeOf(logicalId, 'Arn', at, resolver)) }),
  };
}

/** Parts of templates that make resources which are not seen here. */
function templateProblems({ stacks }: Assembly): Unresolved[] {
  return stacks.flatMap(stack => {
    const at = { stack, logicalId: '', path: '' };
    const loops = Object.keys(stack.template.Resources).filter(id => id.startsWith('Fn::'));
    const macros = [stack.template.Transform ?? []]
      .flat()
      .map(each => (isObject(each) ? textOf(each.Name) : textOf(each)));
    return [
      ...loops.map(id =>
        unresolvedAt({ ...at, path: `Resources.${id}` }, 'Fn::ForEach', 'the resources that it makes are not seen'),
      ),
      ...macros
        .filter(name => name !== undefined && name !== 'AWS::LanguageExtensions')
        .map(name =>
          unresolvedAt({ ...at, path: 'Transform' }, 'Transform', `what the macro ${name} makes is not seen`),
        ),
    ];
  });
}

function tooManyComparisons(
  resolver: Resolver,
  assumed: ReadonlyMap<string, boolean>,
  { stacks }: Assembly,
): Unresolved[] {
  const at = { stack: stacks[0], logicalId: '', path: 'Conditions' };
  return [...resolver.comparisons]
    .filter(([key]) => !assumed.has(key))
    .map(([, { left, right }]) =>
      unresolvedAt(at, 'Condition', `too many conditions are open: ${left} is taken to equal ${right}`),
    );
}
