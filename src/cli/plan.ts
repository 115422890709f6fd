import { ExaminedWorkload, nameOf, ResourceRef } from '../analysis';
import { refuse } from '../base';
import { asList, wildcardMatch } from '../iam';

/** What `BucketAccess` has a name for, by the actions that tell it. */
const READ = /^s3:(GetObject(Attributes|Tagging)?|ListBucket|GetBucketLocation)$/;
const WRITE = /^s3:(PutObject|AbortMultipartUpload|ListMultipartUploadParts|GetBucketLocation)$/;

/** The construct that would grant what the role of a workload uses, in TypeScript. */
export function planOf(name: string, all: readonly ExaminedWorkload[]): string[] {
  const found = all.find(each => namesOf(each).includes(name));
  if (found === undefined) {
    const allowed = all.map(each => namesOf(each)[0]).join(', ') || 'nothing: there is no workload';
    return refuse('--plan', [{ prop: 'workload', got: name, allowed, fix: 'name one of them' }]);
  }
  const buckets = bucketsOf(found);
  const id = found.workload.declaration?.constructPath.split('/').at(-1) ?? found.workload.where.logicalId;
  const compute =
    found.workload.kind === 'fleet' ? ['  compute: Compute.fleet({ minCapacity: 1, maxCapacity: 4 }),'] : [];
  const imports = [
    'BucketAccess',
    ...(compute.length > 0 ? ['Compute'] : []),
    'DataBucketSource',
    'PrivateEc2S3Access',
  ];
  return [
    `import { ${imports.join(', ')} } from 'cdk-private-ec2-s3-access';`,
    '',
    `new PrivateEc2S3Access(this, '${id}', {`,
    ...compute,
    '  dataBuckets: {',
    ...buckets.map(([bucket, access]) => `    ${bucket}: DataBucketSource.create({ access: [${access.join(', ')}] }),`),
    '  },',
    '});',
  ];
}

function namesOf({ workload: { where, declaration } }: ExaminedWorkload): readonly string[] {
  const { constructPath, logicalId, stack } = where;
  const short = constructPath?.replace(/\/Resource$/, '');
  return [declaration?.constructPath, short, constructPath, logicalId, `${stack}/${logicalId}`, nameOf(where)].filter(
    each => each !== undefined,
  );
}

type Buckets = ReadonlyArray<readonly [name: string, access: readonly string[]]>;

function bucketsOf({ flow, model, workload }: ExaminedWorkload): Buckets {
  const taken = new Map<string, number>();
  return flow.buckets.map(bucket => {
    const where = model.buckets.find(({ name }) => name === bucket)?.where;
    const plain = nameIn(where, bucket).replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next = '') => String(next).toUpperCase());
    const key = /^[A-Za-z]/.test(plain) ? plain.slice(0, 1).toUpperCase() + plain.slice(1) : `Bucket${plain}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    const own = flow.requests.filter(each => each.bucket === bucket && each.request.action.startsWith('s3:'));
    const requests = own.length > 0 ? own.map(({ request }) => request) : grantedIn(bucket, workload);
    return [count === 1 ? key : `${key}${count}`, accessOf(requests)] as const;
  });
}

/** A bucket of the construct has its key there; any other its logical id or its name. */
function nameIn(where: ResourceRef | undefined, bucket: string): string {
  return /\/DataBuckets\/([^/]+)\//.exec(where?.constructPath ?? '')?.[1] ?? where?.logicalId ?? bucket;
}

interface Granted {
  readonly action: string;
  readonly resource: string;
}

const TELLING = ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'];

/** What the policies of the role allow in a bucket, where no way leads there that requests could take. */
function grantedIn(bucket: string, { role }: ExaminedWorkload['workload']): Granted[] {
  const allows = (role?.policies ?? [])
    .flatMap(({ document }) => asList(document.Statement))
    .filter(({ Effect }) => Effect === 'Allow');
  return allows.flatMap(({ Action, Resource }) => {
    const resources = asList(Resource)
      .map(each => (each === '*' ? `${bucket}/*` : each.replace(/^arn:[^:]*:s3:::/, '')))
      .filter(each => each.startsWith(`${bucket}/`) || wildcardMatch(each, bucket));
    return TELLING.filter(action => asList(Action).some(each => wildcardMatch(each, action))).flatMap(action =>
      resources.map(resource => ({ action, resource: action === 's3:ListBucket' ? bucket : resource })),
    );
  });
}

/** One access for each prefix that objects are granted under. */
function accessOf(requests: readonly Granted[]): string[] {
  const prefixes = new Map<string, string[]>();
  const ofBucket = requests.filter(({ resource }) => !resource.includes('/')).map(({ action }) => action);
  for (const { action, resource } of requests.filter(each => each.resource.includes('/'))) {
    const prefix = /^[^/]+\/((?:[^$*?/]+\/)*)/.exec(resource)?.[1] ?? '';
    prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), action]);
  }
  const found = prefixes.size === 0 ? [['', ofBucket] as const] : [...prefixes];
  return found.map(([prefix, actions]) => `BucketAccess.${kindOf(actions)}(${prefix === '' ? '' : `'${prefix}'`})`);
}

function kindOf(actions: readonly string[]): string {
  const may = (kind: RegExp) => actions.every(each => kind.test(each));
  if (may(READ)) {
    return 'readOnly';
  }
  return may(WRITE) ? 'writeOnly' : 'readWrite';
}
