import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, S3EndpointMode } from '../../src';
import { AccessList, S3Endpoint, WorkloadRole } from '../support/parts';
import { IRELAND, errorOf, importedVpc, newStack } from '../support/resources';

/** Parts that are composed by hand, with a bucket in a Region. */
function composed(region: string, mode: S3EndpointMode, more: (list: AccessList) => void = () => undefined): App {
  const stack = newStack(IRELAND);
  const accessList = new AccessList({ credentialBinding: false });
  const role = new WorkloadRole(stack, 'Role', { accessList });
  new S3Endpoint(stack, 'S3', { accessList, vpc: importedVpc(stack), mode });
  const bucket = Bucket.fromBucketAttributes(stack, 'There', { bucketName: 'example-there', region });
  accessList.allow({ role, bucket, access: [BucketAccess.readOnly()] });
  more(accessList);
  return stack.node.root as App;
}

const GATEWAY = S3EndpointMode.gateway();
const TO_VIRGINIA = S3EndpointMode.gatewayAndInterface({ serviceRegion: 'us-east-1' });

test.each([
  ['a gateway endpoint', GATEWAY, 'us-east-1', 'eu-west-1'],
  ['an interface endpoint', S3EndpointMode.interfaceEndpoint(), 'us-east-1', 'eu-west-1'],
  ['endpoints to two other Regions', TO_VIRGINIA, 'eu-north-1', 'eu-west-1 and us-east-1'],
])('a bucket where %s does not lead to is refused', (_, mode, region, reached) => {
  expect(errorOf(() => composed(region, mode).synth())).toContain(
    `Training/S3: accessList: got Training/There, allowed: buckets in ${reached}, where the endpoints lead to: ` +
      `this one is in ${region}, fix: use a bucket there, or `,
  );
});

test.each([
  ['its own Region', GATEWAY, 'eu-west-1'],
  ['the Region of its interface endpoint', TO_VIRGINIA, 'us-east-1'],
])('a bucket in %s passes', (_, mode, region) => {
  expect(() => composed(region, mode).synth()).not.toThrow();
});

test('an endpoint that is added by its id may lead anywhere', () => {
  const added = composed('us-east-1', GATEWAY, list => list.addVpcEndpoint('vpce-0123456789abcdef0'));
  expect(() => added.synth()).not.toThrow();
});
