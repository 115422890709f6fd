/** Whether a value that a file has is a map. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text under a name of a map; numbers and the like as text. */
export function textIn(value: unknown, name: string): string | undefined {
  const found = isRecord(value) ? value[name] : undefined;
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : undefined;
}
