import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Problem } from './errors';

export { POLICY_LIMITS } from '../iam';

/** The longest values of pseudo parameters, and of the names of what policies name here. */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::EC2::VPCEndpoint': 'vpce-0123456789abcdef0'.length,
  'AWS::IAM::Role': 64,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'us-isof-south-1'.length,
  'AWS::S3::Bucket': 63,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};
const LONGEST_ARNS: Readonly<Record<string, number>> = {
  'AWS::KMS::Key': 'arn:aws-us-gov:kms:us-isof-south-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef'.length,
  'AWS::S3::Bucket': 'arn:aws-us-gov:s3:::'.length + 63,
};
/** Another stack's bucket, key or role: a role under a path of over a hundred characters would be longer. */
const LONGEST_IMPORT = 200;
/** Anything else. */
const LONGEST_VALUE = 600;

/** An upper bound for the characters that a document has when CloudFormation has resolved it, without white space. */
export function documentSize(scope: IConstruct, document: PolicyDocument): number {
  return new Sizer(scope).size(document);
}

/** The same for any content of a policy. */
export function sizeOf(scope: IConstruct, content: object): number {
  return new Sizer(scope).size(content);
}

/** What is wrong with the size of a document, for a validation at synthesis. */
export function sizeProblems(scope: IConstruct, document: PolicyDocument, limit: number, fix: string): Problem[] {
  const characters = documentSize(scope, document);
  return characters <= limit
    ? []
    : [{ prop: 'accessList', got: `a policy of ${characters} characters`, allowed: `${limit} characters`, fix }];
}

/**
 * Distributes statements over documents under the limit, in order; a statement that is too long alone is cut by its
 * resources.
 */
export function distribute(
  scope: IConstruct,
  statements: readonly PolicyStatement[],
  limit: number,
): PolicyStatement[][] {
  const sizer = new Sizer(scope);
  const documents: PolicyStatement[][] = [];
  let size = limit;
  for (const { statement, alone } of statements.flatMap(each => cut(sizer, each, limit))) {
    const larger = size + ','.length + alone - EMPTY_DOCUMENT.length;
    if (larger > limit) {
      documents.push([]);
    }
    size = larger > limit ? alone : larger;
    documents[documents.length - 1].push(statement);
  }
  return documents;
}

const EMPTY_DOCUMENT = '{"Statement":[],"Version":"2012-10-17"}';

/** A statement, and the size of a document with it alone. */
interface SizedStatement {
  readonly statement: PolicyStatement;
  readonly alone: number;
}

function cut(sizer: Sizer, statement: PolicyStatement, limit: number): SizedStatement[] {
  const { resources, sid } = statement;
  const alone = sizer.size(new PolicyDocument({ minimize: false, statements: [statement] }));
  if (resources.length < 2 || alone <= limit) {
    return [{ statement, alone }];
  }
  const middle = Math.ceil(resources.length / 2);
  return [
    ...cut(sizer, statement.copy({ sid: sid && `${sid}A`, resources: resources.slice(0, middle) }), limit),
    ...cut(sizer, statement.copy({ sid: sid && `${sid}B`, resources: resources.slice(middle) }), limit),
  ];
}

/**
 * Counts the characters of documents: what CloudFormation fills in is counted with the longest value that it can
 * have.
 */
class Sizer {
  private readonly stack: Stack;
  private readonly resources: ReadonlyMap<string, CfnResource>;

  constructor(scope: IConstruct) {
    this.stack = Stack.of(scope);
    this.resources = new Map(
      this.stack.node
        .findAll()
        .filter(CfnResource.isCfnResource)
        .map(resource => [this.stack.resolve(resource.logicalId) as string, resource]),
    );
  }

  public size(document: object): number {
    return this.count(this.stack.resolve(document));
  }

  private count(value: unknown): number {
    if (typeof value !== 'object' || value === null) {
      return JSON.stringify(value)?.length ?? 0;
    }
    if (Array.isArray(value)) {
      return 2 + Math.max(0, value.length - 1) + this.sum(value);
    }
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    if (entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0][0])) {
      return 2 + this.filledIn(entries[0][0], entries[0][1]);
    }
    return (
      2 +
      Math.max(0, entries.length - 1) +
      entries.map(([key]) => key.length + 3).reduce(plus, 0) +
      this.sum(entries.map(([, each]) => each))
    );
  }

  private sum(values: readonly unknown[]): number {
    return values.map(value => this.count(value)).reduce(plus, 0);
  }

  /** The characters of the string that an intrinsic function becomes, without its quotes. */
  private filledIn(name: string, value: unknown): number {
    if (name === 'Fn::Join') {
      const [separator, parts] = value as [string, unknown[]];
      return separator.length * Math.max(0, parts.length - 1) + this.sum(parts) - 2 * parts.length;
    }
    if (name === 'Ref') {
      return LONGEST[value as string] ?? LONGEST[this.typeOf(value as string)] ?? LONGEST_VALUE;
    }
    if (name === 'Fn::GetAtt') {
      return this.longestArn((value as string[])[0]);
    }
    return name === 'Fn::ImportValue' ? LONGEST_IMPORT : LONGEST_VALUE;
  }

  private typeOf(id: string): string {
    return this.resources.get(id)?.cfnResourceType ?? '';
  }

  private longestArn(id: string): number {
    const type = this.typeOf(id);
    const { path } = (this.resources.get(id) ?? {}) as { path?: string };
    const pathLength = path === undefined ? 1 : Token.isUnresolved(path) ? 512 : path.length;
    return type === 'AWS::IAM::Role'
      ? 'arn:aws-us-gov:iam::111122223333:role'.length + pathLength + LONGEST[type]
      : (LONGEST_ARNS[type] ?? LONGEST_VALUE);
  }
}

function plus(one: number, other: number): number {
  return one + other;
}
