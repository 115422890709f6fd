import { App, Environment, Stack, StackProps, Token } from 'aws-cdk-lib';
import { IVpc, InstanceType, UserData } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import {
  JUDGED_BY_LOAD_BALANCER,
  RANDOM_REMOVALS,
  RANDOM_SESSIONS,
  RandomAccess,
  RandomRemoval,
  RandomSessions,
  accessOf,
  addLoadBalancer,
  addServices,
  randomAccess,
  randomServices,
  removalOf,
  sessionsOf,
} from './random-options';
import { isolatedVpc } from './resources';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  DnsFirewall,
  EndpointService,
  Guardrail,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  RemoteAccess,
  S3EndpointMode,
  WorkloadsOuGuardrails,
} from '../../src';

/** Where a bucket comes from. */
type Source = 'new' | 'of the stack' | 'of another stack' | 'imported' | 'of another account';

interface RandomBucket {
  readonly id: string;
  readonly source: Source;
  readonly access: readonly RandomAccess[];
  readonly accessPoint: boolean;
}

interface RandomWorkload {
  readonly id: string;
  readonly buckets: readonly RandomBucket[];
  readonly compute: 'instance' | 'fleet' | 'fleet that serves' | 'none' | 'x86' | 'replaced';
  /** FIPS where S3 has it, or nothing tells the Region; shared where there is another workload in the stack. */
  readonly endpoint: 'gateway' | 'interface' | 'both' | 'interface with FIPS' | 'both with FIPS' | 'shared';
  readonly encryption: 'own key' | 'S3' | 'key of the stack' | 'key of another stack';
  readonly vpc: 'new' | 'of the stack' | 'of another stack';
  readonly role: 'new' | 'of the stack' | 'imported';
  readonly remote: 'none' | 'connect' | RandomSessions;
  readonly removal: RandomRemoval;
  readonly services: readonly EndpointService[];
  readonly credentialBinding: boolean;
  readonly organization: 'none' | 'id' | 'units' | 'nested units' | 'accounts';
  readonly exemptions: ReadonlyArray<'role' | 'role of the app' | 'permission set'>;
  readonly awsOwned: ReadonlyArray<'repositories' | 'agent' | 'patches'>;
  readonly onPremises: boolean;
  readonly names: 'any' | 'listed' | 'listed, and more';
}

/** A configuration: what an app is made of. */
export interface RandomApp {
  readonly environment: number;
  readonly sharedStack: boolean;
  readonly workloads: readonly RandomWorkload[];
  readonly guardrails: 'none' | 'default' | 'all' | 'some off';
}

const ACCOUNT = '111122223333';
const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = `${ORGANIZATION}/r-ab12/ou-ab12-11111111/`;

/** None, a Region alone, and one of each partition. */
const ENVIRONMENTS: ReadonlyArray<Environment | undefined> = [
  undefined,
  { region: 'eu-central-1' },
  ...['eu-west-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'].map(region => ({
    account: ACCOUNT,
    region,
  })),
];

const IDS = ['Data', 'user-data', 'A', 'a.b', 'bucket', 'Policy', '0', '10', '9', 'x'.repeat(40)];

const bucket = fc.record<RandomBucket>({
  id: fc.constantFrom(...IDS),
  source: fc.constantFrom('new', 'new', 'new', 'of the stack', 'of another stack', 'imported', 'of another account'),
  access: randomAccess,
  accessPoint: fc.boolean(),
});

