import { AssumedComparison, conditionHolds } from './conditions';
import { accountDeclared } from './declarations';
import { evaluate, intrinsicIn } from './functions';
import { isList, isObject, Json, JsonObject, textOf } from './json';
import { partitionOf, urlSuffixOf } from './partition';
import type { Place } from './places';
import type { Environment, Resolution, StackOutput, StackResource } from './resolution';
import {
  expressionSymbol,
  isSymbolic,
  storedSymbol,
  symbolsIn,
  UNKNOWN_ACCOUNT,
  UNKNOWN_PARTITION,
  UNKNOWN_REGION,
} from './symbols';
import type { Assembly } from './template-location';
import { below, TemplateLocation, StackTemplate, Unresolved, unresolvedAt } from './template-location';

const DYNAMIC_REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;

/** The types that the proof looks at: a condition on anything else does not matter. */
const RELEVANT = new RegExp(
  '^(AWS::(EC2|IAM|S3|KMS|AutoScaling|ImageBuilder|S3Files|DataSync|Route53Resolver)::.+|' +
    'AWS::(Route53::HostedZone|Route53Profiles::ProfileAssociation|VpcLattice::ServiceNetworkVpcAssociation|' +
    'Lambda::Function|ECS::(TaskDefinition|Service|TaskSet)|ElasticLoadBalancing(V2)?::LoadBalancer|' +
    'GlobalAccelerator::EndpointGroup|CloudFormation::Stack|Organizations::Policy|Batch::(ComputeEnvironment|JobDefinition)|' +
    'EKS::(Nodegroup|Cluster)|CodeBuild::Project|SNS::(Topic|Subscription|TopicPolicy)|Events::Rule|' +
    'Backup::BackupSelection|SSM::Parameter|SecretsManager::Secret|Glue::Job|SageMaker::.+|ElasticBeanstalk::.+|' +
    'AppRunner::Service|SSM::Document|Amplify::.+|StepFunctions::StateMachine)|' +
    'Custom::CrossRegion.+)$',
);

/** Properties by which anything else gives machines a role, also where they stand in a text. */
const NAMES_PROFILE = /"(\w*InstanceProfile(Name|Arn|Id)?|JobFlowRole|resourceRole)\\?"/;

/** Whether the proof looks at resources of a type. */
export function isLookedAt(type: string): boolean {
  return RELEVANT.test(type);
}

/**
 * Resolves the intrinsic functions of an assembly under assumptions about what its conditions leave open, and keeps a
 * record of what it could not resolve.
 */
export class Resolver implements Resolution {
  /** What could not be resolved, each once. */
  public readonly unresolved = new Map<string, Unresolved>();

  /**
   * The open comparisons that were met, with what was assumed about them: that the values are equal unless said
   * otherwise.
   */
  public readonly comparisons = new Map<string, AssumedComparison>();

  /** The parameters that no parent stack passes, with the values that they are taken to have. */
  public readonly defaults = new Map<string, string>();

  /** The unknown texts that a symbol is a part of. */
  public readonly derivations = new Map<string, readonly string[]>();

  /** The names of exports that no stack of the assembly has. */
  public readonly imports = new Set<string>();

  /** The symbols of texts that nothing tells, with the texts that they may be; absent where that is any. */
  public readonly unknownTexts = new Map<string, readonly string[] | undefined>();

  private readonly values = new Map<string, Json | undefined>();
  private readonly running = new Set<string>();
  private readonly environments = new Map<string, Environment>();
  private existing?: readonly StackResource[];
  private allOutputs?: readonly StackOutput[];

  constructor(
    public readonly assembly: Assembly,
    private readonly assumed: ReadonlyMap<string, boolean> = new Map(),
    private readonly place: Place = { otherPartitions: [], isNamed: false },
    private readonly otherwise = true,
  ) {}

