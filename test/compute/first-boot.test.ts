import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import {
  ResourceJson,
  TYPE,
  idsOf,
  logicalId,
  newStack,
  oneBucket,
  only,
  resources,
  workload,
} from '../support/resources';

const READ = { access: [BucketAccess.readOnly()] };
const COMPUTES: [string, Compute, string][] = [
  ['instance', Compute.instance(), TYPE.instance],
  ['fleet', Compute.fleet({ minCapacity: 1, maxCapacity: 2 }), TYPE.fleet],
];

/** The logical id of the policy of a bucket. */
function policyOf(stack: Stack, template: Template, bucketName: string): string {
  const bucket = logicalId(stack, bucketName);
  const found = Object.entries(resources(template, TYPE.bucketPolicy)).find(([, { Properties }]) =>
    JSON.stringify(Properties.Bucket).includes(`"${bucket}"`),
  );
  return found?.[0] ?? 'no policy';
}

function waiting(stack: Stack, type: string): { template: Template; compute: ResourceJson } {
  const template = Template.fromStack(stack);
  return { template, compute: only(template, type) };
}

describe.each(COMPUTES)('the %s waits before its first boot', (_, compute, type) => {
  const build = (props: Partial<PrivateEc2S3AccessProps> = {}, stack = newStack()) => ({
    stack,
    app: workload(stack, { compute, ...props }),
  });

  test.each([
    ['the route-table associations', TYPE.routeTableAssociation],
    ['the S3 endpoint', TYPE.endpoint],
    ['the managed policies', TYPE.managedPolicy],
  ])('for %s', (__, awaited) => {
    const { stack } = build();
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(idsOf(template, awaited)).not.toEqual([]);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, awaited)));
  });

  test('for the policy of every data bucket, also of one that is added later', () => {
    const { stack, app } = build({
      dataBuckets: { One: DataBucketSource.create(READ), Two: DataBucketSource.create(READ) },
    });
    const three = app.addDataBucket('Three', DataBucketSource.create(READ));
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    const buckets = [app.dataBucket('One'), app.dataBucket('Two'), three];
    expect(DependsOn).toEqual(
      expect.arrayContaining(buckets.map(({ bucketName }) => policyOf(stack, template, bucketName))),
    );
  });

  test('for the policy of an adopted bucket of this stack', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    build({ dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, READ) } }, stack);
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(DependsOn).toContain(policyOf(stack, template, bucket.bucketName));
  });

  test('for every managed policy of a role that needs several', () => {
    const access = (index: number) => [BucketAccess.readOnly(`a-prefix-of-some-length/number-${index}/`)];
    const buckets = Array.from({ length: 20 }, (__, index) => [
      `Bucket${index}`,
      DataBucketSource.create({ access: access(index) }),
    ]);
    const { stack } = build({ dataBuckets: Object.fromEntries(buckets) as Record<string, DataBucketSource> });
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(idsOf(template, TYPE.managedPolicy).length).toBeGreaterThan(1);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, TYPE.managedPolicy)));
  });

  test('for the managed policies of an adopted role', () => {
    const stack = newStack();
    build({ role: new Role(stack, 'Theirs', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }) }, stack);
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, TYPE.managedPolicy)));
  });

  test('for both endpoints, where there are two', () => {
    const { stack } = build({ s3Endpoint: S3EndpointMode.gatewayAndInterface() });
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(idsOf(template, TYPE.endpoint)).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, TYPE.endpoint)));
  });

  test('for the rule that lets it into the interface endpoint', () => {
    const { stack } = build({ s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, 'AWS::EC2::SecurityGroupIngress')));
  });

  test('for the route-table associations of its subnets in a VPC of this stack', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    build({ vpc }, stack);
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    expect(idsOf(template, TYPE.routeTableAssociation)).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf(template, TYPE.routeTableAssociation)));
  });

  test('but not for whole scopes: what it does not use can change beside it', () => {
    const { stack } = build();
    const {
      template,
      compute: { DependsOn },
    } = waiting(stack, type);
    [TYPE.vpc, TYPE.flowLog, TYPE.bucket]
      .flatMap(each => idsOf(template, each))
      .forEach(id => expect(DependsOn).not.toContain(id));
  });
});

test('two workloads in one stack have no circular dependency', () => {
  const stack = newStack();
  const one = workload(stack, { proveAtSynthesis: false });
  new PrivateEc2S3Access(stack, 'Other', {
    dataBuckets: oneBucket(),
    vpc: one.vpc,
    s3Endpoint: S3EndpointMode.interfaceEndpoint(),
    proveAtSynthesis: false,
  });
  Template.fromStack(stack).resourceCountIs(TYPE.instance, 2);
});
