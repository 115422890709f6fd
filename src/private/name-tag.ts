import { Tags } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The longest value of a tag.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
const LONGEST = 256;

/** Names a resource by the path of a construct, of which the end is kept where it is too long for a tag. */
export function nameByPath(resource: IConstruct, { node }: IConstruct = resource): void {
  Tags.of(resource).add('Name', node.path.slice(-LONGEST));
}
