import { textOf, textsOf } from './json';
import type { ConflictModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { refTo, ResourceIndex } from './resource-index';

/** What AWS has one of: the type that makes it, what it is of, and how both are called in a sentence. */
const ONLY_ONE: ReadonlyArray<{
  readonly type: string;
  readonly owners: (resource: ResolvedResource) => readonly string[];
  readonly kind: ConflictModel['kind'];
}> = [
  { type: 'AWS::S3::BucketPolicy', owners: each => property(each, 'Bucket').map(bucketName), kind: 'bucket policy' },
  { type: 'AWS::EC2::SubnetRouteTableAssociation', owners: each => property(each, 'SubnetId'), kind: 'route table' },
  { type: 'AWS::EC2::SubnetNetworkAclAssociation', owners: each => property(each, 'SubnetId'), kind: 'network ACL' },
];

/**
 * What an assembly defines twice and AWS has one of: CloudFormation refuses the second, or it takes the place of the
 * first, in whatever stack either is.
 */
export function conflictsOf(index: ResourceIndex): ConflictModel[] {
  return ONLY_ONE.flatMap(({ type, owners, kind }) => {
    const seen = new Map<string, ResolvedResource>();
    return index.ofType(type).flatMap(resource =>
      owners(resource).flatMap(owner => {
        const first = seen.get(owner);
        seen.set(owner, first ?? resource);
        return first === undefined ? [] : [{ kind, owner, first: refTo(first), where: refTo(resource) }];
      }),
    );
  });
}

function property({ properties }: ResolvedResource, name: string): string[] {
  return textsOf(properties[name]);
}

/** A bucket goes by its name; its ARN where the name was meant is no spelling of it, and is taken for one. */
function bucketName(name: string): string {
  return textOf(name.split(':::').pop()) ?? name;
}
