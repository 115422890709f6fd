import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DerivedPolicyDocument } from '../../src/private/derived-policy-document';
import { newStack } from '../support/resources';

const named = (sid: string) => new PolicyStatement({ sid, actions: ['s3:GetObject'], resources: ['*'] });

function sidsOf(document: DerivedPolicyDocument): string[] {
  return (newStack().resolve(document) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
}

describe('DerivedPolicyDocument', () => {
  test('derives its statements when it is rendered', () => {
    const derived: PolicyStatement[] = [];
    const document = new DerivedPolicyDocument(() => derived);
    derived.push(named('Later'));
    expect(sidsOf(document)).toEqual(['Later']);
  });

  test('puts statements that are added behind those that are derived', () => {
    const document = new DerivedPolicyDocument(() => [named('Derived')]);
    document.addStatements(named('Added'));
    expect(sidsOf(document)).toEqual(['Derived', 'Added']);
  });

  test('keeps statements apart that differ by their name only', () => {
    expect(sidsOf(new DerivedPolicyDocument(() => [named('One'), named('Two')]))).toEqual(['One', 'Two']);
  });

  test('is empty only as long as there is nothing to derive', () => {
    const derived: PolicyStatement[] = [];
    const document = new DerivedPolicyDocument(() => derived);
    expect(document.isEmpty).toBe(true);
    derived.push(named('Later'));
    expect(document.isEmpty).toBe(false);
  });
});
