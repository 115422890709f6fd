import { isBelow, withoutSlash } from './construct-paths';
import { isObject, Json, listOf, textOf, textsOf, valueAt } from './json';
import type { DeclarationModel } from './model';
import type { Environment, Resolution } from './resolution';
import type { Declaration, StackTemplate } from './template-location';
import { DECLARED_ACCESS, DECLARED_VISITORS, DeclaredVisitor, DeclaredVisitors } from '../base';

/** What constructs declare in the metadata of a stack, such as access lists. */
export function declarationsIn(metadata: Json | undefined, type: string): Declaration[] {
  if (!isObject(metadata)) {
    return [];
  }
  return Object.entries(metadata).flatMap(([path, entries]) =>
    listOf(entries)
      .filter(entry => valueAt(entry, 'type') === type)
      .map(entry => ({ constructPath: withoutSlash(path), data: valueAt(entry, 'data') ?? null })),
  );
}

/** What an assembly says of resources and what is meant. */
interface Said<T> {
  readonly resources: T;
  readonly declarations: readonly DeclarationModel[];
}

/**
 * The same with ARNs for the declared roles and buckets that a text alone stands for, such as an import: a role is one
 * of the account of the stack, and nothing else is said of it.
 */
export function withArns<T>(
  { resources, declarations }: Said<T>,
  stacks: readonly StackTemplate[],
  resolver: Resolution,
): Said<T> {
  const arns = declarations.flatMap(declaration => {
    const stack = innermostOf(stacks, declaration.constructPath);
    return stack === undefined ? [] : arnsOf(declaration, resolver.environmentOf(stack));
  });
  return arns.length === 0
    ? { resources, declarations }
    : (JSON.parse(
        arns.reduce(
          (text, [symbol, arn]) => text.replaceAll(`"${symbol}`, () => `"${arn}`),
          JSON.stringify({ resources, declarations }),
        ),
      ) as Said<T>);
}

function arnsOf(
  declaration: DeclarationModel,
  { partition, account }: Environment,
): ReadonlyArray<readonly [symbol: string, arn: string]> {
  const { roleArn, onPremisesRoles, exemptPrincipalArns, buckets } = declaration;
  const roles = [roleArn, ...(onPremisesRoles ?? []).map(each => each.roleArn), ...exemptPrincipalArns];
  const ofText = (texts: readonly string[], prefix: string) =>
    texts.filter(isOneSymbol).map(symbol => [symbol, `${prefix}${symbol}`] as const);
  return [
    ...ofText([...new Set(roles)], `arn:${partition}:iam::${account}:role/`),
    ...ofText([...new Set(buckets.map(({ arn }) => arn))], `arn:${partition}:s3:::`),
  ];
}

function isOneSymbol(text: string): boolean {
  return /^<[^<>]+>$/.test(text);
}

function innermostOf(stacks: readonly StackTemplate[], constructPath: string): StackTemplate | undefined {
  const [innermost] = stacks
    .filter(stack => stack.constructPath !== undefined && isBelow(constructPath, stack.constructPath))
    .sort((one, other) => (other.constructPath ?? '').length - (one.constructPath ?? '').length);
  return innermost;
}

/** The access lists of an assembly, each resolved in the innermost stack that its construct is in. */
export function declarationModels(stacks: readonly StackTemplate[], resolver: Resolution): DeclarationModel[] {
  const declarations = stacks.filter(({ parent }) => parent === undefined).flatMap(({ declarations: all = [] }) => all);
  return resolvedData(declarations, DECLARED_ACCESS, stacks, resolver).map(({ constructPath, data }) => ({
    constructPath,
    ...modelOf(data),
  }));
}

/** Whom the owners of buckets let into them. */
export function visitorsOf(stacks: readonly StackTemplate[], resolver: Resolution): DeclaredVisitors[] {
  const declarations = stacks.filter(({ parent }) => parent === undefined).flatMap(({ visitors = [] }) => visitors);
  return resolvedData(declarations, DECLARED_VISITORS, stacks, resolver).map(({ data }) => ({
    bucketArn: textOf(valueAt(data, 'bucketArn')) ?? '',
    visitors: listOf(valueAt(data, 'visitors')).map(visitorOf),
  }));
}

function visitorOf(visitor: Json): DeclaredVisitor {
  return { roleArn: textOf(valueAt(visitor, 'roleArn')) ?? '', tagKey: textOf(valueAt(visitor, 'tagKey')) };
}

function resolvedData(
  declarations: readonly Declaration[],
  type: string,
  stacks: readonly StackTemplate[],
  resolver: Resolution,
): Declaration[] {
  return declarations.flatMap(({ constructPath, data }) => {
    const innermost = innermostOf(stacks, constructPath);
    const resolved = innermost && resolver.resolve(data, { stack: innermost, logicalId: constructPath, path: type });
    return resolved === undefined ? [] : [{ constructPath, data: resolved }];
  });
}

