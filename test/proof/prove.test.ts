import {
  EVERY_OPTION_ACCESS,
  everyOptionInput,
  QUICK_START_ACCESS,
  quickStartInput,
  subjectOf,
  withAccessList,
} from './inputs';
import { brokenClaims, brokenIn, counterexamples, resultOf } from './results';
import {
  adding,
  changing,
  Edit,
  unpinned,
  withBucket,
  withEndpoint,
  withKey,
  withLogs,
  without,
  withRole,
  withTrust,
} from './sabotage';
import type { PolicyJson, StatementJson } from '../../src/iam';
import { claimOf, prove, ProofInput, PROPERTY_METADATA } from '../../src/proof';
import { s3ManagedThroughInterface } from '../support/scenarios';

const quickStart = quickStartInput();
const everyOption = everyOptionInput();
const [datasets, userData] = quickStart.buckets;

const failing = brokenClaims;
const counterexample = counterexamples;

describe('what the library renders', () => {
  test.each([
    ['the quick start', quickStart],
    ['the quick start with its access list', withAccessList(quickStart, QUICK_START_ACCESS)],
    ['every option', everyOption],
    ['every option with its access list', withAccessList(everyOption, EVERY_OPTION_ACCESS)],
    ['keys of S3, through an interface endpoint', subjectOf(s3ManagedThroughInterface)],
  ])('%s: every property holds', (_, input) => {
    const proof = prove(input);
    expect(brokenIn(proof)).toEqual([]);
    expect(proof.name).toBe('Training/App');
    expect(proof.properties.map(({ id }) => id)).toEqual(Object.keys(PROPERTY_METADATA));
  });

  test('few decisions cover many combinations', () => {
    const { decisions, combinations } = prove(quickStart);
    expect(decisions).toBeLessThan(6000);
    expect(combinations).toBeGreaterThan(1_000_000);
  });

  test('what is not in the assembly is assumed, by name', () => {
    expect(prove({ ...everyOption, assumptions: ['VPC vpc-1'] }).assumptions).toEqual([
      'VPC vpc-1',
      'the policy of arn:aws:s3:::example-log-archive lets the workload in',
      'the policy of arn:aws:s3:::example-log-archive keeps everybody else out',
      'the policy of arn:aws:s3:::example-log-archive requires TLS 1.2',
      'the policy of arn:aws:s3:::example-log-archive refuses other keys',
      'the policy of arn:aws:s3:::example-log-archive locks nobody out',
    ]);
  });

  test('unknown endpoints, keys, trust, logs and encryption are assumed', () => {
    const {
      role: { arn, policies },
      endpoints,
      keys,
    } = quickStart;
    const input: ProofInput = {
      ...quickStart,
      role: { arn, policies },
      endpoints: endpoints.map(each => ({ ...each, policy: 'unknown' })),
      keys: keys.map(each => ({ ...each, policy: 'unknown' })),
      buckets: quickStart.buckets.map(each => ({ ...each, encryption: undefined })),
      logBuckets: (quickStart.logBuckets ?? []).map(each => ({ ...each, policy: 'unknown' })),
    };
    const proof = prove(input);
    const { assumptions } = proof;
    expect(brokenIn(proof)).toEqual([]);
    expect(assumptions).toEqual(
      expect.arrayContaining([
        `the policy of ${endpoints[0].id} lets the workload through`,
        `the policy of ${endpoints[0].id} lets nothing out`,
        `the policy of ${keys[0].arn} lets the workload use the key through S3`,
        `the policy of ${keys[0].arn} keeps everybody else out`,
        `nobody but EC2 can assume ${arn}`,
        `the default encryption of ${datasets.arn}`,
      ]),
    );
  });
});

const FULL_ACCESS: PolicyJson = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const ALLOW_ALL = { Sid: 'Extra', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } as const;
const DENY_ON_BUCKET: Edit = statements => [
  ...statements,
  {
    Sid: 'Extra',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: userData.arn,
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  },
];

