import { isList, isObject, Json, JsonObject, objectOf, textsIn } from './json';
import type { DeclarationModel } from './model';
import { namingOf } from './names';
import { symbolsIn } from './symbols';

/**
 * Symbols of texts that nothing in the input tells, with the texts that they may be where those are few: a parameter
 * without a default, a parameter of Systems Manager, what a custom resource answers, an import.
 */
export type UnknownTexts = ReadonlyMap<string, readonly string[] | undefined>;

/** Unknown texts, and of which of them others are parts. */
export interface Unknowns {
  readonly unknownTexts: UnknownTexts;
  readonly derivations: ReadonlyMap<string, readonly string[]>;
}

/** What tells the names that stand in a resource. */
interface NamingResource {
  readonly type: string;
  readonly properties: JsonObject;
}

/** Properties that take an id, a name or an ARN: what stands there is no wildcard. */
const NAMING = new RegExp(
  '(^|[a-z])(Ids?|ID|Arns?|ARN)$|' +
    '^(Bucket|BucketName|DestinationBucketName|Roles|RoleName|IamInstanceProfile|InstanceProfileName|' +
    'SecurityGroups|VPCZoneIdentifier|PermissionsBoundary|Function|Queue|Topic|LaunchTemplateName)$',
);

/** Where policies stand, and what says nothing of the things that it names. */
const OTHER = /^(PolicyDocument|KeyPolicy|AssumeRolePolicyDocument|Policies|Policy|Content|Tags|UserData|Metadata)$/;

const OF_AWS = /^AWS::(EC2|IAM|S3|KMS|AutoScaling)::/;

/**
 * The unknown texts but for those that are names, by where they stand: in a property that takes one, or in the access
 * list of a construct. Such a text, and a part of it, is a constant: equal to itself, and to nothing else.
 */
export function withoutNames(
  { unknownTexts: texts, derivations }: Unknowns,
  resources: readonly NamingResource[],
  declarations: readonly DeclarationModel[],
): UnknownTexts {
  if (texts.size === 0) {
    return texts;
  }
  const names = [
    ...resources.filter(({ type }) => OF_AWS.test(type)).flatMap(namesIn),
    ...declarations.flatMap(namesDeclared),
  ].flatMap(symbolsIn);
  const constants = new Set(names);
  const isConstant = (symbol: string): boolean => {
    const sources = derivations.get(symbol) ?? [];
    return constants.has(symbol) || (sources.length > 0 && sources.every(isConstant));
  };
  return new Map([...texts].filter(([symbol]) => !isConstant(symbol)));
}

function namesIn({ type, properties }: NamingResource): string[] {
  const given = namingOf(type)?.name;
  return [...(given === undefined ? [] : textsIn(properties[given])), ...namesBelow(properties)];
}

function namesBelow(value: Json): string[] {
  if (isList(value)) {
    return value.flatMap(namesBelow);
  }
  return Object.entries(objectOf(value))
    .filter(([key]) => !OTHER.test(key))
    .flatMap(([key, each]) => (NAMING.test(key) && !isObject(each) ? textsIn(each) : namesBelow(each)));
}

function namesDeclared(declaration: DeclarationModel): string[] {
  const { roleStatements, awsOwned, ...rest } = declaration;
  return textsIn(rest as unknown as Json);
}
