import { Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsOwnedBucket } from '../../src';
import {
  StatementJson,
  TYPE,
  bySid,
  filledIn,
  listOf,
  newStack,
  sids,
  statements,
  synthesize,
  workload,
} from '../support/resources';
import { everyAwsOwnedBucket } from '../support/scenarios';
import { validated } from '../support/validated';

const ACCOUNT = '111122223333';
const PARTITIONS: Readonly<Record<string, string>> = { cn: 'aws-cn', us: 'aws', eu: 'aws', me: 'aws', af: 'aws' };
const partitionOf = (region: string) => (region.startsWith('us-gov') ? 'aws-us-gov' : PARTITIONS[region.slice(0, 2)]);

/** The template of a workload with the opt-ins, and how CloudFormation fills it in there. */
function inRegion(region: string, ...awsOwnedBuckets: AwsOwnedBucket[]) {
  const { template } = synthesize({ awsOwnedBuckets, proveAtSynthesis: false }, { account: ACCOUNT, region });
  return { template, names: namesIn(region) };
}

function namesIn(region: string) {
  const values: Readonly<Record<string, string>> = {
    'AWS::Partition': partitionOf(region),
    'AWS::Region': region,
    'AWS::AccountId': ACCOUNT,
  };
  return (reference: string) => values[reference] ?? reference;
}

function arnsOf({ Resource }: StatementJson, names: (reference: string) => string): string[] {
  return (listOf(filledIn(Resource, names)) as string[]).map(arn => arn.replace(/^arn:[a-z-]+:s3:::/, '')).sort();
}

const allow = (action: string, resource: string) =>
  new PolicyStatement({ sid: 'Mine', principals: [new StarPrincipal()], actions: [action], resources: [resource] });

const read = (name: string) => `${name}/*`;

interface OptIn {
  readonly make: () => AwsOwnedBucket;
  readonly sid: string;
  readonly region: string;
  readonly objects: string[];
  readonly signed?: boolean;
  readonly action?: string;
}

const OPT_INS: readonly OptIn[] = [
  {
    make: () => AwsOwnedBucket.amazonLinux2023Repositories(),
    sid: 'ReadAmazonLinux2023Repositories',
    region: 'eu-west-1',
    objects: ['al2023-eu-west-1', 'al2023-repos-eu-west-1-de612dc2'].map(read),
  },
  {
    make: () => AwsOwnedBucket.amazonLinux2023Repositories(),
    sid: 'ReadAmazonLinux2023Repositories',
    region: 'us-gov-west-1',
    objects: ['al2023-repos-us-gov-west-1-de612dc2', 'al2023-us-gov-west-1'].map(read),
  },
  {
    make: () => AwsOwnedBucket.amazonLinux2Repositories(),
    sid: 'ReadAmazonLinux2Repositories',
    region: 'eu-west-1',
    objects: [
      'amazonlinux-2-repos-eu-west-1',
      'amazonlinux.eu-west-1.amazonaws.com',
      'packages.eu-west-1.amazonaws.com',
      'repo.eu-west-1.amazonaws.com',
    ].map(read),
  },
  {
    make: () => AwsOwnedBucket.amazonLinux2Repositories(),
    sid: 'ReadAmazonLinux2Repositories',
    region: 'cn-north-1',
    objects: ['amazonlinux-2-repos-cn-north-1'].map(read),
  },
  {
    make: () => AwsOwnedBucket.ssmAgent(),
    sid: 'ReadSsmAgent',
    region: 'cn-north-1',
    objects: [
      'amazon-ssm-cn-north-1',
      'amazon-ssm-packages-cn-north-1',
      'aws-ssm-cn-north-1',
      'aws-ssm-distributor-file-cn-north-1',
      'aws-ssm-document-attachments-cn-north-1',
      'cn-north-1-birdwatcher-prod',
    ].map(read),
    signed: true,
  },
  {
    make: () => AwsOwnedBucket.patchManager(),
    sid: 'ReadPatchManager',
    region: 'eu-west-1',
    objects: ['aws-patch-manager-eu-west-1-5522fb710', 'aws-ssm-eu-west-1', 'patch-baseline-snapshot-eu-west-1'].map(
      read,
    ),
    signed: true,
  },
  {
    make: () => AwsOwnedBucket.patchManager(),
    sid: 'ReadPatchManager',
    region: 'me-south-1',
    objects: [
      'aws-patch-manager-me-south-1-a53fc9dce',
      'aws-ssm-me-south-1',
      'patch-baseline-snapshot-me-south-1-uduvl7q8',
    ].map(read),
    signed: true,
  },
  {
    make: () => AwsOwnedBucket.patchManager(),
    sid: 'ReadPatchManager',
    region: 'us-gov-west-1',
    objects: ['aws-ssm-us-gov-west-1', 'patch-baseline-snapshot-us-gov-west-1'].map(read),
    signed: true,
  },
  {
    make: () => AwsOwnedBucket.patchManager(),
    sid: 'ReadPatchManager',
    region: 'cn-north-1',
    objects: ['aws-ssm-cn-north-1', 'patch-baseline-snapshot-cn-north-1'].map(read),
    signed: true,
  },
  {
    make: () => AwsOwnedBucket.cloudWatchAgent(),
    sid: 'ReadCloudWatchAgent',
    region: 'cn-north-1',
    objects: ['amazoncloudwatch-agent-cn-north-1'].map(read),
  },
  {
    make: () => AwsOwnedBucket.codeDeployAgent(),
    sid: 'ReadCodeDeployAgent',
    region: 'us-gov-west-1',
    objects: ['aws-codedeploy-us-gov-west-1'].map(read),
  },
  {
    make: () => AwsOwnedBucket.ecrImageLayers(),
    sid: 'ReadEcrImageLayers',
    region: 'eu-west-1',
    objects: ['prod-eu-west-1-starport-layer-bucket'].map(read),
  },
  {
    make: () => AwsOwnedBucket.cloudFormationSignals(),
    sid: 'WriteCloudFormationSignals',
    region: 'cn-north-1',
    action: 's3:PutObject',
    objects: ['cloudformation-custom-resource-response-cnnorth1', 'cloudformation-waitcondition-cn-north-1'].map(
      name => `${name}/arn:aws-cn:cloudformation:cn-north-1:${ACCOUNT}:stack/*`,
    ),
  },
  {
    make: () => AwsOwnedBucket.cloudFormationHelperScripts(),
    sid: 'ReadCloudFormationHelperScripts',
    region: 'us-east-1',
    objects: ['cloudformation-examples'].map(read),
  },
  {
    make: () => AwsOwnedBucket.windowsDriversAndTools(),
    sid: 'ReadWindowsDriversAndTools',
    region: 'eu-west-1',
    objects: ['aws-windows-downloads-eu-west-1'].map(read),
    signed: true,
  },
  { make: () => AwsOwnedBucket.awsCli(), sid: 'ReadAwsCli', region: 'us-east-1', objects: ['aws-cli'].map(read) },
  {
    make: () => AwsOwnedBucket.custom({ purpose: 'Drivers', bucketNames: ['vendor-drivers'], signedByRole: false }),
    sid: 'ReadDrivers',
    region: 'eu-west-1',
    objects: ['vendor-drivers'].map(read),
  },
  {
    make: () =>
      AwsOwnedBucket.custom({
        purpose: 'Reports',
        objectArns: ['arn:aws:s3:::vendor/in/7/*'],
        actions: ['s3:PutObject'],
        signedByRole: false,
      }),
    sid: 'WriteReports',
    region: 'eu-west-1',
    action: 's3:PutObject',
    objects: ['vendor/in/7/*'],
  },
];

