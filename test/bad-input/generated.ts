import { Stack } from 'aws-cdk-lib';
import { Arguments, VALID_CALLS, VALID_OBJECTS, VALID_STRUCTS } from './valid-arguments';
import * as library from '../../src';
import { newStack } from '../support/resources';

/** A type in the manifest of jsii. */
interface TypeRef {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeRef };
}

interface Value {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: TypeRef;
}

interface Callable {
  readonly name: string;
  readonly static?: boolean;
  readonly parameters?: readonly Value[];
}

/** A public type of the library. */
export interface PublicType {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly Value[];
  readonly initializer?: { readonly parameters?: readonly Value[] };
  readonly methods?: readonly Callable[];
}

type Types = Readonly<Record<string, PublicType>>;

/** A parameter of a call, or a prop inside of one. */
export interface InputPlace {
  /** Such as `BucketAccess.of: prefix` or `PrivateEc2S3Access: props.organization.organizationId`. */
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: TypeRef;
  /** Calls with a value in this place, and otherwise the least that is valid. */
  readonly act: (value: unknown) => unknown;
}

/** A value that is tried everywhere, and where its type fits. */
interface Candidate {
  readonly name: string;
  readonly make: () => unknown;
  readonly isLegal: (place: InputPlace, types: Types) => boolean;
}

/** Structs of the CDK that are passed on: all of their options are optional. */
const CDK_STRUCTS = [
  'aws-cdk-lib.aws_ec2.SubnetSelection',
  'aws-cdk-lib.aws_autoscaling.InstancesDistribution',
  'aws-cdk-lib.aws_cloudwatch.MetricOptions',
];

class OfAnotherClass {
  public readonly kind = 'another';
}

/** What is tried in each place. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'undefined', make: () => undefined, isLegal: ({ isOptional }) => isOptional },
  { name: 'null', make: () => null, isLegal: ({ isOptional }) => isOptional },
  { name: 'an empty text', make: () => '', isLegal: isText },
  { name: 'an empty object', make: () => ({}), isLegal: takesEmptyObject },
  { name: 'an empty list', make: () => [], isLegal: ({ type }) => type.collection?.kind === 'array' },
  { name: 'a number', make: () => 7, isLegal: ({ type }) => type.primitive === 'number' },
  { name: 'a text', make: () => 'text', isLegal: isText },
  { name: 'an object of another class', make: () => new OfAnotherClass(), isLegal: () => false },
];

function isText({ type }: InputPlace): boolean {
  return type.primitive === 'string';
}

function takesEmptyObject({ type }: InputPlace, types: Types): boolean {
  if (type.collection?.kind === 'map' || CDK_STRUCTS.includes(type.fqn ?? '')) {
    return true;
  }
  return isStruct(type, types) && membersOf(types[type.fqn!], types).every(({ optional }) => optional);
}

function isStruct({ fqn = '' }: TypeRef, types: Types): boolean {
  return types[fqn]?.datatype === true;
}

function membersOf({ properties = [], interfaces = [] }: PublicType, types: Types): Value[] {
  return [...properties, ...interfaces.flatMap(fqn => (fqn in types ? membersOf(types[fqn], types) : []))];
}

/** All places of the public API that take a value. */
export function placesOf(types: Types): InputPlace[] {
  return Object.values(types)
    .filter(({ kind }) => kind === 'class')
    .flatMap(type => [
      ...(type.initializer === undefined
        ? []
        : placesOfCall(type.name, type.initializer.parameters, types, constructing(type.name))),
      ...(type.methods ?? []).flatMap(method =>
        placesOfCall(`${type.name}.${method.name}`, method.parameters, types, calling(type.name, method)),
      ),
    ]);
}

type Call = (stack: Stack, given: readonly unknown[]) => unknown;
type Factories = Readonly<
  Record<
    string,
    new (...given: readonly unknown[]) => Readonly<Record<string, (...given: readonly unknown[]) => unknown>>
  >
>;

const CLASSES = library as unknown as Factories;

function constructing(name: string): Call {
  return (_, given) => new CLASSES[name](...given);
}

function calling(name: string, method: Callable): Call {
  return (stack, given) => {
    const target = (method.static ? CLASSES[name] : VALID_OBJECTS[name](stack)) as InstanceType<Factories[string]>;
    return target[method.name](...given);
  };
}

function placesOfCall(name: string, parameters: readonly Value[] = [], types: Types, call: Call): InputPlace[] {
  const act = (path: readonly string[]) => (value: unknown) => {
    const stack = newStack();
    const valid: Arguments = { scope: stack, id: 'Tried', ...VALID_CALLS[name](stack) };
    const given = placed(valid, path, value);
    return call(
      stack,
      parameters.map(parameter => given[parameter.name]),
    );
  };
  return parameters.flatMap(parameter => placesOfValue(name, parameter, [], types, act));
}

function placesOfValue(
  call: string,
  { name, optional = false, type }: Value,
  above: readonly string[],
  types: Types,
  act: (path: readonly string[]) => InputPlace['act'],
): InputPlace[] {
  const path = [...above, name];
  const inside = isStruct(type, types) ? membersOf(types[type.fqn!], types) : [];
  return [
    { name: `${call}: ${path.join('.')}`, isOptional: optional, type, act: act(path) },
    ...inside.flatMap(member =>
      placesOfValue(call, member, path, types, withRequired(path, types[type.fqn!].name, act)),
    ),
  ];
}

/** A struct that the call does not need has members that it needs itself. */
function withRequired(
  path: readonly string[],
  struct: string,
  act: (path: readonly string[]) => InputPlace['act'],
): (path: readonly string[]) => InputPlace['act'] {
  const valid = VALID_STRUCTS[struct];
  return inner =>
    valid === undefined || path.length === 1
      ? act(inner)
      : value => act(path)(placed(valid(), inner.slice(path.length), value));
}

/** The arguments with a value in a place of them. */
function placed(within: Arguments, [name, ...deeper]: readonly string[], value: unknown): Arguments {
  return { ...within, [name]: deeper.length === 0 ? value : placed((within[name] ?? {}) as Arguments, deeper, value) };
}
