import { IResolveContext } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * A policy document whose first statements are derived when the template is rendered, so that grants made after the
 * policy's construct reach it; statements that users add themselves follow.
 *
 * Statements are never minimized: each keeps its `Sid`, so no feature flag changes the document.
 */
export class DerivedPolicyDocument extends PolicyDocument {
  constructor(private readonly derive: () => PolicyStatement[]) {
    super({ minimize: false });
  }

  public get isEmpty(): boolean {
    return super.isEmpty && this.derive().length === 0;
  }

  public resolve(context: IResolveContext): unknown {
    const derived = new PolicyDocument({ minimize: false, statements: this.derive() });
    const statements = [derived.resolve(context), super.resolve(context)].flatMap(statementsOf);
    return { Statement: statements, Version: '2012-10-17' };
  }
}

function statementsOf(document: unknown): unknown[] {
  return (document as { Statement?: unknown[] } | undefined)?.Statement ?? [];
}
