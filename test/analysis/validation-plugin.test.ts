import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Environment, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DataEncryption, PrivateEc2S3Access } from '../../src';
import { PROPERTY_METADATA } from '../../src/proof';
import { RULES } from '../../src/rules';
import { quickStart } from '../support/scenarios';
import { validated, validatedStack } from '../support/validated';

/** Lets everybody through the endpoint, so that a claim fails. */
function widen({ s3Endpoint }: PrivateEc2S3Access): void {
  s3Endpoint.addToPolicy(
    new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
  );
}

function openTokens(access: PrivateEc2S3Access): void {
  const instance = access.node.findAll().find((each): each is CfnInstance => each instanceof CfnInstance);
  instance?.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
}

const rules = ({ violations }: ReturnType<typeof validated>) => [
  ...new Set(violations.map(({ ruleName }) => ruleName)),
];

describe('a key that exists, named by its ARN', () => {
  const withKeyOf = (env?: Environment) =>
    rules(
      validated(app => {
        const stack = new Stack(app, 'Training', { env });
        const key = Key.fromKeyArn(
          stack,
          'Theirs',
          'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
        );
        quickStart(stack, { encryption: DataEncryption.existingKey(key) });
      }),
    );

  test.each<[string, Environment | undefined]>([
    ['known', { account: '111122223333', region: 'eu-west-1' }],
    ['known at deployment only', undefined],
  ])('has nothing against it where the Region of the stack is %s', (_, env) => expect(withKeyOf(env)).toEqual([]));
});

/** `closed[key-use]` is in `closed/key-use`. */
const pathOf = (id: string) => id.replace('[', '/').replace(']', '');

describe('the validation plugin', () => {
  test('is registered once for all workloads of an app', () => {
    const app = new App();
    const stack = new Stack(app, 'Training');
    quickStart(stack);
    quickStart(new Stack(app, 'Other'));

    expect(app._validationPlugins.map(({ name }) => name)).toEqual(['cdk-private-ec2-s3-access']);
  });

  test('names every property and every rule', () => {
    const app = new App();
    quickStart(new Stack(app, 'Training'));

    const ids = [
      ...Object.keys(PROPERTY_METADATA),
      ...RULES.map(({ id }) => id),
      'undecidable-policy',
      'no-workload',
      'acknowledgement',
      'internal-error',
    ];
    expect([...(app._validationPlugins[0].ruleIds ?? [])].sort()).toEqual(ids.sort());
  });

  test('has a file for each property and each rule, with its id for a name', () => {
    const folder = join(__dirname, '..', '..', 'src');
    const missing = [
      ...Object.keys(PROPERTY_METADATA).map(id => join(folder, 'proof', 'properties', `${pathOf(id)}.ts`)),
      ...RULES.map(({ id }) => join(folder, 'rules', `${id}.ts`)),
    ].filter(file => !existsSync(file));

    expect(missing).toEqual([]);
  });

  test('is not registered where the proof is turned off', () => {
    const app = new App();
    quickStart(new Stack(app, 'Training'), { proveAtSynthesis: false });

    expect(app._validationPlugins).toEqual([]);
  });

  test('reports nothing about a workload whose proof is turned off beside one whose proof is not', () => {
    const result = validated(app => {
      quickStart(new Stack(app, 'Proven'));
      widen(quickStart(new Stack(app, 'Unproven'), { proveAtSynthesis: false }));
    });

    expect(result).toEqual({ error: undefined, violations: [], suppressed: [] });
  });

  test('reports nothing about instances beside the workload', () => {
    const result = validatedStack(stack => {
      quickStart(stack);
      new CfnInstance(stack, 'Bastion', {
        imageId: 'ami-0123456789abcdef0',
        metadataOptions: { httpTokens: 'optional' },
      });
    });

    expect(result.violations).toEqual([]);
  });

  test('reads nested stacks', () => {
    const result = validatedStack(stack => widen(quickStart(new NestedStack(stack, 'Nested') as unknown as Stack)));

    expect(result.error).toMatch(/ValidationFailed/);
    expect(result.violations.find(({ ruleName }) => ruleName === 'no-way-out[s3-endpoint]')?.constructPaths).toEqual([
      'Training/Nested/App/S3Endpoint/Gateway',
    ]);
    expect(
      validatedStack(stack => quickStart(new NestedStack(stack, 'Nested') as unknown as Stack)).violations,
    ).toEqual([]);
  });

  test('finds its workload where the app keeps construct paths out of the cloud assembly', () => {
    const withoutPaths = (change: (access: PrivateEc2S3Access) => unknown) =>
      validated(app => {
        app.node.setContext('aws:cdk:disable-logicalId-metadata', true);
        change(quickStart(new Stack(app, 'Training')));
      });

    expect(withoutPaths(() => undefined)).toEqual({ error: undefined, violations: [], suppressed: [] });
    expect(
      withoutPaths(widen).violations.find(({ ruleName }) => ruleName === 'no-way-out[s3-endpoint]')?.constructPaths,
    ).toEqual(['Training/App/S3Endpoint/Gateway']);
  });

  test('reads the stacks of stages', () => {
    const result = validated(app => widen(quickStart(new Stack(new Stage(app, 'Prod'), 'Training'))));

    expect(result.violations.find(({ ruleName }) => ruleName === 'no-way-out[s3-endpoint]')?.constructPaths).toEqual([
      'Prod/Training/App/S3Endpoint/Gateway',
    ]);
    expect(validated(app => quickStart(new Stack(new Stage(app, 'Prod'), 'Training'))).violations).toEqual([]);
  });

  test('does not run where a stage is synthesized alone, as the CDK has it', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'stage-'));
    const stage = new Stage(new App({ outdir }), 'Prod');
    widen(quickStart(new Stack(stage, 'Training')));

    expect(() => stage.synth()).not.toThrow();
    rmSync(outdir, { recursive: true });
  });

  test('proves each of several workloads with its own claims', () => {
    const result = validated(app => {
      widen(quickStart(new Stack(app, 'One')));
      openTokens(quickStart(new Stack(app, 'Two')));
    });

    expect(result.violations.find(({ ruleName }) => ruleName === 'no-way-out[s3-endpoint]')?.constructPaths).toEqual([
      'One/App/S3Endpoint/Gateway',
    ]);
    expect(result.violations.find(({ ruleName }) => ruleName === 'instance-metadata')?.constructPaths[0]).toMatch(
      /^Two\/App\/Compute\/Instance/,
    );
  });

  test('shares the plugin with another copy of the library', () => {
    const result = validatedStack(stack => {
      quickStart(stack);
      jest.isolateModules(() => {
        const copy = jest.requireActual<typeof import('../support/scenarios')>('../support/scenarios');
        widen(copy.quickStart(new Stack(stack.node.root as App, 'Copy')));
      });
      expect((stack.node.root as App)._validationPlugins).toHaveLength(1);
    });

    expect(result.violations.find(({ ruleName }) => ruleName === 'no-way-out[s3-endpoint]')?.constructPaths).toEqual([
      'Copy/App/S3Endpoint/Gateway',
    ]);
  });

  test('says so where there is nothing left to prove', () => {
    const result = validatedStack(stack => {
      const access = quickStart(stack);
      access.node.findChild('Compute').node.tryRemoveChild('Instance');
    });

    expect(result.violations).toEqual([
      expect.objectContaining({ ruleName: 'no-workload', constructPaths: ['Training/App'] }),
    ]);
    expect(result.error).toMatch(
      /no instance or fleet of this construct .* is in the templates, so there is nothing to prove/,
    );
  });
});