describe('each mistake makes its claim fail, with a counterexample', () => {
  test.each<[string, ProofInput, string[], string]>([
    [
      'Allow * in the bucket policy',
      withBucket(quickStart, adding(ALLOW_ALL)),
      ['closed', 'bound'],
      'statement Extra of the bucket policy',
    ],
    [
      'Allow * on the objects alone',
      withBucket(quickStart, statements => [...statements, { ...ALLOW_ALL, Resource: `${userData.arn}/*` }]),
      ['closed'],
      'remove the Allow from the bucket policy',
    ],
    [
      'no network Deny',
      withBucket(quickStart, without('DenyObjectsOutsideEndpoint')),
      ['closed'],
      'from the internet, over TLS 1.3: s3:GetObject',
    ],
    [
      'no Deny of version lists',
      withBucket(quickStart, without('DenyVersionListsOutsideEndpoint')),
      ['closed'],
      's3:ListBucketMultipartUploads',
    ],
    ['no Deny of lists', withBucket(quickStart, without('DenyListsOutsideEndpoint')), ['closed'], 's3:ListBucket on'],
    [
      'no identity Deny',
      withBucket(quickStart, without('DenyObjectsToOthers')),
      ['closed'],
      'role Admin of the account, through vpce-',
    ],
    ['no Deny of plain text', withBucket(quickStart, without('DenyWithoutTls')), ['encrypted'], 'without TLS'],
    ['no Deny of old TLS, which AWS does not speak', withBucket(quickStart, without('DenyOldTls')), [], ''],
    [
      'other algorithms',
      withBucket(quickStart, without('DenyOtherEncryption')),
      ['encrypted'],
      'encryption header AES256',
    ],
    ['other keys', withBucket(quickStart, without('DenyOtherKeys')), ['encrypted'], 'key/foreign'],
    [
      'aws:kms without a key',
      withBucket(quickStart, without('DenyKmsWithoutKeyId')),
      ['encrypted'],
      'encryption header aws:kms: s3:PutObject',
    ],
    [
      'SSE-C',
      withBucket(quickStart, without('DenyCustomerProvidedKeys')),
      ['encrypted'],
      'customer-provided key AES256',
    ],
    [
      's3:* denied on the bucket',
      withBucket(quickStart, DENY_ON_BUCKET),
      ['works', 'not-locked-out'],
      'denied by statement Extra of the bucket policy',
    ],
    [
      'a wider endpoint',
      withEndpoint(quickStart, adding(ALLOW_ALL)),
      ['closed', 'no-way-out', 'no-dead-statement'],
      'through vpce-',
    ],
    [
      'no resource account on the endpoint',
      withEndpoint(quickStart, unpinned('aws:ResourceAccount')),
      ['no-way-out'],
      'of account 999900001111',
    ],
    [
      'no principal on the endpoint',
      withEndpoint(quickStart, unpinned('aws:PrincipalArn')),
      ['closed'],
      "name the workload's role by aws:PrincipalArn",
    ],
    [
      'less on the endpoint than in the role',
      withEndpoint(quickStart, without('ReadWriteObjects')),
      ['works'],
      'no statement of the endpoint policy allows it',
    ],
    [
      'less in the role than the access list has',
      withAccessList(withRole(quickStart, without('ReadWriteObjects')), QUICK_START_ACCESS),
      ['works'],
      'no statement of the identity policy',
    ],
    [
      's3:* for the role',
      withRole(quickStart, adding({ Sid: 'Extra', Effect: 'Allow', Action: 's3:*', Resource: '*' })),
      ['works', 'no-way-out', 'bound', 'no-dead-statement'],
      'no statement of the endpoint policy allows it',
    ],
    [
      'no pin in the role',
      withRole(quickStart, unpinned('aws:SourceVpce')),
      ['bound'],
      'through another endpoint of the VPC (vpce-other)',
    ],
    [
      'no account in the role',
      withRole(quickStart, unpinned('aws:ResourceAccount')),
      ['no-way-out'],
      'aws:ResourceAccount',
    ],
    [
      'no binding to the VPC',
      withRole(quickStart, without('DenyCredentialsOutsideVpc')),
      ['bound'],
      'issued in vpc-other',
    ],
    [
      'no binding to the address',
      withRole(quickStart, without('DenyCredentialsOutsideInstance')),
      ['bound'],
      'issued in the VPC to 10.0.0.99',
    ],
    [
      'a binding that hits services',
      withRole(
        quickStart,
        changing('DenyCredentialsOutsideVpc', ({ Condition }) => ({
          Condition: { StringNotEquals: Condition?.StringNotEquals ?? {} },
        })),
      ),
      ['works'],
      'by athena.amazonaws.com on behalf of the caller',
    ],
    [
      'neither pin nor network Deny',
      withRole(withBucket(quickStart, without('DenyObjectsOutsideEndpoint')), unpinned('aws:SourceVpce')),
      ['closed', 'bound'],
      'from the internet',
    ],
    [
      'a key that the account uses',
      withKey(
        quickStart,
        adding({
          Sid: 'Extra',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        }),
      ),
      ['closed', 'no-dead-statement'],
      'allowed by statement Extra of the key policy',
    ],
    [
      'a key for everybody',
      withKey(
        quickStart,
        adding({ Sid: 'Extra', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
      ),
      ['closed', 'bound', 'no-dead-statement'],
      'kms:Decrypt',
    ],
    [
      'a key that nobody administers',
      withKey(quickStart, without('AccountAdministersKey')),
      ['not-locked-out'],
      'kms:CancelKeyDeletion',
    ],
    ['a key that cannot decrypt', withKey(quickStart, without('DecryptThroughS3')), ['works'], 'kms:Decrypt'],
    [
      'grants for anybody',
      withKey(quickStart, without('DenyGrantsExceptForAwsResources')),
      ['closed'],
      'kms:CreateGrant',
    ],
    [
      'volumes without the key',
      withKey(quickStart, without('EncryptVolumesThroughEc2')),
      ['not-locked-out', 'no-dead-statement'],
      'ec2.us-east-1.amazonaws.com',
    ],
    [
      'a trust policy for everybody',
      withTrust(
        quickStart,
        adding({
          Sid: 'Extra',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'sts:AssumeRole',
        }),
      ),
      ['bound'],
      'statement Extra of the trust policy',
    ],
    [
      'a trust policy for more than the role',
      withTrust(quickStart, statements => statements.map(each => ({ ...each, Action: 'sts:*' }))),
      ['bound'],
      'the service ec2.amazonaws.com, over TLS 1.3',
    ],
    [
      'a binding that needs the keys of the VPC together, as they come',
      withRole(
        quickStart,
        changing('DenyCredentialsOutsideVpc', ({ Condition }) => ({
          Condition: {
            BoolIfExists: Condition?.BoolIfExists ?? {},
            'ForAnyValue:StringNotEquals': Condition?.StringNotEquals ?? {},
          },
        })),
      ),
      [],
      '',
    ],
    [
      'uploads that have to name an encryption',
      withBucket(
        quickStart,
        changing('DenyOtherEncryption', ({ Condition }) => ({
          Condition: { StringNotEquals: Condition?.StringNotEquals ?? {} },
        })),
      ),
      ['works', 'encrypted'],
      's3:PutObject',
    ],
    [
      'a header without a value',
      withBucket(
        quickStart,
        changing('DenyOtherEncryption', ({ Condition }) => ({
          Condition: { Null: Condition?.Null ?? {}, 'ForAnyValue:StringNotEquals': Condition?.StringNotEquals ?? {} },
        })),
      ),
      ['encrypted'],
      'encryption header without a value',
    ],
    [
      'a permissions boundary that is too tight',
      {
        ...withAccessList(quickStart, QUICK_START_ACCESS),
        role: {
          ...quickStart.role,
          boundary: {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'kms:*'], Resource: '*' },
          },
        },
      },
      ['works'],
      'no statement of the permissions boundary allows it',
    ],
    [
      'an organization that denies',
      {
        ...quickStart,
        serviceControlPolicies: [
          [
            FULL_ACCESS,
            {
              Version: '2012-10-17',
              Statement: { Sid: 'Guard', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
            },
          ],
        ],
      },
      ['works'],
      'denied by statement Guard of the service control policy',
    ],
    [
      'other roles of CloudFormation',
      { ...quickStart, deploymentRoleArns: ['arn:aws:iam::111122223333:role/deployers/Own'] },
      ['closed', 'not-locked-out'],
      's3:ListBucket on',
    ],
    [
      'logs that do not arrive',
      withLogs(quickStart, without('AccessLogDelivery')),
      ['works'],
      'the service logging.s3.amazonaws.com',
    ],
    [
      'logs from any account',
      withLogs(
        quickStart,
        changing('AccessLogDelivery', () => ({ Condition: undefined })),
      ),
      ['closed'],
      'the service logging.s3.amazonaws.com',
    ],
    [
      'half an exemption',
      withBucket(
        everyOption,
        changing('DenyObjectsToOthers', ({ Condition }) => ({
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn': [Condition?.ArnNotLike['aws:PrincipalArn']].flat().slice(0, 2).map(String),
            },
          },
        })),
      ),
      ['closed'],
      'the exempt principal arn:aws:iam::111122223333:role/deploy/Deployer',
    ],
    [
      'an exemption for a family of roles',
      withBucket(
        everyOption,
        changing('DenyObjectsOutsideEndpoint', ({ Condition }) => ({
          Condition: { ...Condition, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
        })),
      ),
      ['closed', 'no-dead-statement'],
      'from the internet',
    ],
    [
      'no organization in one bucket',
      withBucket(everyOption, without('DenyOutsideOrganization')),
      ['closed'],
      'of another organization',
    ],
    [
      'no unit in one bucket',
      {
        ...everyOption,
        buckets: [
          withBucket(everyOption, without('DenyOutsideOrganizationalUnits')).buckets[0],
          ...everyOption.buckets.slice(1),
        ],
      },
      ['closed'],
      'of another organization or unit',
    ],
    [
      'no organization in one statement of the endpoint, where the exact role and the account stay',
      withEndpoint(
        everyOption,
        changing('ReadObjects', ({ Condition }) => ({
          Condition: { ...Condition, StringEquals: { 'aws:ResourceAccount': '111122223333' } },
        })),
      ),
      [],
      '',
    ],
    [
      'more of a bucket of AWS',
      withEndpoint(
        everyOption,
        changing('ReadSsmAgent', () => ({ Action: 's3:*' })),
      ),
      ['no-way-out'],
      's3:PutObject on arn:aws:s3:::us-east-1-birdwatcher-prod/w of account 999900001111',
    ],
    [
      'a bucket with a name like one of AWS',
      withEndpoint(
        everyOption,
        changing('ReadSsmAgent', () => ({ Resource: 'arn:aws:s3:::aws-ssm-us-east-1*' })),
      ),
      ['works', 'no-way-out'],
      's3:GetObject on arn:aws:s3:::us-east-1-birdwatcher-prod/w',
    ],
  ])('%s', (_, input, claims, words) => {
    expect(failing(input)).toEqual(claims);
    expect(counterexample(input)).toContain(words);
  });
});

