interface TypeReference {
  readonly fqn?: string;
  readonly collection?: { readonly elementtype: TypeReference };
}

interface Member {
  readonly name: string;
  readonly static?: boolean;
  readonly type?: TypeReference;
  readonly parameters?: Array<{ readonly type: TypeReference }>;
}

interface Type {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  /** Whether an interface is a struct: its properties are chosen by whoever makes it. */
  readonly datatype?: boolean;
  readonly interfaces?: string[];
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly initializer?: Pick<Member, 'parameters'>;
}

/** The public types of the library, by their name. */
export type Types = Readonly<Record<string, Type>>;

/**
 * The options that are reachable from the props of constructs: the properties of structs, and the factories of the
 * classes that choices are made with.
 */
export function publicOptions(types: Types, roots: readonly string[]): string[] {
  const reached = new Set<string>();
  const visit = (fqn: string) => {
    if (reached.has(fqn) || types[fqn] === undefined) {
      return;
    }
    reached.add(fqn);
    referencesOf(types[fqn]).forEach(visit);
  };
  roots.forEach(name => visit(Object.keys(types).find(fqn => types[fqn].name === name) ?? name));
  return [...reached].flatMap(fqn => optionsOf(types[fqn])).sort();
}

/** A class is known by what its methods and its constructor take, a struct by its properties. */
function referencesOf({ datatype, interfaces = [], properties = [], methods = [], initializer }: Type): string[] {
  const taken = [...methods, initializer ?? {}].flatMap(({ parameters = [] }) => parameters.map(({ type }) => type));
  const held = datatype === true ? properties.flatMap(({ type }) => type ?? []) : [];
  return [...interfaces, ...[...taken, ...held].flatMap(fqnsOf)];
}

function fqnsOf({ fqn, collection }: TypeReference): string[] {
  return [...(fqn === undefined ? [] : [fqn]), ...(collection === undefined ? [] : fqnsOf(collection.elementtype))];
}

function optionsOf({ name, datatype, properties = [], methods = [] }: Type): string[] {
  const members = datatype === true ? properties : methods.filter(method => method.static);
  return members.map(member => `${name}.${member.name}`);
}
