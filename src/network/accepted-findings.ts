import { Acknowledgement } from '../private/acknowledgements';

/** Findings on the VPC that are accepted, each with its reason. */
export const ACCEPTED_ON_VPC: Acknowledgement[] = [];
