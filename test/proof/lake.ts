import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload } from '../../src';
import { ExaminedWorkload, examineWorkloads } from '../../src/analysis/analysis';
import { WorkloadRole } from '../support/parts';
import { IRELAND } from '../support/resources';

/** What a workload does through the access point of a lake. */
export const WAY = {
  access: [BucketAccess.readOnly('shared/'), BucketAccess.writeOnly('raw/')],
  accessPointName: 'lake-ingest',
};

/**
 * A workload that names the bucket of an account, whose stack makes the access point; each is in a stack of its own.
 */
export function workloadOfLake(account: string, ownerIsThere = true): ExaminedWorkload {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Ingest', { env: IRELAND });
  const theirs = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake', account });
  const { _accessList: accessList } = new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', { roleName: 'Ingest' }),
    dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) },
    proveAtSynthesis: false,
  });
  if (ownerIsThere) {
    const owner = new Stack(app, 'Lake', { env: { ...IRELAND, account } });
    const bucket = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
    new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [RemoteWorkload._fromAccessList(accessList, theirs)] });
  }
  return examineWorkloads(app.synth().directory)[0];
}
