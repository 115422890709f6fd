import {
  BootstraplessSynthesizer,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  DockerImageAssetLocation,
  FileAssetLocation,
  IStackSynthesizer,
  ISynthesisSession,
  LegacyStackSynthesizer,
  NestedStack,
  Stack,
  StackSynthesizer,
} from 'aws-cdk-lib';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { Validated, validated } from '../support/validated';

const OWN_ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deployers/Own';
const ENV = { account: '111122223333', region: 'eu-west-1' };
const STACK_SETS = ['AWSCloudFormationStackSetExecutionRole', 'stacksets-exec-*'];

/** A synthesizer of somebody else, which leaves assets out. */
class OwnSynthesizer implements IStackSynthesizer {
  private stack?: Stack;

  constructor(public readonly cloudFormationExecutionRole?: string) {}

  public bind(stack: Stack): void {
    this.stack = stack;
  }

  public addFileAsset(): FileAssetLocation {
    throw new Error('no assets');
  }

  public addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('no assets');
  }

  public synthesize(session: ISynthesisSession): void {
    new Writer(this.stack!, this.cloudFormationExecutionRole).synthesize(session);
  }
}

/** Writes a stack and the role into the manifest. */
class Writer extends StackSynthesizer {
  constructor(
    stack: Stack,
    private readonly roleArn?: string,
  ) {
    super();
    this.bind(stack);
  }

  public addFileAsset(): FileAssetLocation {
    throw new Error('no assets');
  }

  public addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('no assets');
  }

  public synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    this.emitArtifact(session, { cloudFormationExecutionRoleArn: this.roleArn });
  }
}

/** Has a role, and says so in the manifest only. */
class SecretiveSynthesizer extends OwnSynthesizer {
  constructor(private readonly roleArn: string) {
    super();
  }

  public override bind(stack: Stack): void {
    super.bind(stack);
    this.synthesize = session => new Writer(stack, this.roleArn).synthesize(session);
  }
}

function quickStart(scope: Stack | NestedStack): PrivateEc2S3Access {
  return new PrivateEc2S3Access(scope, 'App', {
    dataBuckets: { Data: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  });
}

interface Deployed {
  readonly outcome: Validated;
  /** The names of the roles that the policy of the data bucket lets list it, with their paths. */
  readonly spared: string[];
}

function deployedBy(synthesizer: IStackSynthesizer | undefined, env?: typeof ENV): Deployed {
  let stack: Stack | undefined;
  const outcome = validated(app => {
    stack = new Stack(app, 'Training', { synthesizer, env });
    quickStart(stack);
  });
  return { outcome, spared: sparedBy(stack!) };
}

function sparedBy(stack: Stack): string[] {
  const lists = stack.node
    .findAll()
    .filter(each => each instanceof CfnBucketPolicy)
    .flatMap(policy => stack.resolve(policy.policyDocument).Statement)
    .filter(({ Sid }) => Sid === 'DenyListsOutsideEndpoint');
  expect(lists).toHaveLength(1);
  const arns: unknown[] = [lists[0].Condition.ArnNotLike['aws:PrincipalArn']].flat();
  return arns.map(arn =>
    JSON.stringify(arn)
      .replace(/^.*?:role\//, '')
      .replace(/"[\]}]*$/, ''),
  );
}

describe('the roles that CloudFormation deploys a stack with', () => {
  test.each<[string, () => IStackSynthesizer | undefined, string[]]>([
    ['the default synthesizer', () => undefined, ['cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1']],
    [
      'a qualifier',
      () => new DefaultStackSynthesizer({ qualifier: 'team' }),
      ['cdk-team-cfn-exec-role-111122223333-eu-west-1'],
    ],
    [
      'a role of its own',
      () => new DefaultStackSynthesizer({ cloudFormationExecutionRole: OWN_ROLE }),
      ['deployers/Own'],
    ],
    ['an empty role', () => new DefaultStackSynthesizer({ cloudFormationExecutionRole: '' }), []],
    ['the credentials of the command', () => new CliCredentialsStackSynthesizer(), []],
    [
      'the credentials of the command, with a qualifier',
      () => new CliCredentialsStackSynthesizer({ qualifier: 'team' }),
      [],
    ],
    ['the legacy synthesizer', () => new LegacyStackSynthesizer(), []],
    [
      'the bootstrapless synthesizer with a role',
      () => new BootstraplessSynthesizer({ cloudFormationExecutionRoleArn: OWN_ROLE }),
      ['deployers/Own'],
    ],
    [
      'the bootstrapless synthesizer, which takes the roles of the default one',
      () => new BootstraplessSynthesizer(),
      ['cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1'],
    ],
    ['a synthesizer of somebody else without a role', () => new OwnSynthesizer(), []],
    ['a synthesizer of somebody else with a role', () => new OwnSynthesizer(OWN_ROLE), ['deployers/Own']],
  ])('are spared and proven for %s', (_, synthesizer, roles) => {
    const { outcome, spared } = deployedBy(synthesizer(), ENV);

    expect(spared).toEqual([...roles, ...STACK_SETS]);
    expect(outcome).toEqual({ error: undefined, violations: [], suppressed: [] });
  });

  test.each<[string, () => IStackSynthesizer | undefined]>([
    ['the default synthesizer', () => undefined],
    ['the credentials of the command', () => new CliCredentialsStackSynthesizer()],
    ['the legacy synthesizer', () => new LegacyStackSynthesizer()],
    ['a role of its own', () => new DefaultStackSynthesizer({ cloudFormationExecutionRole: OWN_ROLE })],
  ])('are proven without a concrete environment for %s', (_, synthesizer) => {
    expect(deployedBy(synthesizer()).outcome.violations).toEqual([]);
  });

  test('are those of the stack around a nested one', () => {
    let nested: NestedStack | undefined;
    const { violations } = validated(app => {
      const synthesizer = new CliCredentialsStackSynthesizer();
      nested = new NestedStack(new Stack(app, 'Training', { synthesizer, env: ENV }), 'Inner');
      quickStart(nested);
    });

    expect(violations).toEqual([]);
    expect(sparedBy(nested!)).toEqual(STACK_SETS);
  });

  test('are missed where only the manifest names the role', () => {
    const { outcome } = deployedBy(new SecretiveSynthesizer(OWN_ROLE), ENV);

    expect(outcome.violations).toMatchObject([
      {
        ruleName: 'not-locked-out[bucket-lists]',
        description: expect.stringContaining('CloudFormation as Own'),
        suggestedFix: expect.stringContaining('cloudFormationExecutionRole'),
      },
    ]);
  });
});
