import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnNatGateway, CfnRoute, CfnRouteTable, CfnSecurityGroup, CfnSecurityGroupEgress } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { PrivateEc2S3Access } from '../../src';
import { examine } from '../../src/analysis/analysis';
import { run } from '../../src/cli/run';
import { quickStart } from '../support/scenarios';
import { validatedByCause } from '../support/validated';

const PLUGIN = 'cdk-private-ec2-s3-access';

function attachFullAccess({ role }: PrivateEc2S3Access): void {
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess'));
}

function openBucket(access: PrivateEc2S3Access): void {
  const bucket = access.dataBucket('UserData');
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Open',
      principals: [new AnyPrincipal()],
      actions: ['s3:*'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    }),
  );
}

function askForMfa(access: PrivateEc2S3Access): void {
  const bucket = access.dataBucket('UserData');
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Mfa',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:*'],
      resources: [bucket.arnForObjects('*')],
      conditions: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
  );
}

function addNatGateway(access: PrivateEc2S3Access): void {
  const stack = Stack.of(access);
  const natGatewayId = new CfnNatGateway(stack, 'Nat', { subnetId: 'subnet-0123', allocationId: 'eipalloc-0123' }).ref;
  const all = access.node.findAll();
  all
    .filter(each => each instanceof CfnRouteTable)
    .forEach(({ ref: routeTableId }, index) => {
      new CfnRoute(stack, `Out${index}`, { routeTableId, destinationCidrBlock: '0.0.0.0/0', natGatewayId });
      new CfnRoute(stack, `Half${index}`, { routeTableId, destinationCidrBlock: '128.0.0.0/1', natGatewayId });
    });
  const group = all.find((each): each is CfnSecurityGroup => each instanceof CfnSecurityGroup)!;
  new CfnSecurityGroupEgress(stack, 'All', { groupId: group.attrGroupId, ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
}

function widenEndpoint({ s3Endpoint }: PrivateEc2S3Access): void {
  s3Endpoint.addToPolicy(
    new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
  );
}

type Change = (access: PrivateEc2S3Access) => void;

const reported = (...changes: readonly Change[]) =>
  validatedByCause(app => {
    const access = quickStart(new Stack(app, 'Training'));
    changes.forEach(change => change(access));
  });

const firstLines = ({ violations }: ReturnType<typeof reported>) =>
  violations.map(({ description }) => description.split('\n')[0]);

const EXAMPLES: ReadonlyArray<[string, Change, RegExp, string, readonly string[]]> = [
  [
    'AmazonS3FullAccess on the role',
    attachFullAccess,
    /^the AWS-managed policy AmazonS3FullAccess on .*Role.*: detach it/,
    'no-way-out[role]',
    ['bound[role-policies]', 'aws-managed-policies'],
  ],
  [
    'everybody in a bucket policy',
    openBucket,
    /^statement Open of the bucket policy .*UserData.*: take it out, or narrow/,
    'closed[bucket-configuration]',
    ['closed[bucket-policy-alone]', 'bound[all-policies]', 'broad-principals'],
  ],
  [
    'a NAT gateway with an open security group',
    addNatGateway,
    /^the NAT gateway nat-.*Nat.*, by the route .*(Out|Half)0.*: remove the route/,
    'no-way-out[routes]',
    ['request-path', 'isolated-subnets'],
  ],
  [
    'a wide statement in the endpoint policy',
    widenEndpoint,
    /^statement Wide of the endpoint policy .*Gateway.*: take it out, or narrow/,
    'no-way-out[s3-endpoint]',
    ['closed[endpoint-to-others]', 'no-dead-statement'],
  ],
];

describe('one cause is one finding', () => {
  test.each(EXAMPLES)('of an app: %s', (_, change, line, rule, others) => {
    const { violations, error } = reported(change);
    expect(firstLines({ violations, suppressed: [] })).toEqual([expect.stringMatching(line)]);
    const [{ ruleName, description }] = violations;
    expect(ruleName).toBe(rule);
    [rule, ...others].forEach(each => expect(description).toContain(`\n  ${each}`));
    expect(error).toMatch(/ValidationFailed/);
  });

  test('but two are two', () => {
    const lines = firstLines(reported(openBucket, widenEndpoint)).sort();
    expect(lines).toEqual([expect.stringMatching(/^statement Open of/), expect.stringMatching(/^statement Wide of/)]);
  });

  test('and what comes alone looks as it does by itself', () => {
    const change = ({ node }: PrivateEc2S3Access) =>
      node
        .findAll()
        .filter(each => each instanceof CfnRouteTable)
        .forEach(({ node: { path }, ref }, index) => {
          const id = `Peer${index}`;
          new CfnRoute(Stack.of(node.scope!), id, {
            routeTableId: ref,
            natGatewayId: 'nat-1',
            destinationCidrBlock: path && '10.9.0.0/16',
          });
        });
    const { violations } = reported(change);
    expect(violations.map(({ ruleName, description }) => [ruleName, description.includes('\n')])).toEqual([
      ['isolated-subnets', false],
    ]);
  });
});

describe('one acknowledgement', () => {
  const accepting =
    (...ids: readonly string[]): Change =>
    access =>
      ids.forEach(id => Validations.of(Stack.of(access)).acknowledge({ id: `${PLUGIN}::${id}`, reason: 'a test' }));

  test('takes its property out of the finding, even the one that the finding is called by', () => {
    const { violations, suppressed } = reported(openBucket, accepting('closed[bucket-configuration]'));
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['closed[bucket-policy-alone]']);
    expect(violations[0].description).toMatch(/^statement Open of the bucket policy/);
    expect(violations[0].description).not.toContain('closed[bucket-configuration]');
    expect(suppressed.map(({ ruleName }) => ruleName)).toEqual(['closed[bucket-configuration]']);
  });

  test('for each of its properties accepts the finding', () => {
    const ids = [
      'closed[bucket-configuration]',
      'closed[bucket-policy-alone]',
      'bound[all-policies]',
      'broad-principals',
    ];
    const { violations, suppressed, error } = reported(openBucket, accepting(...ids));
    expect([violations, error]).toEqual([[], undefined]);
    expect(suppressed.map(({ ruleName }) => ruleName).sort()).toEqual([...ids].sort());
  });
});

describe('a template of its own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'causes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The template of an app without anything that the construct says about itself. */
  function template(...changes: readonly Change[]): string {
    const app = new App({ outdir: join(folder, 'cdk.out') });
    const access = quickStart(new Stack(app, 'Training'), { proveAtSynthesis: false });
    changes.forEach(change => change(access));
    const { Metadata, ...json } = JSON.parse(
      readFileSync(app.synth().getStackByName('Training').templateFullPath, 'utf8'),
    );
    for (const resource of Object.values<{ Metadata?: unknown }>(json.Resources)) {
      delete resource.Metadata;
    }
    const file = join(folder, 'plain.json');
    writeFileSync(file, JSON.stringify(json));
    return file;
  }

  test.each(EXAMPLES)('has one finding more, too: %s', (_, change, line) => {
    const lines = examine(template(change)).violations.map(({ description }) => description.split('\n')[0]);
    expect(lines.filter(each => line.test(each))).toHaveLength(1);
  });

  test('has one finding for all requests that one Deny refuses', () => {
    const lines = examine(template(askForMfa)).violations.map(({ description }) => description);
    const [first, ...others] = lines.filter(each => each.includes('statement Mfa of'));
    expect(first).toMatch(/^statement Mfa of the bucket policy .*: correct whom and what it denies/);
    ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].forEach(action => expect(first).toContain(action));
    expect(others).toEqual([]);
  });

  test('is told by cause in the command and in its JSON', () => {
    const file = template(widenEndpoint);
    const prove = (...options: readonly string[]) => {
      const out: string[] = [];
      const print = (line: string) => void out.push(line);
      run(['prove', file, ...options], print, print);
      return out.join('\n');
    };
    expect(prove().match(/^ {2}because {2}statement Wide of the endpoint policy /gm)).toHaveLength(1);
    const [first, ...others] = JSON.parse(prove('--json')).findings;
    expect([first.because, others]).toEqual([expect.stringMatching(/^statement Wide/), []]);
    expect([first.id, ...first.breaks]).toContain('no-way-out[s3-endpoint]');
  });
});