const workload = fc.record<RandomWorkload>({
  id: fc.constantFrom('App', 'Second', 'Drittes', 'a-b'),
  buckets: fc.uniqueArray(bucket, { minLength: 1, maxLength: 4, selector: ({ id }) => id }),
  compute: fc.constantFrom('instance', 'fleet', 'fleet that serves', 'none', 'x86', 'replaced'),
  endpoint: fc.constantFrom(
    ...(['gateway', 'gateway', 'interface', 'both'] as const),
    ...(['gateway', 'shared', 'interface with FIPS', 'both with FIPS'] as const),
  ),
  encryption: fc.constantFrom('own key', 'S3', 'key of the stack', 'key of another stack'),
  vpc: fc.constantFrom('new', 'new', 'of the stack', 'of another stack'),
  role: fc.constantFrom('new', 'new', 'of the stack', 'imported'),
  remote: fc.constantFrom('none', 'none', 'none', 'connect', ...RANDOM_SESSIONS),
  removal: fc.constantFrom(...RANDOM_REMOVALS),
  services: randomServices,
  credentialBinding: fc.boolean(),
  organization: fc.constantFrom('none', 'id', 'units', 'nested units', 'accounts'),
  exemptions: fc.uniqueArray(fc.constantFrom('role', 'role of the app', 'permission set'), { maxLength: 2 }),
  awsOwned: fc.uniqueArray(fc.constantFrom('repositories', 'agent', 'patches'), { maxLength: 2 }),
  onPremises: fc.boolean(),
  names: fc.constantFrom('any', 'any', 'listed', 'listed, and more'),
});

/** Configurations of the construct and of what is around it. */
export const randomApps: fc.Arbitrary<RandomApp> = fc.record({
  environment: fc.nat(ENVIRONMENTS.length - 1),
  sharedStack: fc.boolean(),
  workloads: fc.uniqueArray(workload, { minLength: 1, maxLength: 2, selector: ({ id }) => id }),
  guardrails: fc.constantFrom('none', 'none', 'default', 'all', 'some off'),
});

/** Defines the app of a configuration; `isShuffled` gives maps and lists of choices in another order. */
export function define(app: App, config: RandomApp, isShuffled = false): readonly PrivateEc2S3Access[] {
  const env = ENVIRONMENTS[config.environment];
  const stackOf = (name: string) => (app.node.tryFindChild(name) ?? new Stack(app, name, stackProps(env))) as Stack;
  const made: PrivateEc2S3Access[] = [];
  config.workloads.forEach(each => {
    const stack = stackOf(config.sharedStack ? 'Training' : `Stack${each.id}`);
    const place = {
      stack,
      other: () => stackOf(`Other${each.id}`),
      neighbour: config.sharedStack ? made[0] : undefined,
    };
    const access = new PrivateEc2S3Access(stack, each.id, shuffled(propsOf(each, place), isShuffled));
    addAround(access, each);
    made.push(access);
  });
  addGuardrails(app, config);
  return made;
}

/** The names of a service lead to one endpoint in a VPC, so the guest of another workload has none of its own. */
function addAround(access: PrivateEc2S3Access, { compute, endpoint, services }: RandomWorkload): void {
  if (compute === 'fleet that serves') {
    addLoadBalancer(access);
  }
  addServices(access, endpoint === 'shared' ? [] : services);
}

/** Where a workload is made: its stack, another one, and the workload whose endpoint it may share. */
interface Place {
  readonly stack: Stack;
  readonly other: () => Stack;
  readonly neighbour?: PrivateEc2S3Access;
}

function stackProps(env: Environment | undefined): StackProps {
  return env === undefined ? {} : { env };
}

function shuffled<T extends object>(object: T, isShuffled: boolean): T {
  return isShuffled ? (Object.fromEntries(Object.entries(object).reverse()) as T) : object;
}

function propsOf(each: RandomWorkload, place: Place): PrivateEc2S3AccessProps {
  const { stack, other } = place;
  const sources = each.buckets.map(item => [item.id, sourceOf(item, each, stack, other)] as const);
  return {
    dataBuckets: Object.fromEntries(sources),
    compute: computeOf(each),
    ...pathOf(each, place),
    encryption: encryptionOf(each, stack, other),
    role: roleOf(each, stack),
    credentialBinding: each.credentialBinding,
    organization: organizationOf(each),
    perimeterExemptions: each.exemptions.map(kind => exemptionOf(kind, each, stack)),
    awsOwnedBuckets: each.awsOwned.filter(kind => kind !== 'patches' || stack.region === 'eu-west-1').map(awsOwnedOf),
    onPremises: onPremisesOf(each, stack),
    ...removalOf(each.removal),
  };
}

