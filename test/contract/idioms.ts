import { isReservedName } from '../../node_modules/jsii/lib/reserved-words';

/** The type of a value in the manifest of jsii. */
interface TypeReference {
  readonly fqn?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
}

interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
}

interface Member {
  readonly name: string;
  readonly type?: TypeReference;
  readonly parameters?: readonly Parameter[];
  readonly static?: boolean;
}

/** A type in the manifest of jsii. */
export interface IdiomaticType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Parameter[] };
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
}

/** What every object has, so that a member of this name hides it or does not compile. */
const OF_EVERY_OBJECT = new Map([
  ['Java', ['clone', 'equals', 'finalize', 'getClass', 'hashCode', 'notify', 'notifyAll', 'toString', 'wait']],
  ['C#', ['equals', 'finalize', 'getHashCode', 'getType', 'memberwiseClone', 'toString']],
]);

/** Soft keywords and built-in functions that are awkward as names in Python; attributes of classes may be called so. */
const PYTHON_BUILTINS = ['None', 'False', 'True', 'print', 'match'];

/** Names and types that read or work badly in one of the languages. */
export function idiomProblems(types: readonly IdiomaticType[]): string[] {
  const structs = new Map(types.filter(({ datatype }) => datatype === true).map(type => [type.fqn, type]));
  return types.flatMap(type => [
    ...(type.name.startsWith('New') && types.some(({ kind, name }) => kind === 'class' && `New${name}` === type.name)
      ? [`${type.name}: is the constructor of ${type.name.slice(3)} in Go`]
      : []),
    ...membersOf(type).flatMap(member => nameProblems(type, member.name)),
    ...callsOf(type).flatMap(call => parameterProblems(call, structs)),
    ...sameInPascalCase(type),
    ...(type.properties ?? [])
      .filter(() => type.datatype === true)
      .flatMap(property => mapProblems(type, property, structs)),
  ]);
}

const membersOf = ({ properties = [], methods = [] }: IdiomaticType): Member[] => [...properties, ...methods];

function callsOf({
  name,
  initializer,
  methods = [],
}: IdiomaticType): Array<{ where: string; parameters: readonly Parameter[] }> {
  const constructors = initializer === undefined ? [] : [{ where: name, parameters: initializer.parameters ?? [] }];
  return [
    ...constructors,
    ...methods.map(method => ({ where: `${name}.${method.name}`, parameters: method.parameters ?? [] })),
  ];
}

function nameProblems(type: IdiomaticType, name: string): string[] {
  const where = `${type.name}.${name}`;
  const hidden = [...OF_EVERY_OBJECT].filter(([, names]) => names.includes(name)).map(([language]) => language);
  return [
    ...reservedIn(name).map(language => `${where}: is reserved in ${language}`),
    ...hidden.map(language => `${where}: every object of ${language} has it`),
    ...(pascal(name) === type.name ? [`${where}: has the name of its class in C#`] : []),
    ...(camel(snake(name)) === name ? [] : [`${where}: becomes ${snake(name)} in Python`]),
  ];
}

function parameterProblems(
  { where, parameters }: ReturnType<typeof callsOf>[number],
  structs: ReadonlyMap<string, IdiomaticType>,
): string[] {
  const lifted = structs.get(parameters.at(-1)?.type.fqn ?? '');
  const keywords = lifted === undefined ? [] : allProperties(lifted, structs);
  const positional = parameters.map(({ name }) => name);
  return [
    ...positional.flatMap(name => reservedIn(name).map(language => `${where}(${name}): is reserved in ${language}`)),
    ...keywords
      .filter(name => positional.includes(name))
      .map(name => `${where}(${name}): is a keyword argument and a positional one in Python`),
  ];
}

function allProperties(
  { properties = [], interfaces = [] }: IdiomaticType,
  structs: ReadonlyMap<string, IdiomaticType>,
): string[] {
  return [
    ...properties.map(({ name }) => name),
    ...interfaces.flatMap(fqn => (structs.has(fqn) ? allProperties(structs.get(fqn)!, structs) : [])),
  ];
}

function sameInPascalCase(type: IdiomaticType): string[] {
  const names = membersOf(type).map(({ name }) => pascal(name).toLowerCase());
  return membersOf(type)
    .filter((_, index) => names.indexOf(names[index]) < index)
    .map(({ name }) => `${type.name}.${name}: differs in its case only`);
}

/**
 * A plain dict of Python in the place of a struct loses its snake-case keys, where it is the element of a collection.
 */
function mapProblems(
  type: IdiomaticType,
  { name, type: { collection } = {} }: Member,
  structs: ReadonlyMap<string, IdiomaticType>,
): string[] {
  return structs.has(collection?.elementtype.fqn ?? '')
    ? [`${type.name}.${name}: a ${collection!.kind} of structs loses keys in Python`]
    : [];
}

function reservedIn(name: string): string[] {
  const python = PYTHON_BUILTINS.includes(snake(name)) ? ['Python'] : [];
  return [...new Set([...(isReservedName(name) ?? []), ...(isReservedName(snake(name)) ?? []), ...python])];
}

/** A name as Python writes it. */
export const snake = (name: string) =>
  name.replace(/[A-Z]+/g, (capitals, at) => `${at === 0 ? '' : '_'}${capitals.toLowerCase()}`);
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** A name as C# writes it, and Go what is public. */
export const pascal = (name: string) => `${name[0].toUpperCase()}${name.slice(1)}`;
