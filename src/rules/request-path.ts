import { flowFindings } from './flow-findings';
import type { Rule } from './rule';

/**
 * Step 3 of the request flow: a route to the S3 endpoint, security groups that let HTTPS through, and no other way
 * out.
 */
export const requestPath: Rule = { id: 'request-path', check: evidence => flowFindings(evidence, 3) };