describe.each(OPT_INS)('$sid in $region', ({ make, sid, region, objects, signed = false, action = 's3:GetObject' }) => {
  test('is one statement of the endpoint, with these ARNs and no others', () => {
    const { template, names } = inRegion(region, make());
    const statement = bySid(statements(template, TYPE.endpoint), sid);
    expect(statement).toMatchObject({ Effect: 'Allow', Principal: '*', Action: action });
    expect(arnsOf(statement, names)).toEqual(objects);
    expect(JSON.stringify(filledIn(statement.Resource, names))).toContain(`arn:${partitionOf(region)}:s3:::`);
  });

  test('asks nothing of the principal: requests are unsigned, or signed by AWS, or by the role', () => {
    expect(bySid(statements(inRegion(region, make()).template, TYPE.endpoint), sid).Condition).toBeUndefined();
  });

  test(
    signed ? 'is granted to the role, pinned to the endpoint' : 'is not granted to the role, which does not sign',
    () => {
      const { template, names } = inRegion(region, make());
      const granted = statements(template, TYPE.managedPolicy).filter(({ Sid }) => /AwsOwned|Assets/.test(Sid));
      expect(granted.flatMap(statement => arnsOf(statement, names))).toEqual(signed ? objects : []);
      granted.forEach(({ Action, Condition }) => {
        expect(Action).toBe(action);
        expect(Object.keys(Condition?.StringEquals ?? {})).toEqual(['aws:SourceVpce']);
      });
    },
  );
});

describe('the assets of the CDK', () => {
  const assets = (...args: [qualifier?: string]) => inRegion('eu-west-1', AwsOwnedBucket.cdkAssets(...args));

  test.each([
    [undefined, 'hnb659fds'],
    ['myteam', 'myteam'],
  ])('are those of the bootstrap stack with the qualifier %s', (qualifier, expected) => {
    const { template, names } = assets(qualifier);
    expect(arnsOf(bySid(statements(template, TYPE.endpoint), 'ReadCdkAssets'), names)).toEqual([
      `cdk-${expected}-assets-${ACCOUNT}-eu-west-1/*`,
    ]);
    expect(arnsOf(bySid(statements(template, TYPE.managedPolicy), 'ReadAssets'), names)).toEqual([
      `cdk-${expected}-assets-${ACCOUNT}-eu-west-1/*`,
    ]);
  });

  test('are for the role, in the bucket of the account', () => {
    const { template } = assets();
    const endpoint = bySid(statements(template, TYPE.endpoint), 'ReadCdkAssets').Condition;
    expect(Object.keys(endpoint ?? {})).toEqual(['ArnEquals', 'StringEquals']);
    expect(endpoint?.StringEquals).toEqual({ 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } });
    expect(
      Object.keys(bySid(statements(template, TYPE.managedPolicy), 'ReadAssets').Condition?.StringEquals ?? {}),
    ).toEqual(['aws:SourceVpce', 'aws:ResourceAccount']);
  });
});