describe('who deploys', () => {
  const own = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1';
  const other = 'arn:aws:iam::111122223333:role/cdk-other-cfn-exec-role-111122223333-us-east-1';
  const deployedWith = (deploymentRoleArns: readonly string[], ofBuckets?: readonly string[]): ProofInput => ({
    ...quickStart,
    deploymentRoleArns,
    buckets: quickStart.buckets.map(bucket => ({ ...bucket, deploymentRoleArns: ofBuckets })),
  });
  const unspared = ({ Condition }: StatementJson) => ({
    Condition: {
      ...Condition,
      ArnNotLike: {
        'aws:PrincipalArn': [Condition?.ArnNotLike['aws:PrincipalArn']]
          .flat()
          .map(String)
          .filter(each => each !== own),
      },
    },
  });

  test('the stack of the workload is no matter of the buckets of another stack', () => {
    expect(failing(deployedWith([own, other], [own]))).toEqual([]);
  });

  test.each<[string, ProofInput, string[]]>([
    ['must list the buckets of its own stack', deployedWith([own, other], [other]), ['closed', 'not-locked-out']],
    ['need not be a role', withBucket(deployedWith([]), changing('DenyListsOutsideEndpoint', unspared)), []],
    ['lists nothing where it is not a role', deployedWith([]), ['closed']],
  ])('%s', (_, input, claims) => {
    expect(failing(input)).toEqual(claims);
  });
});

