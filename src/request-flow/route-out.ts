import type { ResourceRef } from '../cloudformation';

/** What a workload's packets may take beside the endpoint. */
export interface RouteOut {
  readonly destination: string;
  /** Where it leads, in a sentence. */
  readonly leads: string;
  /** Why traffic may take it; absent if nothing lets any. */
  readonly openBecause?: string;
  /** What the route is called. */
  readonly subject: string;
  readonly where: ResourceRef;
}
