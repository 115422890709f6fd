/**
 * A function that finds out once for each key what it is asked. Objects are told apart by identity, and are not kept
 * alive by it. For two keys, it returns a function that is memoized itself.
 */
export function memoize<K, V>(find: (key: K) => V): (key: K) => V {
  const ofObjects = new WeakMap<object, { readonly value: V }>();
  const ofOthers = new Map<unknown, { readonly value: V }>();
  return key => {
    const known: Cache<V> = isObject(key) ? ofObjects : ofOthers;
    const found = known.get(key);
    if (found !== undefined) {
      return found.value;
    }
    const value = find(key);
    known.set(key, { value });
    return value;
  };
}

interface Cache<V> {
  get(key: unknown): { readonly value: V } | undefined;
  set(key: unknown, found: { readonly value: V }): unknown;
}

function isObject(key: unknown): key is object {
  return typeof key === 'object' && key !== null;
}
