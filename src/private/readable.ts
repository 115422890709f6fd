import { CfnElement, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/**
 * Statements as JSON for people. What CloudFormation fills in stands between angle brackets, by its construct path,
 * so that it cannot be mistaken for a policy variable.
 */
export function readable(scope: IConstruct, statements: readonly PolicyStatement[]): string {
  const stack = Stack.of(scope);
  const paths = new Map(
    stack.node.root.node
      .findAll()
      .filter(CfnElement.isCfnElement)
      .map(element => [stack.resolve(element.logicalId) as string, element.node.path]),
  );
  return JSON.stringify(plain(stack.resolve(statements.map(statement => statement.toStatementJson())), paths));
}

function plain(value: unknown, paths: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    return value.map(each => plain(each, paths));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (join !== undefined) {
    return join[1].map(each => plain(each, paths)).join(join[0]);
  }
  if (attribute !== undefined) {
    return `<${paths.get(attribute[0]) ?? attribute[0]}.${attribute[1]}>`;
  }
  if (ref !== undefined) {
    return `<${paths.get(ref) ?? ref}>`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each, paths)]));
}
