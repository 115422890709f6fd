import type { BucketInput } from './proof-input';
import { ConditionJson, objectsIn, PolicyJson } from '../iam';

/** The context key that says which access point a request comes through. */
export const ACCESS_POINT = 's3:DataAccessPointArn';

/** The context key that says which ACL a request sets. */
export const ACL = 's3:x-amz-acl';

/** The access list as a policy: its actions and prefixes are constants like those of the policies. */
export function declaredConstants({ arn, declared = [] }: BucketInput): readonly PolicyJson[] {
  return declared.map(({ accessPointArn, acl, actions, prefix = '', key }): PolicyJson => {
    const way: ConditionJson = {
      ...(accessPointArn === undefined ? {} : { ArnEquals: { [ACCESS_POINT]: accessPointArn } }),
      ...(acl === undefined ? {} : { StringEquals: { [ACL]: acl } }),
    };
    const keys = key ?? `${prefix}*`;
    return {
      Statement: [
        { Effect: 'Allow', Action: actions, Resource: `${objectsIn(arn)}${keys}`, Condition: way },
        {
          Effect: 'Allow',
          Action: actions,
          Resource: arn,
          Condition: { ...way, ...(keys === '*' ? {} : { StringLike: { 's3:prefix': keys } }) },
        },
      ],
    };
  });
}
