import { Annotations, AspectPriority, Aspects } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { readable } from './readable';

/** What somebody else must do, because a policy is not ours to touch. */
export interface Announcement {
  /** The id that the warning is acknowledged by. */
  readonly id: string;
  /** What is not touched, and who must do what. */
  readonly text: string;
  /** The statements that it is about, when the tree is complete; without one there is nothing to announce. */
  readonly statements: () => PolicyStatement[];
}

/**
 * Warns on a construct with statements in full, which are only known when the tree is complete; the CDK does not
 * resolve tokens in a warning.
 */
export function announce(construct: IConstruct, { id, text, statements }: Announcement): void {
  warnWhenComplete(construct, id, () =>
    statements().length === 0 ? undefined : `${text}: ${readable(construct, statements())}`,
  );
}

/**
 * Warns on a construct with a text that is only known when the tree is complete; without a text there is nothing to
 * warn of.
 */
export function warnWhenComplete(construct: IConstruct, id: string, text: () => string | undefined): void {
  let warned = false;
  const visit = (node: IConstruct) => {
    const known = node !== construct || warned ? undefined : text();
    if (known === undefined) {
      return;
    }
    warned = true;
    Annotations.of(construct).addWarningV2(`cdk-private-ec2-s3-access:${id}`, `${construct.node.path}: ${known}`);
  };
  Aspects.of(construct).add({ visit }, { priority: AspectPriority.READONLY });
}
