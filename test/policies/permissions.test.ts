import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { BucketAccess } from '../../src';
import { wildcardMatch } from '../../src/iam';
import { bucketPermissions, objectPermissions } from '../../src/policies/permissions';
import { sidOf, viaService, withUniqueSids } from '../../src/policies/statements';
import { newStack } from '../support/resources';

const stack = newStack();
const role = Role.fromRoleName(stack, 'Role', 'Workload');
const bucket = Bucket.fromBucketName(stack, 'Bucket', 'their-bucket');
const grant = (access: BucketAccess[]) => ({ role, bucket, access });

const withRoot = (prefix = 'a/') => BucketAccess.readOnly(prefix, { prefixRoot: true });
const FACTORIES = [BucketAccess.readOnly, BucketAccess.writeOnly, BucketAccess.readWrite, withRoot];
const accesses = fc.array(
  fc
    .tuple(fc.constantFrom(...FACTORIES), fc.constantFrom(undefined, 'a/', 'a/b/', 'a/b/c/', 'ab/', 'z/'))
    .map(([factory, prefix]) => factory(prefix)),
  { minLength: 1, maxLength: 6 },
);

/** Whether something may be done with the objects of a key prefix. */
const grants = (access: readonly BucketAccess[], action: string, asked: string) =>
  access
    .flatMap(({ _lines }) => _lines)
    .some(
      ({ objectActions, prefix = '', key }) =>
        objectActions.includes(action) && (key === undefined ? asked.startsWith(prefix) : asked === key),
    );

describe('the permissions of overlapping accesses', () => {
  test('allow exactly what the accesses allow', () => {
    fc.assert(
      fc.property(
        accesses,
        fc.constantFrom('a/x', 'a/b/x', 'a/b/c/x', 'ab/x', 'z/x', 'x', 'a', 'a/b', 'ab'),
        (access, key) => {
          for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
            const allowed = objectPermissions([grant(access)]).some(
              ({ actions, keys = ['*'] }) =>
                actions.includes(action) && keys.some(pattern => wildcardMatch(pattern, key)),
            );
            expect(allowed).toBe(grants(access, action, key));
          }
        },
      ),
    );
  });

  test('name each action once', () => {
    fc.assert(
      fc.property(accesses, access => {
        [objectPermissions, bucketPermissions].forEach(permissions => {
          const actions = permissions([grant(access)]).flatMap(each => each.actions);
          expect(new Set(actions).size).toBe(actions.length);
        });
      }),
    );
  });

  test('do not depend on the order of accesses, nor on how they are spread over grants', () => {
    fc.assert(
      fc.property(accesses, access => {
        const expected = objectPermissions([grant(access)]);
        expect(objectPermissions([grant([...access].reverse())])).toEqual(expected);
        expect(objectPermissions(access.map(each => grant([each])))).toEqual(expected);
      }),
    );
  });

  test('have no keys that others cover', () => {
    fc.assert(
      fc.property(accesses, access =>
        objectPermissions([grant(access)]).forEach(({ keys = [] }) =>
          expect(keys.filter(one => keys.some(other => other !== one && wildcardMatch(other, one)))).toEqual([]),
        ),
      ),
    );
  });
});

describe('the names of statements', () => {
  test.each<[string[], string]>([
    [['s3:ListBucket', 's3:GetBucketLocation'], 'ListDataBuckets'],
    [['s3:GetBucketLocation'], 'LocateDataBuckets'],
    [['s3:GetObject'], 'ReadObjects'],
    [['s3:RestoreObject'], 'ReadObjects'],
    [['s3:PutObject'], 'WriteObjects'],
    [['s3:DeleteObject'], 'WriteObjects'],
    [['s3:GetObject', 's3:PutObject'], 'ReadWriteObjects'],
  ])('say what %j is about: %s', (actions, expected) => {
    expect(sidOf(actions)).toBe(expected);
  });

  test('are numbered where they occur more than once', () => {
    expect(withUniqueSids(['A', 'B', 'A', 'A'].map(sid => new PolicyStatement({ sid }))).map(({ sid }) => sid)).toEqual(
      ['A', 'B', 'A2', 'A3'],
    );
  });
});

describe('the service that a key is used through', () => {
  test('has one name where the Region is known', () => {
    expect(viaService('s3', 'eu-west-1')).toEqual(['s3.eu-west-1.amazonaws.com']);
  });

  test.each([
    ['in China', 'cn-north-1'],
    ['in an unknown Region', Aws.REGION],
  ])('has also the name of its partition %s', (_, region) => {
    expect(viaService('s3', region)).toEqual([`s3.${region}.amazonaws.com`, `s3.${region}.${Aws.URL_SUFFIX}`]);
  });
});
