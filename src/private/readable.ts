import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** Statements as JSON for people: what CloudFormation fills in stands as `${LogicalId.Attribute}`. */
export function readable(scope: IConstruct, statements: readonly PolicyStatement[]): string {
  return JSON.stringify(plain(Stack.of(scope).resolve(statements.map(statement => statement.toStatementJson()))));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(plain); }
  if (typeof value !== 'object' || value === null) { return value; }
  const entries = Object.entries(value);
  if (entries.length === 1 && /^(Ref|Fn::)/.test(entries[0][0])) { return intrinsic(entries[0][0], entries[0][1]); }
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}

function intrinsic(name: string, value: unknown): string {
  if (name === 'Fn::Join' && Array.isArray(value)) { return (value[1] as unknown[]).map(plain).join(String(value[0])); }
  return `\${${(Array.isArray(value) ? value : [value]).map(each => typeof each === 'string' ? each : JSON.stringify(plain(each))).join('.')}}`;
}
