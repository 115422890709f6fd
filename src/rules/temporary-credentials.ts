import { flowFindings } from './flow-findings';
import type { Rule } from './rule';

/** Step 2 of the request flow: credentials of a role session, and no static keys anywhere. */
export const temporaryCredentials: Rule = { id: 'temporary-credentials', check: evidence => flowFindings(evidence, 2) };
