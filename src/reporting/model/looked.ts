import type { PropertyResult } from '../../proof';

/** Properties that look at routes and names, and decide no request. */
const WITHOUT_REQUESTS: ReadonlySet<string> = new Set(['no-way-out[routes]', 'no-way-out[dns]']);

/** Whether a property has looked at something: one about all of nothing holds, and says nothing. */
export function hasLooked({ id, outcome, decisions }: Pick<PropertyResult, 'id' | 'outcome' | 'decisions'>): boolean {
  switch (outcome) {
    case 'does not apply':
      return false;
    case 'holds':
    case 'holds, assuming':
      return decisions > 0 || WITHOUT_REQUESTS.has(id);
    default:
      return true;
  }
}