/**
 * The account of a stack without a concrete one, where a declared role tells it: an instance profile holds roles of
 * its own account only. Where the organization boundary names accounts, the stack is deployed to one of them: the
 * first speaks for all.
 */
export function accountDeclared(declarations: readonly Declaration[] = []): string | undefined {
  const ofRoles = declarations.map(
    ({ data }) => /:iam::(\d{12}):role\//.exec(JSON.stringify(valueAt(data, 'roleArn') ?? ''))?.[1],
  );
  const named = declarations.flatMap(({ data }) => textsOf(valueAt(data, 'accounts')));
  return [...ofRoles, ...named].find(each => each !== undefined);
}

function modelOf(resolved: Json): Omit<DeclarationModel, 'constructPath'> {
  return {
    roleArn: textOf(valueAt(resolved, 'roleArn')) ?? '',
    accounts: textsOf(valueAt(resolved, 'accounts')),
    organizationId: textOf(valueAt(resolved, 'organizationId')),
    organizationalUnitPaths: textsOf(valueAt(resolved, 'organizationalUnitPaths')),
    credentialBinding: valueAt(resolved, 'credentialBinding') !== false,
    deploymentRoleArns: textsOf(valueAt(resolved, 'deploymentRoleArns')),
    ...placement(resolved),
    ...(valueAt(resolved, 'isOfParts') === true ? { isOfParts: true } : {}),
    ...(valueAt(resolved, 'isRemoved') === true ? { isRemoved: true } : {}),
    exemptPrincipalArns: textsOf(valueAt(resolved, 'exemptPrincipalArns')),
    endpointIds: textsOf(valueAt(resolved, 'endpointIds')),
    buckets: listOf(valueAt(resolved, 'buckets')).map(bucketOf),
    onPremisesRoles: listOf(valueAt(resolved, 'onPremisesRoles')).map(onPremisesRole => ({
      roleArn: textOf(valueAt(onPremisesRole, 'roleArn')) ?? '',
      ...bucketOf(onPremisesRole),
    })),
    logBuckets: textsOf(valueAt(resolved, 'logBuckets')),
    roleStatements: listOf(valueAt(resolved, 'roleStatements')).filter(isObject),
    awsOwned: listOf(valueAt(resolved, 'awsOwned')).map(bucket => ({
      objects: textOf(valueAt(bucket, 'objects')) ?? '',
      action: textOf(valueAt(bucket, 'action')) ?? '',
      account: textOf(valueAt(bucket, 'account')),
      signedByRole: valueAt(bucket, 'signedByRole') === true,
    })),
  };
}

function bucketOf(bucket: Json): DeclarationModel['buckets'][number] {
  return {
    arn: textOf(valueAt(bucket, 'arn')) ?? '',
    hasPerimeter: valueAt(bucket, 'hasPerimeter') === true,
    ...taskRolesOf(bucket),
    grants: listOf(valueAt(bucket, 'grants')).map(grant => ({
      actions: textsOf(valueAt(grant, 'actions')),
      prefix: textOf(valueAt(grant, 'prefix')),
      ...said(grant, 'key'),
      ...said(grant, 'acl'),
      ...said(grant, 'accessPointArn'),
    })),
  };
}

function taskRolesOf(bucket: Json): Pick<DeclarationModel['buckets'][number], 'taskRoles'> {
  const tasks = listOf(valueAt(bucket, 'taskRoles')).map(each => ({
    roleArn: textOf(valueAt(each, 'roleArn')) ?? '',
    actions: textsOf(valueAt(each, 'actions')),
  }));
  return tasks.length === 0 ? {} : { taskRoles: tasks };
}

/** What is only said where it is not as usual. */
function placement(resolved: Json): Pick<DeclarationModel, 'hopLimit' | 'elsewhere'> {
  const hopLimit = Number(textOf(valueAt(resolved, 'hopLimit')) ?? '1');
  const elsewhere = valueAt(resolved, 'elsewhere');
  return {
    ...(hopLimit > 1 ? { hopLimit } : {}),
    ...(elsewhere === undefined
      ? {}
      : {
          elsewhere: {
            subnetIds: textsOf(valueAt(elsewhere, 'subnetIds')),
            securityGroupIds: textsOf(valueAt(elsewhere, 'securityGroupIds')),
          },
        }),
  };
}

function said<K extends string>(grant: Json, name: K): { [name in K]?: string } {
  const text = textOf(valueAt(grant, name));
  return text === undefined ? {} : ({ [name]: text } as { [name in K]: string });
}
