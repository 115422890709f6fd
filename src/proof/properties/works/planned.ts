import { CandidateRequest, describeCandidate } from '../../candidate-request';
import type { Ruling } from '../../counterexample-search';
import type { PropertyCheck } from '../../property-check';
import { laterIn, sameNow } from '../../times';

/**
 * Whether a request that is allowed now meets a Deny that begins later: somebody has written down that day, so it is
 * named and taken to be meant. An Allow that ends says nothing of the kind.
 */
export function isPlanned(
  { assume }: PropertyCheck,
  { candidate, decision }: Ruling,
  candidates: readonly CandidateRequest[],
  isAllowed: (candidate: CandidateRequest) => boolean,
): boolean {
  const later = laterIn(candidate);
  const now = later === undefined ? undefined : sameNow(candidate, candidates);
  if (later === undefined || now === undefined || decision.verdict !== 'ExplicitlyDenied' || !isAllowed(now)) {
    return false;
  }
  assume(`it is meant that ${later} is ${decision.reason}: ${describeCandidate(now)}`);
  return true;
}
