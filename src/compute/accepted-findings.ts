import { Acknowledgement } from '../private/acknowledgements';

/** Findings on the instance that are accepted, each with its reason. */
export const ACCEPTED_ON_INSTANCE: Acknowledgement[] = [];

/** Findings on the fleet that are accepted, each with its reason. */
export const ACCEPTED_ON_FLEET: Acknowledgement[] = [];
