import { Law, LAWS } from './laws';
import type { ContextValue, RequestParts } from './parts';
import { memoize } from '../../base';

/**
 * The attributes of parts, flat: `network.source` and so on; each tag and each parameter by the name of its context key
 * in lower case. An attribute that is there without a value takes out what an earlier one put in.
 */
export type Attributes = ReadonlyMap<string, unknown>;

const BY_NAME: ReadonlyMap<string, Law> = new Map(LAWS.map(law => [law.key.toLowerCase(), law]));

const OPEN_ENDED: ReadonlyArray<readonly [beginning: string, law: Law]> = [...BY_NAME].filter(([key]) =>
  key.endsWith('/'),
);

/** The laws by attribute, with those that only ask it whether a request has a key at all. */
const BY_ATTRIBUTE = grouped(({ from }) => from);
const BY_GATE = grouped(({ gate }) => gate?.attribute);

/** A key, and where its value comes from. */
interface Origin {
  readonly law?: Law;
  readonly attribute: string;
}

/** Where the value of a context key comes from, whatever the case of its name. */
const originOf = memoize((name: string): Origin => {
  const key = name.toLowerCase();
  const law = BY_NAME.get(key);
  if (law !== undefined) {
    return { law, attribute: law.from };
  }
  return { law: OPEN_ENDED.find(([beginning]) => key.startsWith(beginning))?.[1], attribute: key };
});

/** The attribute of the request that a context key says something about, whatever the case of its name. */
export function attributeOf(key: string): string {
  return originOf(key).attribute;
}

/** The names of the context keys that say something about an attribute. */
export function keysAbout(attribute: string): readonly string[] {
  return LAWS.filter(({ from }) => from === attribute).map(({ key }) => key);
}

/**
 * Parts in which a key has a value, for a key that is nothing but its attribute. The value of any other key follows
 * from something else, so that nobody may choose it.
 */
export function partsWith(key: string, value: ContextValue | undefined): RequestParts {
  const { law } = originOf(key);
  if (law === undefined) {
    return { parameters: { [key]: value } };
  }
  if (!law.plain) {
    throw new Error(derivedMessage(key, law));
  }
  const [part, name] = law.from.split('.');
  return { [part]: { [name]: law.key.endsWith('/') ? { [key.slice(law.key.length)]: value } : value } };
}

function derivedMessage(key: string, { from, source }: Law): string {
  return `context key '${key}' follows from ${from} of the request: set that instead, see ${source}`;
}

/** Whether AWS puts a context key into every request. */
export function isInEveryRequest(key: string): boolean {
  return originOf(key).law?.everywhere === true;
}

/** Whether somebody may choose the value of a context key by itself. */
export function isChosen(key: string): boolean {
  return originOf(key).law?.plain !== false;
}

/** The attributes of some parts. Parts never change. */
export const attributesOf = memoize(flatten);

function flatten({ parameters = {}, ...parts }: RequestParts): Attributes {
  const named = Object.entries(parts).flatMap(([part, attributes]) =>
    Object.entries(attributes ?? {}).flatMap(([name, value]) => attributesNamed(`${part}.${name}`, value)),
  );
  return new Map([...named, ...Object.entries(parameters).map(([key, value]) => [parameter(key), value] as const)]);
}

/** An attribute; each tag is one of its own, by the name of its key. */
function attributesNamed(name: string, value: unknown): ReadonlyArray<readonly [string, unknown]> {
  const tags = BY_ATTRIBUTE.get(name)?.find(({ key }) => key.endsWith('/'));
  return tags === undefined
    ? [[name, value]]
    : Object.entries(value ?? {}).map(([tag, text]) => [`${tags.key}${tag}`.toLowerCase(), text as unknown] as const);
}

/** The name of a parameter: a key that nothing else decides. */
function parameter(key: string): string {
  const { law } = originOf(key);
  if (law !== undefined) {
    throw new Error(derivedMessage(key, law));
  }
  return key.toLowerCase();
}

/** The value of a key in a request to a service. */
export function valueFrom(attributes: Attributes, key: string, service: string): ContextValue | undefined {
  const { law, attribute } = originOf(key);
  const value = attributes.get(attribute);
  if (law === undefined) {
    return present(value as ContextValue | undefined);
  }
  const { gate, services } = law;
  if (
    (gate !== undefined && !gate.holds(attributes.get(gate.attribute))) ||
    (services !== undefined && !services.includes(service))
  ) {
    return undefined;
  }
  return present(law.value(value));
}

/** A key without values is absent. */
function present(value: ContextValue | undefined): ContextValue | undefined {
  return typeof value !== 'string' && value?.length === 0 ? undefined : value;
}

/** What some attributes say by themselves about a key: nothing, that it is absent, or its value. */
export function saidOf(attributes: Attributes, key: string): { readonly value: ContextValue | undefined } | undefined {
  const { law, attribute } = originOf(key);
  if (!attributes.has(attribute)) {
    return undefined;
  }
  const value = attributes.get(attribute);
  return { value: present(law === undefined ? (value as ContextValue | undefined) : law.value(value)) };
}

/** The context keys that attributes say something about, in lower case. */
export function keysIn(attributes: Attributes): readonly string[] {
  return [...attributes.keys()].flatMap(name => {
    const laws = BY_ATTRIBUTE.get(name);
    return laws === undefined ? (name.includes(':') ? name : []) : laws.map(({ key }) => key.toLowerCase());
  });
}

/** Whether attributes let a request have a key at all; `undefined` if they do not say. */
export function letsHave(attributes: Attributes, key: string): boolean | undefined {
  const gate = originOf(key).law?.gate;
  return gate !== undefined && attributes.has(gate.attribute) ? gate.holds(attributes.get(gate.attribute)) : undefined;
}

/** The context keys that attributes may take out, in lower case, with the beginnings of the open-ended ones. */
export function keysGatedBy(attributes: Attributes): readonly string[] {
  return [...attributes.keys()].flatMap(name => (BY_GATE.get(name) ?? []).map(({ key }) => key.toLowerCase()));
}

function grouped(by: (law: Law) => string | undefined): ReadonlyMap<string, readonly Law[]> {
  const groups = new Map<string, Law[]>();
  for (const law of LAWS) {
    const name = by(law);
    if (name !== undefined) {
      groups.set(name, [...(groups.get(name) ?? []), law]);
    }
  }
  return groups;
}
