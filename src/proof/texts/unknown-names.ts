import { symbolsIn } from '../../cloudformation';

/** What is known at deployment only of the names of roles and users, where patterns leave the rest of a name open. */
export function symbolsInPrincipals(patterns: readonly string[]): readonly string[] {
  return distinctSymbols(patterns.filter(each => /[*?]/.test(each)).map(nameIn));
}

/** What is known at deployment only of the names of buckets that are known in part. */
export function symbolsInBuckets(patterns: readonly string[]): readonly string[] {
  const names = patterns.map(each => nameIn(each).split('/')[0]);
  return distinctSymbols(names.filter(name => symbolsIn(name)[0] !== name));
}

function distinctSymbols(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap(symbolsIn))];
}

/** What an ARN names, behind partition, service, Region and account. */
function nameIn(pattern: string): string {
  const name = pattern.split(':').slice(5).join(':');
  return name === '' ? pattern : name;
}
