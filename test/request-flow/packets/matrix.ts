import { ACLS, GROUPS } from './border-packets';
import { DEFAULT_GROUPS, FAMILIES, INTERFACES } from './endpoint-packets';
import { FORWARDERS, NAMES, ROUTES } from './way-packets';
import type { Packet } from './words';

/** Every packet of the machine to S3. */
export const MATRIX: readonly Packet[] = [
  ...GROUPS,
  ...ACLS,
  ...NAMES,
  ...ROUTES,
  ...FORWARDERS,
  ...INTERFACES,
  ...DEFAULT_GROUPS,
  ...FAMILIES,
];
