import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { everyOptionInput, quickStartInput } from './inputs';
import { resultOf } from './results';
import { adding, changing, withBucket } from './sabotage';
import type { StatementJson } from '../../src/iam';
import { asList } from '../../src/iam/document';
import { policiesOf } from '../../src/proof';
import { isOwnDeny } from '../../src/proof/own-denies';
import { IRELAND } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const documents = [quickStartInput(), everyOptionInput()]
  .flatMap(policiesOf)
  .map(({ Statement }) => asList(Statement))
  .filter(statements => statements.some(({ Effect: effect }) => effect === 'Deny'));

test('each Deny that the library makes is known by what it says, whatever it is called', () => {
  const unknown = documents.flatMap(statements =>
    statements
      .filter(each => each.Effect === 'Deny')
      .filter(each => !isOwnDeny(each, statements) || !isOwnDeny({ ...each, Sid: 'Renamed' }, statements)),
  );
  expect(documents.length).toBeGreaterThan(5);
  expect(unknown).toEqual([]);
});

/** A Deny of versions to somebody who is kept out anyway. */
const USERS: StatementJson = {
  Sid: 'DenyOldTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetObjectVersion',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalAccount': '999900001111' } },
};

test('a Deny of a user is not taken for one of the library by its name', () => {
  expect(isOwnDeny(USERS, [USERS])).toBe(false);
  const input = withBucket(quickStartInput(), adding({ ...USERS, Sid: 'DenyCustomerProvidedKeys2' }));
  expect(resultOf(input, 'no-dead-statement').outcome).toBe('holds');
});

test('a Deny of the library that another makes void is dead, whatever it is called', () => {
  const edit = changing('DenyKmsWithoutKeyId', ({ Condition }) => ({
    Sid: 'Renamed',
    Condition: { ...Condition, StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
  }));
  const found = resultOf(withBucket(quickStartInput(), edit), 'no-dead-statement').counterexamples;
  expect(found.map(({ request }) => request)).toContainEqual(expect.stringContaining('statement Renamed'));
});

test('the same Deny of a user and of the library is not called dead: either is enough', () => {
  const { violations } = validated((app: App) => {
    const bucket = quickStart(new Stack(app, 'Training', { env: IRELAND })).dataBucket('UserData');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Mine',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [bucket.bucketArn, bucket.arnForObjects('*')],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });
  expect(violations).toEqual([]);
});