test('a policy that IAM would refuse is a violation', () => {
  const { error, violations } = validatedStack(stack =>
    quickStart(stack).s3Endpoint.addToPolicy(
      new PolicyStatement({
        sid: 'Typo',
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: ['*'],
        conditions: { StringEqual: { 'aws:PrincipalAccount': '111122223333' } },
      }),
    ),
  );

  expect(violations.find(({ ruleName }) => ruleName === 'undecidable-policy')?.description).toMatch(
    /^nothing can be proven: statement Typo of the endpoint policy of .*: condition operator 'StringEqual'/,
  );
  expect(error).toMatch(/ValidationFailed/);
});

describe('a violation', () => {
  test('is acknowledged on the construct, with a reason, and nothing else with it', () => {
    const result = validatedStack(stack => {
      const access = quickStart(stack);
      openTokens(access);
      widen(access);
      Validations.of(access).acknowledge({
        id: 'cdk-private-ec2-s3-access::instance-metadata',
        reason: 'an old agent needs IMDSv1',
      });
    });

    expect(result.suppressed.map(({ ruleName }) => ruleName)).toEqual(['instance-metadata']);
    expect(rules(result)).toContain('no-way-out[s3-endpoint]');
    expect(rules(result)).not.toContain('instance-metadata');
    expect(result.error).toMatch(/ValidationFailed/);
  });

  test('does not fail the synthesis once all of it is acknowledged', () => {
    const { error, suppressed } = validatedStack(stack => {
      const access = quickStart(stack);
      openTokens(access);
      Validations.of(stack).acknowledge({
        id: 'cdk-private-ec2-s3-access::instance-metadata',
        reason: 'an old agent needs IMDSv1',
      });
    });

    expect(error).toBeUndefined();
    expect(suppressed).toHaveLength(1);
  });

  test('of another construct is not acknowledged with it', () => {
    const { error } = validated(app => {
      openTokens(quickStart(new Stack(app, 'One')));
      Validations.of(quickStart(new Stack(app, 'Two'))).acknowledge({
        id: 'cdk-private-ec2-s3-access::instance-metadata',
        reason: 'not here',
      });
    });

    expect(error).toMatch(/ValidationFailed/);
  });
});

test('a statement of no use is said, and does not fail the synthesis', () => {
  const { error, violations } = validatedStack(stack => {
    const app = quickStart(stack);
    app.s3Endpoint.addToPolicy(
      new PolicyStatement({
        sid: 'ReadOnceMore',
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [app.dataBucket('UserData').arnForObjects('*')],
        conditions: {
          ArnEquals: { 'aws:PrincipalArn': app.role.roleArn },
          StringEquals: { 'aws:ResourceAccount': stack.account },
        },
      }),
    );
  });

  expect(violations.map(({ ruleName, description }) => [ruleName, description])).toEqual([
    ['no-dead-statement', expect.stringMatching(/^a statement changes no decision of its policy: .*ReadOnceMore/)],
  ]);
  expect(error).toBeUndefined();
});

test('a condition key that AWS may have added since is said, and does not fail the synthesis', () => {
  const { error, violations } = validatedStack(stack => {
    const bucket = quickStart(stack).dataBucket('UserData');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Newer',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:PostQuantumSignature': 'absent' } },
      }),
    );
  });

  expect(violations.map(({ ruleName }) => ruleName)).toContain('condition-keys');
  expect(error).toBeUndefined();
});