describe('with the access list', () => {
  const listed = withAccessList(quickStart, QUICK_START_ACCESS);

  test.each<[string, ProofInput, string[], string]>([
    [
      'more in the role than in the list, though the endpoint stops it',
      withRole(
        listed,
        changing('ReadWriteObjects', () => ({ Action: 's3:*' })),
      ),
      ['works'],
      'allowed by statement ReadWriteObjects of the identity policy',
    ],
    [
      'a wider prefix in the role',
      withRole(
        listed,
        changing('ReadObjects', () => ({ Resource: `${datasets.arn}/*` })),
      ),
      ['works'],
      `${datasets.arn}/any-object`,
    ],
    [
      'more on the endpoint than in the list, though the role stops it',
      withEndpoint(
        listed,
        changing('ReadObjects', () => ({ Resource: `${datasets.arn}/*` })),
      ),
      ['works'],
      'statement ReadObjects of the endpoint policy',
    ],
    [
      'less in every policy than in the list',
      withRole(withEndpoint(listed, without('ReadObjects')), without('ReadObjects')),
      ['works'],
      's3:GetObject',
    ],
    [
      'no lists under the prefix',
      withRole(listed, without('ListDataBuckets')),
      ['works'],
      'with s3:prefix datasets/: s3:ListBucket',
    ],
    [
      'lists of everything',
      withRole(
        listed,
        changing('ListDataBuckets', ({ Condition }) => ({
          Condition: { StringEquals: Condition?.StringEquals ?? {} },
        })),
      ),
      ['works'],
      's3:ListBucket',
    ],
    [
      'a bucket of AWS that is not readable',
      withEndpoint(withAccessList(everyOption, EVERY_OPTION_ACCESS), without('ReadAmazonLinux2023Repositories')),
      ['works'],
      'anybody, unsigned',
    ],
  ])('%s', (_, input, claims, words) => {
    expect(failing(input)).toEqual(claims);
    expect(counterexample(input)).toContain(words);
  });
});

