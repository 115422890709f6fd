import type { Acknowledgement } from './acknowledgements';
import type { AssumedComparison } from './conditions';
import { declarationModels, visitorsOf, withArns } from './declarations';
import { isObject, Json, JsonObject, objectOf, textOf, valueAt } from './json';
import type { DeclarationModel } from './model';
import { namingOf } from './names';
import { Place, placesOf, untriedRegions } from './places';
import { attributeOf, refOf } from './references';
import { hasTextsOnly, keyOf, relevantResources, splitProperties } from './relevance';
import type { Environment, StackResource } from './resolution';
import { isLookedAt, Resolver } from './resolve';
import { UNKNOWN_PARTITION, UNKNOWN_REGION } from './symbols';
import { below, ResourceRef, StackTemplate, TemplateLocation, Unresolved, unresolvedAt } from './template-location';
import type { Assembly } from './template-location';
import { UnknownTexts, withoutNames } from './unknown-texts';
import type { DeclaredVisitors } from '../base';

/** A resource without intrinsic functions. */
export interface ResolvedResource extends ResourceRef {
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  /** What the properties that decide nothing have if the conditions that were not tried come out the other way. */
  readonly otherTexts?: JsonObject;
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
  /** Whom the owners of buckets let into them. */
  readonly visitors: readonly DeclaredVisitors[];
  /** The findings of scanners that the app accepts. */
  readonly acknowledgements: readonly Acknowledgement[];
  readonly unresolved: readonly Unresolved[];
  /** The loops that were written out, each with its stack. */
  readonly loops: readonly string[];
  /** The accounts and Regions of the stacks. */
  readonly environments: readonly Environment[];
  /** The partition that only the literal ARNs tell; absent if the Regions tell it, or nothing does. */
  readonly namedPartition?: string;
  /** The parameters that whoever deploys the stacks can set, and the values that they are taken to have. */
  readonly defaults: readonly string[];
  /** The names of the exports of other stacks that are not in the assembly. */
  readonly imports: readonly string[];
  /** The symbols of texts that nothing tells and that may act in a policy, with the texts that they may be, if few. */
  readonly unknownTexts: UnknownTexts;
}

/** With more comparisons than this that bear on a workload, nothing is proven. */
const MOST_OPEN_COMPARISONS = 6;

/**
 * Reads an assembly without its intrinsic functions: once for each way in which the conditions that it leaves open
 * and that may bear on a workload can come out.
 *
 * @param assembly the assembly
 */
export function resolvedAssemblies(assembly: Assembly): ResolvedAssembly[] {
  const relevant = once(() => relevantResources(assembly.stacks, isLookedAt));
  return placesOf(assembly.stacks).flatMap(place => explore({ assembly, place, relevant }, new Map()));
}

/** What is read again and again, under other assumptions. */
interface Subject {
  readonly assembly: Assembly;
  readonly place: Place;
  /** The resources that may matter to a workload. */
  readonly relevant: () => ReadonlySet<string>;
}

function explore(subject: Subject, assumed: ReadonlyMap<string, boolean>): ResolvedAssembly[] {
  const reading = new Reading(subject, assumed);
  const [open] = reading.open;
  return open === undefined || assumed.size >= MOST_OPEN_COMPARISONS
    ? [reading.result()]
    : [true, false].flatMap(equal => explore(subject, new Map([...assumed, [open, equal]])));
}

/** One reading. */
class Reading {
  /** The comparisons that bear on a workload, and about which nothing is assumed as yet. */
  public readonly open: readonly string[];

  private readonly resolver: Resolver;
  public readonly resources: readonly ResolvedResource[];
  public readonly declarations: readonly DeclarationModel[];

  constructor(
    private readonly subject: Subject,
    private readonly assumed: ReadonlyMap<string, boolean>,
  ) {
    const { assembly, place } = subject;
    const plain = new Resolver(assembly, assumed, place);
    const all = plain.resources().map(each => resolved(each, plain));
    const declarations = declarationModels(assembly.stacks, plain);
    const isOpen = (resolver: Resolver) => [...resolver.comparisons.keys()].filter(key => !assumed.has(key));
    if (isOpen(plain).length === 0) {
      [this.resolver, this.resources, this.declarations, this.open] = [plain, all, declarations, []];
      return;
    }
    const relevant = subject.relevant();
    this.resolver = new Resolver(assembly, assumed, place);
    const candidates = this.resolver.candidates();
    const bears = ({ stack, logicalId }: StackResource) => relevant.has(keyOf(stack, logicalId));
    const strict = this.resolver
      .existingOf(candidates.filter(bears))
      .map(each => [each, strictProperties(each, this.resolver)] as const);
    this.declarations = declarationModels(assembly.stacks, this.resolver);
    this.open = isOpen(this.resolver);
    const known = new Map(strict.map(([{ stack, logicalId }, properties]) => [keyOf(stack, logicalId), properties]));
    const otherwise = new Resolver(assembly, assumed, place, false);
    const others = this.resolver.existingOf(candidates.filter(each => !bears(each)));
    const unseen = otherwise
      .existingOf(candidates.filter(({ resource }) => hasTextsOnly(resource.Type)))
      .filter(each => others.every(({ resource }) => resource !== each.resource));
    this.resources = [
      ...[...strict.map(([each]) => each), ...others].map(each => ({
        ...resolved(each, this.resolver, known.get(keyOf(each.stack, each.logicalId))),
        otherTexts: looseProperties(each, otherwise),
      })),
      ...unseen.map(each => resolved(each, otherwise)),
    ];
  }