function pathOf(
  each: RandomWorkload,
  { stack, other, neighbour }: Place,
): Pick<PrivateEc2S3AccessProps, 'vpc' | 's3Endpoint' | 'dnsFirewall' | 'remoteAccess'> {
  return each.endpoint === 'shared' && neighbour !== undefined
    ? { vpc: neighbour.vpc, s3Endpoint: S3EndpointMode.shared(neighbour) }
    : {
        vpc: vpcOf(each, stack, other),
        s3Endpoint: endpointOf(each, stack),
        dnsFirewall: dnsFirewallOf(each),
        remoteAccess: remoteOf(each, stack),
      };
}

function sourceOf(item: RandomBucket, each: RandomWorkload, stack: Stack, other: () => Stack): DataBucketSource {
  const access = item.access.map(one => accessOf(one, item.source !== 'new'));
  const name = `${each.id}${item.id}`;
  switch (item.source) {
    case 'new':
      return DataBucketSource.create({ access });
    case 'of the stack':
      return DataBucketSource.fromBucket(new Bucket(stack, `Own${name}`, { enforceSSL: true }), { access });
    case 'of another stack':
      return DataBucketSource.fromBucket(new Bucket(other(), `Own${name}`, { enforceSSL: true }), { access });
    case 'imported':
      return DataBucketSource.fromBucket(Bucket.fromBucketName(stack, `Theirs${name}`, bucketName(name)), { access });
    case 'of another account':
      return DataBucketSource.fromBucket(
        Bucket.fromBucketAttributes(stack, `Theirs${name}`, { bucketName: bucketName(name), account: '444455556666' }),
        { access, ...(item.accessPoint ? { accessPointName: `of-${each.buckets.indexOf(item)}` } : {}) },
      );
  }
}

function bucketName(name: string): string {
  return `their-${Buffer.from(name).toString('hex').slice(0, 40)}`;
}

function computeOf({ compute }: RandomWorkload): Compute | undefined {
  switch (compute) {
    case 'instance':
      return undefined;
    case 'fleet':
      return Compute.fleet({ minCapacity: 1, maxCapacity: 3 });
    case 'fleet that serves':
      return Compute.fleet({ minCapacity: 1, maxCapacity: 3, healthChecks: JUDGED_BY_LOAD_BALANCER });
    case 'replaced':
      return Compute.instance({ userData: UserData.custom('#!/bin/sh\ntrue'), userDataCausesReplacement: true });
    case 'none':
      return Compute.instanceProfile();
    case 'x86':
      return Compute.instance({ instanceType: new InstanceType('t3.small') });
  }
}

function endpointOf({ endpoint }: RandomWorkload, { region }: Stack): S3EndpointMode {
  const options = { fips: Token.isUnresolved(region) || region.startsWith('us-') };
  const modes = {
    gateway: () => S3EndpointMode.gateway(),
    shared: () => S3EndpointMode.gateway(),
    interface: () => S3EndpointMode.interfaceEndpoint(),
    both: () => S3EndpointMode.gatewayAndInterface(),
    'interface with FIPS': () => S3EndpointMode.interfaceEndpoint(options),
    'both with FIPS': () => S3EndpointMode.gatewayAndInterface(options),
  };
  return modes[endpoint]();
}

function encryptionOf(
  { id, encryption }: RandomWorkload,
  stack: Stack,
  other: () => Stack,
): DataEncryption | undefined {
  switch (encryption) {
    case 'own key':
      return undefined;
    case 'S3':
      return DataEncryption.s3Managed();
    case 'key of the stack':
      return DataEncryption.existingKey(new Key(stack, `Key${id}`));
    case 'key of another stack':
      return DataEncryption.existingKey(new Key(other(), `Key${id}`));
  }
}

function vpcOf({ id, vpc }: RandomWorkload, stack: Stack, other: () => Stack): IVpc | undefined {
  return vpc === 'new' ? undefined : isolatedVpc(vpc === 'of the stack' ? stack : other(), `Vpc${id}`);
}

