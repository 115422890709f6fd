import { Stack } from 'aws-cdk-lib';
import { CASES, Case } from './cases';
import { World } from './world';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { decide, PolicyJson, StatementJson } from '../../src/verification/policy';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { everyAwsOwnedBucket, everyOption } from '../support/scenarios';

const plainStack = new DeployedStack(threeBuckets);
const fullStack = new DeployedStack(stack => void everyOption(stack));
const agentsStack = new DeployedStack(stack => void everyAwsOwnedBucket(stack), { account: ACCOUNT, region: REGION });
const WORLDS = { plain: plainStack, full: fullStack, agents: agentsStack };

function threeBuckets(stack: Stack): void {
  new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
      Uploads: DataBucketSource.create({ access: [BucketAccess.writeOnly('in/')] }),
    },
  });
}

function title({ who, where, what }: Case): string {
  return `${who} from ${where}: ${what.action} ${what.bucket ?? what.foreign ?? ''}${what.owner ?? ''}${what.key === undefined ? '' : `/${what.key}`} ${JSON.stringify(what.context ?? {})}`;
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases.map(each => [title(each), each] as const))('%s', (__, { who, where, what, expect: expected, world }) => {
    const { verdict, reason } = decided(WORLDS[world ?? 'plain'], { who, where, what, expect: expected });
    expect(`${verdict}: ${reason}`).toContain(expected === 'allowed' ? 'Allowed: ' : expected);
    if (expected !== 'allowed') { expect(verdict).not.toBe('Allowed'); }
  });
});

test('the matrix has at least 60 cases, most of them denials', () => {
  const cases = Object.values(CASES).flat();
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(cases.filter(({ expect: expected }) => expected !== 'allowed').length).toBeGreaterThan(cases.length / 2);
});

describe('every statement matters: without it a case of the matrix comes out differently', () => {
  const documents: Array<[string, DeployedStack, (stack: DeployedStack) => PolicyJson[]]> = [
    ['role policy', plainStack, stack => stack.rolePolicies()],
    ['endpoint policy', plainStack, stack => [stack.endpointPolicy()]],
    ['key policy', plainStack, stack => [stack.keyPolicy()]],
    ['bucket policy of UserData', plainStack, stack => [stack.bucketPolicy('UserData')]],
    ['bucket policy of UserData with every option', fullStack, stack => [stack.bucketPolicy('UserData')]],
    ['role policy with the buckets of AWS', agentsStack, stack => stack.rolePolicies()],
    ['endpoint policy with the buckets of AWS', agentsStack, stack => [stack.endpointPolicy()]],
  ];
  const statements = documents.flatMap(([name, stack, read]) => read(stack).flatMap(sidsOf).map(sid => [name, sid, stack] as const));

  test.each(statements)('%s: %s', (_, sid, stack) => {
    const cases = Object.values(CASES).flat().filter(({ what }) => what.bucket === undefined || stack.ids('AWS::S3::Bucket', what.bucket).length > 0);
    const without = new Without(stack, sid);
    const changed = cases.filter(each => outcome(stack, each) !== outcome(without, each));
    expect(changed.length).toBeGreaterThan(0);
  });
});

function outcome(stack: DeployedStack, each: Case): string {
  const { verdict, reason } = decided(stack, each);
  return verdict === 'Allowed' ? verdict : `${verdict}: ${reason}`;
}

function decided(stack: DeployedStack, { who, where, what }: Case) {
  const world = new World(stack);
  const request = world.request(who, where, withOurKey(stack, what));
  return decide(request, world.policies(who, where, what));
}

/** The cases cannot know the ARN of the key: it stands as `OUR_KEY` in them. */
function withOurKey(stack: DeployedStack, what: Case['what']): Case['what'] {
  const ourKey = stack.arn(stack.id('AWS::KMS::Key'));
  const context = Object.entries(what.context ?? {}).map(([name, value]) => [name, value === 'OUR_KEY' ? ourKey : value]);
  return { ...what, context: Object.fromEntries(context) as Case['what']['context'] };
}

function statementsOf({ Statement }: PolicyJson): StatementJson[] {
  return [Statement].flat() as StatementJson[];
}

function sidsOf(document: PolicyJson): string[] {
  return statementsOf(document).map(({ Sid }) => Sid ?? 'without a Sid');
}

/** A deployed stack in which the statements of one Sid are missing. */
class Without extends DeployedStack {
  constructor(stack: DeployedStack, private readonly sid: string) {
    super(stack);
  }

  public property<T>(id: string, name: string): T {
    const value = super.property<T>(id, name);
    return name === 'PolicyDocument' || name === 'KeyPolicy' ? this.strip(value as PolicyJson) as T : value;
  }

  private strip(document: PolicyJson): PolicyJson {
    return { ...document, Statement: statementsOf(document).filter(({ Sid }) => Sid !== this.sid) };
  }
}
