import { Acknowledgement } from '../private/acknowledgements';

/** Findings on every data bucket that are accepted, each with its reason. */
export const ACCEPTED_ON_DATA_BUCKET: Acknowledgement[] = [];

/** Findings on the bucket that receives the logs, each with its reason. */
export const ACCEPTED_ON_LOG_BUCKET: Acknowledgement[] = [];
