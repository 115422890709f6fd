export { accessLogsBucketProblems } from './adopted-log-bucket';
export { dataBucketsProblems } from './data-bucket-problems';
export { DataBucketSource } from './data-bucket-source';
export { DataBuckets } from './data-buckets';
export { DataEncryption } from './data-encryption';
export { LogBucket } from './log-bucket';
export { LogDestinations } from './log-destinations';