  public result(): ResolvedAssembly {
    const { resolver } = this;
    const { assembly, place } = this.subject;
    const { resources, declarations } = withArns(this, assembly.stacks, resolver);
    return {
      assumed: [
        ...placed(place),
        ...[...resolver.comparisons].filter(([key]) => this.assumed.has(key)).map(([, comparison]) => comparison),
      ],
      resources,
      declarations,
      visitors: visitorsOf(assembly.stacks, resolver),
      acknowledgements: assembly.stacks
        .filter(({ parent }) => parent === undefined)
        .flatMap(({ acknowledgements = [] }) => acknowledgements),
      unresolved: [
        ...assembly.problems,
        ...templateProblems(assembly),
        ...this.tooManyComparisons(),
        ...this.tooManyRegions(),
        ...resolver.unresolved.values(),
      ],
      loops: assembly.stacks.flatMap(({ name, template: { loops = [] } }) => loops.map(loop => `${loop} of ${name}`)),
      environments: assembly.stacks.map(stack => resolver.environmentOf(stack)),
      defaults: [...resolver.defaults.values()],
      imports: [...resolver.imports],
      unknownTexts: withoutNames(resolver, resources, declarations),
      namedPartition: place.isNamed ? place.partition : undefined,
    };
  }

  private tooManyRegions(): Unresolved[] {
    const { stacks } = this.subject.assembly;
    const at = { stack: stacks[0], logicalId: '', path: 'Regions' };
    return untriedRegions(stacks).map(region =>
      unresolvedAt(at, 'Ref', `policies name too many Regions: what they say in ${region} is not tried`),
    );
  }

