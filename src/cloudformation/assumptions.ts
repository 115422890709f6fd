import { textsIn } from './json';
import type { Assumption, AssumptionKind } from './model';
import type { ResolvedAssembly } from './resolved-assembly';
import { isSymbolic } from './symbols';

const IDS: ReadonlyArray<readonly [pattern: RegExp, kind: AssumptionKind]> = [
  [/^vpc-[0-9a-z]+$/, 'VPC'],
  [/^subnet-[0-9a-z]+$/, 'subnet'],
  [/^rtb-[0-9a-z]+$/, 'route table'],
  [/^vpce-[0-9a-z]+$/, 'endpoint'],
  [/^sg-[0-9a-z]+$/, 'security group'],
  [/^pl-[0-9a-z]+$/, 'prefix list'],
  [/^eni-[0-9a-z]+$/, 'network interface'],
  [/^lt-[0-9a-z]+$/, 'launch template'],
  [/^\d{12}$/, 'account'],
  [/^o-[a-z0-9]{10,32}(\/|$)/, 'organization'],
];

/** What the resource part of an ARN means, and the part of the ARN that names the thing. */
const ARNS: ReadonlyArray<readonly [pattern: RegExp, kind: AssumptionKind]> = [
  [/^arn:[^:]+:s3:::([^/]+)/, 'bucket'],
  [/^(arn:[^:]+:kms:[^:]+:[^:]+:(?:key|alias)\/.+)$/, 'key'],
  [/^(arn:[^:]+:iam::[^:]+:role\/.+)$/, 'role'],
  [/^(arn:[^:]+:iam::[^:]+:policy\/.+)$/, 'managed policy'],
  [/^(arn:[^:]+:iam::[^:]+:instance-profile\/.+)$/, 'instance profile'],
  [/^arn:[^:]+:iam::(\d{12}):root$/, 'account'],
];

/** Properties whose texts are names of things. */
const NAMES: ReadonlyArray<readonly [type: string, property: string, kind: AssumptionKind]> = [
  ['AWS::S3::BucketPolicy', 'Bucket', 'bucket'],
  ['AWS::IAM::InstanceProfile', 'Roles', 'role'],
  ['AWS::IAM::ManagedPolicy', 'Roles', 'role'],
  ['AWS::IAM::Policy', 'Roles', 'role'],
  ['AWS::EC2::Instance', 'IamInstanceProfile', 'instance profile'],
];

/**
 * What the templates refer to by a literal id, name or ARN and do not define: whatever is said about it is an
 * assumption.
 */
export function assumptionsOf(reading: ResolvedAssembly): Assumption[] {
  const defined = new Set(reading.resources.flatMap(({ ref, arn }) => (arn === undefined ? [ref] : [ref, arn])));
  const ownAccounts = new Set(reading.environments.map(({ account }) => account));
  const found = reading.resources.flatMap(({ type, properties }) => [
    ...textsIn(properties).flatMap(text => assumptionIn(text)),
    ...NAMES.filter(([of]) => of === type).flatMap(([, property, kind]) =>
      textsIn(properties[property]).map(name => ({ kind, name })),
    ),
  ]);
  const foreign = found.filter(
    ({ kind, name }) => !defined.has(name) && !(kind === 'account' && ownAccounts.has(name)),
  );
  const named = foreign.filter(
    ({ kind, name }) => kind !== 'role' || !foreign.some(each => each.kind === kind && each.name.endsWith(`/${name}`)),
  );
  return unique([...deployment(reading), ...named]);
}

function assumptionIn(text: string): Assumption[] {
  const id = IDS.find(([pattern]) => pattern.test(text));
  if (id !== undefined) {
    return [{ kind: id[1], name: id[1] === 'organization' ? text.split('/')[0] : text }];
  }
  for (const [pattern, kind] of ARNS) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined && !/[*?]|\$\{/.test(name)) {
      return [{ kind, name }];
    }
  }
  return [];
}

/**
 * Stacks without an account go to one account, parameters have their defaults, and literal ARNs tell the partition of
 * stacks without a Region.
 */
function deployment({ environments, namedPartition, defaults, imports }: ResolvedAssembly): Assumption[] {
  const symbolic = environments.map(({ account }) => account).filter(isSymbolic);
  return [
    ...symbolic.map(name => ({ kind: 'account' as const, name })),
    ...defaults.map(name => ({ kind: 'parameter' as const, name })),
    ...imports.map(name => ({ kind: 'export' as const, name })),
    ...(namedPartition === undefined ? [] : [{ kind: 'partition' as const, name: namedPartition }]),
  ];
}

function unique(assumptions: readonly Assumption[]): Assumption[] {
  const byKey = new Map(assumptions.map(each => [`${each.kind} ${each.name}`, each]));
  return [...byKey.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
}