function roleOf({ id, role }: RandomWorkload, stack: Stack): PrivateEc2S3AccessProps['role'] {
  switch (role) {
    case 'new':
      return undefined;
    case 'of the stack':
      return new Role(stack, `Role${id}`, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    case 'imported':
      return Role.fromRoleArn(stack, `Role${id}`, `arn:${stack.partition}:iam::${ACCOUNT}:role/path/${id}`);
  }
}

function remoteOf({ remote }: RandomWorkload, stack: Stack): RemoteAccess | undefined {
  switch (remote) {
    case 'none':
      return undefined;
    case 'connect':
      return RemoteAccess.ec2InstanceConnectEndpoint();
    default:
      return sessionsOf(remote, stack);
  }
}

function organizationOf({ organization }: RandomWorkload): PrivateEc2S3AccessProps['organization'] {
  switch (organization) {
    case 'none':
      return undefined;
    case 'id':
      return { organizationId: ORGANIZATION };
    case 'units':
      return { organizationId: ORGANIZATION, organizationalUnitPaths: [UNIT] };
    case 'nested units':
      return { organizationId: ORGANIZATION, organizationalUnitPaths: [`${UNIT}ou-ab12-22222222/`, UNIT] };
    case 'accounts':
      return { organizationId: ORGANIZATION, accounts: [ACCOUNT, '444455556666'] };
  }
}

function exemptionOf(
  kind: RandomWorkload['exemptions'][number],
  { id }: RandomWorkload,
  stack: Stack,
): PerimeterExemption {
  switch (kind) {
    case 'role':
      return PerimeterExemption.roleArn(`arn:${stack.partition}:iam::${ACCOUNT}:role/deploy/Deploy`);
    case 'role of the app':
      return PerimeterExemption.role(
        new Role(stack, `Exempt${id}`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
      );
    case 'permission set':
      return PerimeterExemption.permissionSet('BreakGlass');
  }
}

function awsOwnedOf(kind: RandomWorkload['awsOwned'][number]): AwsOwnedBucket {
  const choices = {
    repositories: AwsOwnedBucket.amazonLinux2023Repositories,
    agent: AwsOwnedBucket.ssmAgent,
    patches: AwsOwnedBucket.patchManager,
  };
  return choices[kind]();
}

function onPremisesOf(
  { id, endpoint, onPremises, buckets }: RandomWorkload,
  stack: Stack,
): PrivateEc2S3AccessProps['onPremises'] {
  const role = `arn:${stack.partition}:iam::${ACCOUNT}:role/Uploader${id}`;
  return onPremises && endpoint.startsWith('both')
    ? {
        Uploads: OnPremisesAccess.fromRole(Role.fromRoleArn(stack, `Uploader${id}`, role), {
          networks: ['192.168.0.0/16'],
          access: { [buckets[0].id]: [BucketAccess.writeOnly('uploads/')] },
        }),
      }
    : undefined;
}

function dnsFirewallOf({ names }: RandomWorkload): DnsFirewall | undefined {
  switch (names) {
    case 'any':
      return undefined;
    case 'listed':
      return DnsFirewall.listedDomains();
    case 'listed, and more':
      return DnsFirewall.listedDomains({ additionalDomains: ['*.corp.example.com', 'a.example'], priority: 9899 });
  }
}

function addGuardrails(app: App, { guardrails }: RandomApp): void {
  if (guardrails === 'none') {
    return;
  }
  const off = Guardrail.off();
  const stack = new Stack(app, 'Organization', { env: { account: '999988887777', region: 'us-east-1' } });
  new WorkloadsOuGuardrails(stack, 'Guardrails', {
    organizationId: ORGANIZATION,
    targetIds: ['ou-ab12-11111111'],
    ...(guardrails === 'all' ? { resourceControl: { requireOrganizationNetworks: Guardrail.on() } } : {}),
    ...(guardrails === 'some off'
      ? { serviceControl: { protectDeploymentRoles: off, requireImdsV2: off, protectBucketPolicies: off } }
      : {}),
  });
}
