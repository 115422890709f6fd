/** Whether a pattern can be like a text with that beginning: what stands before its first wildcard tells. */
export function canMeet(start: string): (pattern: string) => boolean {
  return pattern => {
    const fixed = /^[^*?]*/.exec(pattern)?.[0] ?? '';
    return start.startsWith(fixed) || fixed.startsWith(start);
  };
}
