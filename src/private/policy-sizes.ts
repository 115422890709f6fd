import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Problem } from './errors';

/**
 * The limits of policy documents, in characters.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
export const POLICY_LIMITS = {
  managedPolicy: 6_144,
  bucketPolicy: 20_480,
  endpointPolicy: 20_480,
  keyPolicy: 32_768,
} as const;

/** What CloudFormation fills in is counted with the longest value that it can have. */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};
const LONGEST_NAME = 64;
const LONGEST_ARN = 'arn:aws-us-gov:iam::111122223333:role/'.length + LONGEST_NAME;

/** An upper bound for the characters that a document has when CloudFormation has resolved it, without white space. */
export function documentSize(scope: IConstruct, document: PolicyDocument): number {
  return size(Stack.of(scope).resolve(document));
}

/** What is wrong with the size of a document, for a validation at synthesis. */
export function sizeProblems(scope: IConstruct, document: PolicyDocument, limit: number, fix: string): Problem[] {
  const characters = documentSize(scope, document);
  return characters <= limit ? [] : [{ prop: 'accessList', got: `a policy of ${characters} characters`, allowed: `${limit} characters`, fix }];
}

/** Distributes statements over documents under the limit, in order; a statement that is too long alone is cut by its resources. */
export function distribute(scope: IConstruct, statements: readonly PolicyStatement[], limit: number): PolicyStatement[][] {
  const documents: PolicyStatement[][] = [[]];
  for (const statement of statements.flatMap(each => cut(scope, each, limit))) {
    const last = documents[documents.length - 1];
    if (last.length > 0 && statementsSize(scope, [...last, statement]) > limit) {
      documents.push([statement]);
    } else {
      last.push(statement);
    }
  }
  return documents;
}

function statementsSize(scope: IConstruct, statements: PolicyStatement[]): number {
  return documentSize(scope, new PolicyDocument({ minimize: false, statements }));
}

function cut(scope: IConstruct, statement: PolicyStatement, limit: number): PolicyStatement[] {
  const { resources, sid } = statement;
  if (resources.length < 2 || statementsSize(scope, [statement]) <= limit) { return [statement]; }
  const middle = Math.ceil(resources.length / 2);
  return [
    ...cut(scope, statement.copy({ sid: sid && `${sid}A`, resources: resources.slice(0, middle) }), limit),
    ...cut(scope, statement.copy({ sid: sid && `${sid}B`, resources: resources.slice(middle) }), limit),
  ];
}

function size(value: unknown): number {
  if (typeof value !== 'object' || value === null) { return JSON.stringify(value)?.length ?? 0; }
  if (Array.isArray(value)) { return 2 + Math.max(0, value.length - 1) + value.map(size).reduce((sum, each) => sum + each, 0); }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0][0])) { return 2 + intrinsicSize(entries[0][0], entries[0][1]); }
  return 2 + Math.max(0, entries.length - 1) + entries.map(([key, each]) => key.length + 3 + size(each)).reduce((sum, each) => sum + each, 0);
}

/** The characters of the string that an intrinsic function becomes, without its quotes. */
function intrinsicSize(name: string, value: unknown): number {
  if (name === 'Ref') { return LONGEST[String(value)] ?? LONGEST_NAME; }
  if (name === 'Fn::Join' && Array.isArray(value) && Array.isArray(value[1])) {
    const [separator, parts] = value as [string, unknown[]];
    return separator.length * Math.max(0, parts.length - 1) + parts.map(part => size(part) - 2).reduce((sum, each) => sum + each, 0);
  }
  return LONGEST_ARN;
}