  private tooManyComparisons(): Unresolved[] {
    const at = { stack: this.subject.assembly.stacks[0], logicalId: '', path: 'Conditions' };
    return this.open.map(key => {
      const { left, right } = this.resolver.comparisons.get(key) ?? { left: '', right: '' };
      return unresolvedAt(
        at,
        'Condition',
        `more than ${MOST_OPEN_COMPARISONS} conditions are open: whether ${left} equals ${right} is not tried both ways`,
      );
    });
  }
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

function strictProperties(found: StackResource, resolver: Resolver): JsonObject {
  const [strict] = splitProperties(found.resource.Type, found.resource.Properties ?? {});
  return objectOf(resolver.resolve(strict, propertiesOf(found)));
}

function looseProperties(found: StackResource, resolver: Resolver): JsonObject {
  const [, loose] = splitProperties(found.resource.Type, found.resource.Properties ?? {});
  return objectOf(resolver.resolve(loose, propertiesOf(found)));
}

function propertiesOf({ stack, logicalId }: StackResource): TemplateLocation {
  return { stack, logicalId, path: 'Properties' };
}

/** What a place says of a reading, where there are others. */
function placed({ partition, region, isNamed }: Place): AssumedComparison[] {
  const equal = true;
  return [
    ...(partition === undefined || isNamed ? [] : [{ left: UNKNOWN_PARTITION, right: partition, equal }]),
    ...(region === undefined ? [] : [{ left: UNKNOWN_REGION, right: region, equal }]),
  ];
}

function resolved(found: StackResource, resolver: Resolver, known?: JsonObject): ResolvedResource {
  const { stack, logicalId, resource } = found;
  const at = { stack, logicalId, path: '' };
  const naming = namingOf(resource.Type);
  const properties =
    known === undefined
      ? objectOf(resolver.resolve(resource.Properties, below(at, 'Properties')))
      : mergedProperties(known, looseProperties(found, resolver));
  return {
    stack: stack.name,
    logicalId,
    type: resource.Type,
    ...(stack.paths[logicalId] === undefined ? {} : { constructPath: stack.paths[logicalId] }),
    properties,
    metadata: metadataOf(found, resolver),
    isRetained: [resource.DeletionPolicy, resource.UpdateReplacePolicy].every(policy => policy?.startsWith('Retain')),
    environment: resolver.environmentOf(stack),
    ref: textOf(refOf(logicalId, at, resolver)) ?? logicalId,
    ...(naming?.attributes.Arn === undefined ? {} : { arn: textOf(attributeOf(logicalId, 'Arn', at, resolver)) }),
  };
}

/** What cfn-init reads on an instance. */
function metadataOf({ stack, logicalId, resource }: StackResource, resolver: Resolver): JsonObject {
  const metadata = objectOf(resource.Metadata);
  const read = ['AWS::CloudFormation::Init', 'AWS::CloudFormation::Authentication'].filter(
    key => metadata[key] !== undefined,
  );
  const at = { stack, logicalId, path: 'Metadata' };
  return Object.assign({}, ...read.map(key => objectOf(resolver.resolve(metadata[key], at)))) as JsonObject;
}

function mergedProperties(strict: JsonObject, loose: JsonObject): JsonObject {
  const data = { ...objectOf(strict.LaunchTemplateData), ...objectOf(loose.LaunchTemplateData) };
  const has = strict.LaunchTemplateData !== undefined || loose.LaunchTemplateData !== undefined;
  return { ...strict, ...loose, ...(has ? { LaunchTemplateData: data } : {}) };
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
      ...stackSetProblems(stack),
      ...handlerProblems(stack),
      ...loops.map(id =>
        unresolvedAt({ ...at, path: `Resources.${id}` }, 'Fn::ForEach', 'the resources that it makes are not seen'),
      ),
      ...Object.entries(stack.template.Resources)
        .filter(([, { Type }]) => /::MODULE$/.test(Type))
        .map(([id]) =>
          unresolvedAt(
            { ...at, path: `Resources.${id}` },
            'Module',
            'the resources that the module makes are not seen',
          ),
        ),
      ...macros
        .filter(name => name !== undefined && name !== 'AWS::LanguageExtensions')
        .map(name =>
          unresolvedAt({ ...at, path: 'Transform' }, 'Transform', `what the macro ${name} makes is not seen`),
        ),
    ];
  });
}

/** What is looked at of the template of a stack set: nothing, so that it must not define what matters. */
function stackSetProblems(stack: StackTemplate): Unresolved[] {
  return Object.entries(stack.template.Resources)
    .filter(
      ([, { Type, Properties }]) => Type === 'AWS::CloudFormation::StackSet' && mayMatter(Properties?.TemplateBody),
    )
    .map(([logicalId]) =>
      unresolvedAt(
        { stack, logicalId, path: 'Properties.TemplateBody' },
        'StackSet',
        'what the stack set deploys is not seen',
      ),
    );
}

function mayMatter(body: Json | undefined): boolean {
  const types = typeof body === 'string' ? [...body.matchAll(/\bAWS::\w+::\w+/g)].map(([type]) => type) : [];
  return types.length === 0 || types.some(isLookedAt);
}

/** A custom resource may do anything with what it is told of, through the role of a function that is not here. */
function handlerProblems(stack: StackTemplate): Unresolved[] {
  const { Resources } = stack.template;
  return Object.entries(Resources)
    .filter(([, { Type, Properties }]) => isCustom(Type) && !isHandledHere(Properties?.ServiceToken, Resources))
    .flatMap(([id, { Type, Properties }]) => {
      const told = JSON.stringify({ ...Properties, ServiceToken: undefined });
      const words = new Set(told.match(/[A-Za-z0-9]+/g) ?? []);
      return Object.keys(Resources)
        .filter(each => each !== id && words.has(each) && isLookedAt(Resources[each].Type))
        .map(logicalId =>
          unresolvedAt(
            { stack, logicalId, path: `what the custom resource ${id} does` },
            Type,
            'the function behind it, or its role, is not in the assembly, and is told of this resource',
          ),
        );
    });
}

function isCustom(type = ''): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** The role of a function of the assembly is a principal like others, if that is in the assembly too. */
function isHandledHere(token: Json | undefined, resources: StackTemplate['template']['Resources']): boolean {
  const [attribute] = [valueAt(token, 'Fn::GetAtt') ?? []].flat();
  const name = textOf(valueAt(token, 'Ref')) ?? textOf(attribute)?.split('.')[0];
  const handler = name === undefined ? undefined : resources[name];
  return isHere(token) && (handler?.Type !== 'AWS::Lambda::Function' || isHere(handler.Properties?.Role));
}

function isHere(token: Json | undefined): boolean {
  return isObject(token) && token['Fn::ImportValue'] === undefined && Object.keys(token).length === 1;
}
