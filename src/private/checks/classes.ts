/** Where jsii notes the name of a class: the same for every copy of a package, unlike `instanceof`. */
const RTTI = Symbol.for('jsii.rtti');

/** Where this library notes what an object is: names are kept when the code is bundled, and objects of other copies have them too. */
const MARK = Symbol.for('cdk-private-ec2-s3-access.class');

/** Notes that an object was made by the factories of a class of this library. */
export function markAs(object: object, name: string): void {
  Object.defineProperty(object, MARK, { value: name });
}

/** Whether an object was made by the factories of a class of this library. */
export function isMarkedAs(value: unknown, name: string): boolean {
  return isObject(value) && (value as { [MARK]?: string })[MARK] === name;
}

/** Whether the value is an object of a class of the CDK, whichever copy of the CDK defines it. */
export function isOfClass(value: unknown, fqn: string): boolean {
  const prototype: unknown = isObject(value) ? Object.getPrototypeOf(value) : null;
  return isObject(prototype) && (fqnOf(prototype) === fqn || isOfClass(prototype, fqn));
}

function fqnOf({ constructor }: object): string | undefined {
  return (constructor as { [RTTI]?: { readonly fqn: string } } | undefined)?.[RTTI]?.fqn;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
