import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describe as line, refuse } from '../../src/private/errors';
import { errorOf, newStack } from '../support/resources';

const PROBLEM = { prop: 'size', got: 7, allowed: '1 to 6', fix: 'take 6' };

describe('the error grammar', () => {
  test('names place, prop, value, what is allowed and the fix', () => {
    expect(line('Factory.make', PROBLEM)).toBe('Factory.make: size: got 7, allowed: 1 to 6, fix: take 6');
  });

  test('names a construct by its path', () => {
    expect(line(new Construct(newStack(), 'Part'), PROBLEM)).toBe(
      'Training/Part: size: got 7, allowed: 1 to 6, fix: take 6',
    );
  });

  test('has one line for each problem, all of them in one error', () => {
    expect(errorOf(() => refuse('Factory.make', [PROBLEM, { ...PROBLEM, prop: 'weight' }]))).toBe(
      [
        'Factory.make: size: got 7, allowed: 1 to 6, fix: take 6',
        'Factory.make: weight: got 7, allowed: 1 to 6, fix: take 6',
      ].join('\n'),
    );
  });

  test('is not used when nothing is wrong', () => {
    expect(() => refuse('Factory.make', [])).not.toThrow();
  });
});

describe('the value in an error', () => {
  const got = (value: unknown) => /got (.*), allowed/.exec(line('Here', { ...PROBLEM, got: value }))?.[1];

  test.each<[string, unknown, string]>([
    ['a string, with its quotes', 'a b', '"a b"'],
    ['control characters, escaped', 'a\nb', '"a\\nb"'],
    ['nothing', undefined, 'nothing'],
    ['null', null, 'nothing'],
    ['an empty list', [], 'an empty list'],
    ['a list', ['a', 'b'], '"a", "b"'],
    ['an empty map', {}, 'an empty map'],
    ['a token', Aws.REGION, 'a value that is known at deployment only'],
    ['a token in a text', `x-${Aws.REGION}`, 'a value that is known at deployment only'],
  ])('is %s', (_, value, expected) => {
    expect(got(value)).toBe(expected);
  });

  test('is the path of a construct', () => {
    expect(got(new Construct(newStack(), 'Part'))).toBe('Training/Part');
  });

  test('is printable when a construct is inside of it', () => {
    expect(got({ bucket: new Construct(newStack(), 'Part') })).toContain('Training/Part');
  });
});
