import { App, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { StatementJson } from '../../src/iam';
import { asList } from '../../src/iam/document';

export const ORGANIZATION = 'o-a1b2c3d4e5';
export const OU = 'ou-ab12-11111111';

/** A policy of the organization that a user writes by hand. */
function attach(app: App, type: string, statements: StatementJson | readonly StatementJson[]): void {
  const stack = (app.node.tryFindChild('Management') ??
    new Stack(app, 'Management', { env: { account: '000011112222', region: 'us-east-1' } })) as Stack;
  const name = `Policy${stack.node.children.length}`;
  const content = { Version: '2012-10-17', Statement: asList(statements) };
  new CfnPolicy(stack, name, { name, type, targetIds: [OU], content });
}

export function serviceControl(app: App, statements: StatementJson | readonly StatementJson[]): void {
  attach(app, 'SERVICE_CONTROL_POLICY', statements);
}

export function resourceControl(app: App, statements: StatementJson | readonly StatementJson[]): void {
  attach(app, 'RESOURCE_CONTROL_POLICY', statements);
}