describe('the buckets of AWS', () => {
  test('are none unless named', () => {
    expect(sids(statements(synthesize().template, TYPE.endpoint))).toEqual(['ListDataBuckets', 'ReadWriteObjects']);
  });

  test('have a name of their own each, also when one is named twice', () => {
    const awsOwnedBuckets = [AwsOwnedBucket.ssmAgent(), AwsOwnedBucket.ssmAgent()];
    const names = sids(statements(synthesize({ awsOwnedBuckets, proveAtSynthesis: false }).template, TYPE.endpoint));
    expect(new Set(names).size).toBe(names.length);
  });

  test('are granted once, where two opt-ins have a bucket in common', () => {
    const { template, names } = inRegion('eu-west-1', AwsOwnedBucket.ssmAgent(), AwsOwnedBucket.patchManager());
    const arns = arnsOf(bySid(statements(template, TYPE.managedPolicy), 'ReadAwsOwnedBuckets'), names);
    expect(new Set(arns).size).toBe(arns.length);
    expect(arns).toContain('aws-ssm-eu-west-1/*');
  });

  test('have no answers of custom resources where the Region is not known, since the name of that bucket has it without hyphens', () => {
    const { template } = synthesize({
      awsOwnedBuckets: [AwsOwnedBucket.cloudFormationSignals()],
      proveAtSynthesis: false,
    });
    const arns = arnsOf(bySid(statements(template, TYPE.endpoint), 'WriteCloudFormationSignals'), namesIn('eu-west-1'));
    expect(arns).toEqual([
      `cloudformation-waitcondition-eu-west-1/arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/*`,
    ]);
  });

  test('are readable and writable in no bucket as a whole but for published ones', () => {
    const stack = newStack({ account: ACCOUNT, region: 'us-east-1' });
    everyAwsOwnedBucket(stack);
    const writes = statements(Template.fromStack(stack), TYPE.endpoint).filter(
      ({ Sid }) => Sid.startsWith('WriteC') || Sid.startsWith('WriteV'),
    );
    expect(writes).toHaveLength(2);
    writes
      .flatMap(statement => arnsOf(statement, namesIn('us-east-1')))
      .forEach(arn => expect(arn).toMatch(/^[^/]+\/.+\/\*$/));
  });
});

describe('the proof', () => {
  test.each<[string, Environment | undefined]>([
    ['a Region that is not known', undefined],
    ['us-east-1', { account: ACCOUNT, region: 'us-east-1' }],
    ['cn-north-1', { account: ACCOUNT, region: 'cn-north-1' }],
    ['us-gov-west-1', { account: ACCOUNT, region: 'us-gov-west-1' }],
  ])('holds with every opt-in, in %s', (_, env) => {
    expect(validated(app => everyAwsOwnedBucket(new Stack(app, 'Training', { env })))).toEqual({
      error: undefined,
      violations: [],
      suppressed: [],
    });
  });

  const adding = (statement: PolicyStatement) =>
    validated(app => {
      const inbox = {
        purpose: 'Inbox',
        objectArns: ['arn:aws:s3:::vendor-inbox/customer-7/*'],
        actions: ['s3:PutObject'],
        signedByRole: true,
      };
      const awsOwnedBuckets = [
        AwsOwnedBucket.cloudFormationSignals(),
        AwsOwnedBucket.patchManager(),
        AwsOwnedBucket.custom(inbox),
      ];
      workload(new Stack(app, 'Training', { env: { account: ACCOUNT, region: 'us-east-1' } }), {
        awsOwnedBuckets,
      }).s3Endpoint.addToPolicy(statement);
    }).violations.map(({ ruleName }) => ruleName);

  test.each([
    ['signals of all accounts', 's3:PutObject', 'arn:aws:s3:::cloudformation-waitcondition-us-east-1/*'],
    [
      'answers of all custom resources',
      's3:PutObject',
      'arn:aws:s3:::cloudformation-custom-resource-response-useast1/*',
    ],
    ['uploads to a repository', 's3:PutObject', 'arn:aws:s3:::al2023-us-east-1/*'],
    ['uploads to other prefixes of a vendor', 's3:PutObject', 'arn:aws:s3:::vendor-inbox/*'],
    ['reads where a vendor takes uploads', 's3:GetObject', 'arn:aws:s3:::vendor-inbox/customer-7/*'],
    ['patches of a stranger', 's3:GetObject', 'arn:aws:s3:::aws-patch-manager-us-east-1-000000000/*'],
  ])('fails for %s, which no opt-in names', (_, action, resource) => {
    expect(adding(allow(action, resource))).toContain('no-way-out[s3-endpoint]');
  });
});
