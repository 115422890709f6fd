import { flowFindings } from './flow-findings';
import type { Rule } from './rule';

/** Step 1 of the request flow: IMDSv2 only, no hop beyond the instance, a profile, and a role that trusts EC2. */
export const instanceMetadata: Rule = { id: 'instance-metadata', check: evidence => flowFindings(evidence, 1) };
