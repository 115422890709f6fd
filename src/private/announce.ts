import { Annotations, AspectPriority, Aspects } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { readable } from './readable';
import { Requirement, requirePolicy } from './required-policy';

/** What somebody else must do, because a policy is not ours to touch. */
export interface Announcement extends Requirement {
  /** The id that the warning is acknowledged by. */
  readonly id: string;
  /** What is not touched, and who must do what. */
  readonly text: string;
}

/**
 * Notes what somebody else must do, and warns of it with the statements in full, which are only known when the tree is
 * complete; the CDK does not resolve tokens in a warning.
 */
export function announce(construct: IConstruct, { id, text, ...requirement }: Announcement): void {
  const { statements } = requirement;
  requirePolicy(construct, requirement);
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
