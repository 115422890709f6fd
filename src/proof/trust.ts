import type { Finding } from './property-check';

/**
 * Trust policies are decided like key policies: without them the identity's own policies count for nothing. The
 * sentence says so rightly.
 */
export function trusted(finding: Finding): Finding {
  return finding && { ...finding, decision: finding.decision.replaceAll('key policy', 'trust policy') };
}
