import { isConcrete, Problem } from '../private';

/** What is wrong with the ids of S3 endpoints that somebody else makes. */
export function endpointIdProblems(prop: string, ids: readonly string[] = []): Problem[] {
  return ids
    .filter(id => isConcrete(id) && !/^vpce-[0-9a-z]+$/.test(id))
    .map(got => ({
      prop,
      got,
      allowed: 'ids of VPC endpoints, vpce-...',
      fix: 'copy the id of the S3 endpoint, or leave it out',
    }));
}
