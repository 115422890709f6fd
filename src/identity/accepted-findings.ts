import { Acknowledgement } from '../private/acknowledgements';

/** Findings on the policies of a workload role that are accepted, each with its reason. */
export const ACCEPTED_ON_ROLE: Acknowledgement[] = [];