  public resolve(value: Json | undefined, at: TemplateLocation): Json | undefined {
    if (typeof value === 'string') {
      return this.withoutDynamicReferences(value);
    }
    if (isList(value)) {
      return value.map((each, index) => this.resolve(each, below(at, index))).filter(each => each !== undefined);
    }
    if (!isObject(value)) {
      return value;
    }
    const intrinsic = intrinsicIn(value);
    if (intrinsic !== undefined) {
      return evaluate(...intrinsic, below(at, intrinsic[0]), this);
    }
    if (value['Fn::Transform'] !== undefined) {
      this.unresolvable(at, 'Fn::Transform', 'what the macro makes of the values beside it is not seen', value);
    }
    const entries = Object.entries(value).map(([key, each]) => [key, this.resolve(each, below(at, key))] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined)) as JsonObject;
  }

  public holds(condition: string, at: TemplateLocation): boolean {
    const key = `condition ${at.stack.id} ${condition}`;
    return this.once(key, at, () => conditionHolds(condition, at, this)) === true;
  }

  /** Whether two values are equal of which one is known at deployment only. */
  public assume(left: string, right: string): boolean {
    if (this.isImpossible(left, right) || this.isImpossible(right, left)) {
      return false;
    }
    const key = JSON.stringify([left, right].sort());
    const equal = this.assumed.get(key) ?? this.otherwise;
    this.comparisons.set(key, { left, right, equal });
    return equal;
  }

  /** Whether the place of this reading rules out that a Region or partition which is not known is the other value. */
  private isImpossible(variable: string, value: string): boolean {
    const { partition, otherPartitions } = this.place;
    if (variable === UNKNOWN_PARTITION) {
      return otherPartitions.length > 0;
    }
    const its = partitionOf(value);
    return (
      variable === UNKNOWN_REGION &&
      !isSymbolic(value) &&
      (otherPartitions.includes(its) || (partition !== undefined && partition !== its))
    );
  }

  public environmentOf(stack: StackTemplate): Environment {
    const known = this.environments.get(stack.id) ?? this.environment(stack);
    this.environments.set(stack.id, known);
    return known;
  }

  public resources(): readonly StackResource[] {
    this.existing ??= this.existingOf(this.candidates());
    return this.existing;
  }

  /** The resources that the proof looks at, whether they exist or not. */
  public candidates(): readonly StackResource[] {
    return this.assembly.stacks.flatMap(stack =>
      Object.entries(stack.template.Resources)
        .filter(([, { Type, Properties }]) => isLookedAt(Type) || NAMES_PROFILE.test(JSON.stringify(Properties ?? {})))
        .map(([logicalId, resource]) => ({ stack, logicalId, resource })),
    );
  }

  /** Those of them whose conditions hold. */
  public existingOf(candidates: readonly StackResource[]): readonly StackResource[] {
    return candidates.filter(({ stack, logicalId, resource }) =>
      this.exists(resource.Condition, { stack, logicalId, path: 'Condition' }),
    );
  }

  public outputs(): readonly StackOutput[] {
    this.allOutputs ??= this.assembly.stacks.flatMap(stack =>
      Object.entries(stack.template.Outputs ?? {}).map(([logicalId, output]) => ({ stack, logicalId, output })),
    );
    return this.allOutputs;
  }

  public exists(condition: string | undefined, at: TemplateLocation): boolean {
    return condition === undefined || this.holds(condition, at);
  }

  public unresolvable(at: TemplateLocation, functionName: string, why: string, identity: Json): string {
    this.unresolved.set(`${at.stack.id} ${at.logicalId} ${at.path}`, unresolvedAt(at, functionName, why));
    return this.anyText(expressionSymbol(functionName.replace('Fn::', ''), JSON.stringify(identity)));
  }

  public anyText(symbol: string, oneOf?: readonly string[]): string {
    this.unknownTexts.set(symbol, oneOf);
    return symbol;
  }

  public derived(functionName: string, identity: Json): string {
    const text = JSON.stringify(identity);
    const symbol = expressionSymbol(functionName.replace('Fn::', ''), text);
    const sources = symbolsIn(text).filter(each => this.unknownTexts.has(each));
    this.derivations.set(symbol, sources);
    return sources.length === 0 ? symbol : this.anyText(symbol);
  }

  public takesDefault(stack: StackTemplate, parameter: string, value: Json | undefined): void {
    const text = value === undefined ? 'any value' : (textOf(value) ?? JSON.stringify(value));
    this.defaults.set(`${stack.name} ${parameter}`, `${parameter} of ${stack.name}: ${text}`);
  }

  public takesImport(name: string): void {
    this.imports.add(name);
  }

  public once(key: string, at: TemplateLocation, compute: () => Json | undefined): Json | undefined {
    if (this.values.has(key)) {
      return this.values.get(key);
    }
    if (this.running.has(key)) {
      return this.unresolvable(at, 'Ref', 'the value depends on itself', key);
    }
    this.running.add(key);
    const value = compute();
    this.running.delete(key);
    this.values.set(key, value);
    return value;
  }

  /** Parameters of Systems Manager and secrets are read at deployment. */
  private withoutDynamicReferences(text: string): string {
    return text.includes('{{resolve:')
      ? text.replaceAll(DYNAMIC_REFERENCE, (_, service: string, name: string) =>
          this.anyText(storedSymbol(service, name)),
        )
      : text;
  }

  /** Stacks without an environment go to one account: what the declarations of one of them tell, they tell of all. */
  private accountOfAll(): string | undefined {
    const declared = this.assembly.stacks
      .filter(({ account }) => account === undefined)
      .flatMap(({ declarations }) => accountDeclared(declarations) ?? []);
    return new Set(declared).size === 1 ? declared[0] : undefined;
  }

  private environment({ account, region, declarations, deploymentRoleArns }: StackTemplate): Environment {
    const partition = region === undefined ? (this.place.partition ?? UNKNOWN_PARTITION) : partitionOf(region);
    const known = account ?? accountDeclared(declarations) ?? this.accountOfAll();
    const place = {
      account: known ?? UNKNOWN_ACCOUNT,
      region: region ?? this.place.region ?? UNKNOWN_REGION,
      partition,
    };
    const roles = deploymentRoleArns?.map(arn => placed(arn, place));
    return { ...place, urlSuffix: urlSuffixOf(partition), ...(roles && { deploymentRoleArns: roles }) };
  }
}

/** The CDK writes the roles of a deployment with placeholders, which it fills in itself. */
function placed(
  arn: string,
  { account, region, partition }: Pick<Environment, 'account' | 'region' | 'partition'>,
): string {
  return arn
    .replaceAll('${AWS::Partition}', partition)
    .replaceAll('${AWS::AccountId}', account)
    .replaceAll('${AWS::Region}', region);
}
