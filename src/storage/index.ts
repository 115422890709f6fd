export { accessLogsBucketProblems } from './adopted-log-bucket';
export { DATA_BUCKETS, dataBucketsProblems } from './data-bucket-problems';
export { DataBucketSource, SOURCE } from './data-bucket-source';
export { DataBuckets } from './data-buckets';
export { DataEncryption, ENCRYPTION } from './data-encryption';
export { LogBucket } from './log-bucket';
export { LogDestinations, logBucketProblems } from './log-destinations';
export { REMOVAL_FIELDS, REMOVAL_RULE } from './removal';