describe('rarer ways to write a statement', () => {
  const others = without('DenyObjectsToOthers', 'DenyListsOutsideEndpoint', 'DenyVersionListsOutsideEndpoint');
  const account = { AWS: 'arn:aws:iam::111122223333:root' };
  const ACCOUNT_KEY: StatementJson = {
    Sid: 'Extra',
    Effect: 'Allow',
    Principal: account,
    Action: 'kms:*',
    Resource: '*',
  };

  test.each<[string, ProofInput, string[], string]>([
    [
      'an Allow of everything but an action, on everything but a resource',
      withBucket(
        quickStart,
        adding({
          Sid: 'Extra',
          Effect: 'Allow',
          Principal: '*',
          NotAction: 's3:PutBucketPolicy',
          NotResource: `${userData.arn}/any-object`,
        }),
      ),
      ['closed', 'bound'],
      'Extra of the bucket policy',
    ],
    [
      'a Deny for everybody but a principal',
      withBucket(
        quickStart,
        adding({
          Sid: 'Extra',
          Effect: 'Deny',
          NotPrincipal: account,
          Action: 's3:GetBucketAcl',
          Resource: [datasets.arn, userData.arn],
        }),
      ),
      ['not-locked-out'],
      'role Admin of the account',
    ],
    [
      'an Allow on what a policy variable names',
      withRole(
        { ...quickStart, role: { ...quickStart.role, tags: { team: 'red' } } },
        adding({
          Sid: 'Extra',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${datasets.arn}/\${aws:PrincipalTag/team}/*`,
        }),
      ),
      ['works', 'no-way-out', 'bound'],
      '/red/',
    ],
    [
      "a bucket that serves others, through the workload's endpoint",
      withBucket(quickStart, others, () => ({ exclusive: false })),
      [],
      '',
    ],
    [
      'a bucket that serves others, through an endpoint that does, too',
      withEndpoint(
        withBucket(quickStart, others, () => ({ exclusive: false })),
        unpinned('aws:PrincipalArn'),
      ),
      ['closed'],
      'role Admin of the account, through vpce-',
    ],
    ['a key that serves others', withKey(quickStart, () => [ACCOUNT_KEY], { exclusive: false }), [], ''],
    [
      "a key that is the workload's and yet serves others",
      withKey(quickStart, () => [ACCOUNT_KEY]),
      ['closed'],
      'deny kms:CreateGrant',
    ],
  ])('%s', (_, input, claims, words) => {
    expect(failing(input)).toEqual(claims);
    expect(counterexample(input)).toContain(words);
  });
});

describe('who else belongs to it', () => {
  const PEER = 'arn:aws:iam::111122223333:role/Peer';
  const both = (value: unknown) =>
    value === quickStart.role.arn ? [value, PEER] : Array.isArray(value) ? value.flat() : value;
  const toPeer: Edit = statements =>
    JSON.parse(JSON.stringify(statements), (_, value) => both(value) as unknown) as typeof statements;
  const shared = withEndpoint(withBucket(quickStart, toPeer), toPeer);

  test('another workload of the assembly', () => {
    expect(failing(shared)).toEqual(['closed']);
    expect(
      failing({
        ...shared,
        peers: [{ roleArn: PEER, bucketArns: shared.buckets.map(({ arn }) => arn), endpointIds: [] }],
      }),
    ).toEqual([]);
  });

  test('a policy of the organization denies for a bucket policy that does not', () => {
    const open = withBucket(quickStart, without('DenyObjectsOutsideEndpoint'));
    const guard = quickStart.buckets
      .flatMap(({ policy }) => (policy === 'unknown' || policy === undefined ? [] : [policy]))
      .map(({ Statement }): PolicyJson => ({
        Version: '2012-10-17',
        Statement: [Statement].flat().filter(({ Sid }) => Sid === 'DenyObjectsOutsideEndpoint'),
      }));
    expect(failing(open)).toEqual(['closed']);
    expect(failing({ ...open, resourceControlPolicies: guard })).toEqual([]);
  });
});

describe('a statement that is there twice', () => {
  const read = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `${userData.arn}/twice/*`,
  } as const;
  const conditioned: StatementJson = {
    ...read,
    Sid: 'Wide',
    Resource: `${userData.arn}/*`,
    Condition: {
      StringEquals: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`aws:RequestTag/t${index}`, 'value'])),
    },
  };
  const twice: Edit = statements => [...statements, { ...read, Sid: 'Once' }, { ...read, Sid: 'Twice' }];
  const deadIn = (input: ProofInput) => resultOf(input, 'no-dead-statement');

  test('is dead', () => {
    expect(deadIn(withEndpoint(quickStart, twice)).counterexamples[0].request).toMatch(
      /^any request that statement Once of the endpoint policy/,
    );
  });

  test('is not called dead where there are too many requests to try them all', () => {
    const { outcome, assumptions } = deadIn(
      withEndpoint(quickStart, statements => twice(adding(conditioned)(statements))),
    );
    expect(outcome).toBe('holds, assuming');
    expect(assumptions).toContainEqual(
      expect.stringMatching(/^statement Once of the endpoint policy of vpce-.* changes a decision: 4000 requests/),
    );
  });
});

describe('an update', () => {
  const locking = withBucket(quickStart, DENY_ON_BUCKET);
  const lockingKey = withKey(quickStart, without('AccountAdministersKey'));

  test.each<[string, ProofInput, string]>([
    ['a bucket policy that is still there', locking, 'role Admin of the account, from the internet'],
    ['a key policy that is still there', lockingKey, 'kms:CancelKeyDeletion'],
  ])('%s locks out', (_, previous, words) => {
    const found = brokenIn(prove(quickStart, { previous }));
    expect(new Set(found.map(({ id }) => claimOf(id)))).toEqual(new Set(['not-locked-out']));
    expect(found.flatMap(each => each.counterexamples)[0].request).toContain(words);
  });

  test('from a state that locks nobody out: every property holds, by more decisions', () => {
    const [alone, updated] = [undefined, withBucket(quickStart, without('DenyObjectsOutsideEndpoint'))].map(previous =>
      prove(quickStart, { previous }),
    );
    expect([alone, updated].flatMap(brokenIn)).toEqual([]);
    expect(updated.decisions).toBeGreaterThan(alone.decisions);
  });
});
