import type { BucketInput } from './proof-input';
import { ConditionJson, objectsIn, PolicyJson } from '../iam';

/** The context key that says which access point a request comes through. */
export const ACCESS_POINT = 's3:DataAccessPointArn';

/** The access list as a policy: its actions and prefixes are constants like those of the policies. */
export function declaredConstants({ arn, declared = [] }: BucketInput): readonly PolicyJson[] {
  return declared.map(({ accessPointArn, actions, prefix = '', key }): PolicyJson => {
    const way: ConditionJson = accessPointArn === undefined ? {} : { ArnEquals: { [ACCESS_POINT]: accessPointArn } };
    return {
      Statement:
        key !== undefined
          ? [{ Effect: 'Allow', Action: actions, Resource: `${arn}/${key}` }]
          : [
              { Effect: 'Allow', Action: actions, Resource: `${objectsIn(arn)}${prefix}*`, Condition: way },
              {
                Effect: 'Allow',
                Action: actions,
                Resource: arn,
                Condition: { ...way, ...(prefix === '' ? {} : { StringLike: { 's3:prefix': `${prefix}*` } }) },
              },
            ],
    };
  });
}
