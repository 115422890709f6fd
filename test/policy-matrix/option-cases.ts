import { ACCESS_POINTS } from './access-point-cases';
import type { Case } from './cases';
import { CLIENT_CASES } from './client-cases';
import { COMPUTE_CASES } from './compute-cases';
import { ENDPOINT_CASES } from './endpoint-cases';
import { IDENTITY_CASES } from './identity-cases';
import { SERVICE_CASES } from './service-cases';
import { SESSION_CASES } from './session-cases';
import { STORAGE_CASES } from './storage-cases';

/** What each option opens, and what stays closed around it. */
export const OPTION_CASES: Readonly<Record<string, Case[]>> = {
  ...ENDPOINT_CASES,
  ...IDENTITY_CASES,
  ...STORAGE_CASES,
  ...SESSION_CASES,
  ...COMPUTE_CASES,
  ...CLIENT_CASES,
  ...SERVICE_CASES,
  ...ACCESS_POINTS,
};
