import * as fc from 'fast-check';
import { operatorNamed } from '../../../src/iam/operators';
import { Comparison, keyValues } from '../../../src/proof/texts/key-values';

const holds = ({ operator, value }: Comparison, actual: string) => operatorNamed(operator).compare(actual, value);

function answersOf(comparisons: readonly Comparison[], values: readonly string[]): Set<string> {
  return new Set(values.map(value => comparisons.map(each => holds(each, value)).join()));
}

const text = (characters: readonly string[], maxLength = 4) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });

/** Comparisons of each family, and values of its keys, of which many are just within or just outside of them. */
const FAMILIES: Readonly<
  Record<
    string,
    {
      readonly operators: readonly string[];
      readonly constants: fc.Arbitrary<string>;
      readonly actual: fc.Arbitrary<string>;
    }
  >
> = {
  texts: {
    operators: ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringNotLike', 'StringNotEqualsIgnoreCase'],
    constants: text(['a', 'B', '*', '?', '/']),
    actual: text(['a', 'A', 'B', 'b', '/', 'z'], 6),
  },
  ARNs: {
    operators: ['ArnLike', 'ArnEquals', 'StringLike', 'ArnNotLike'],
    constants: fc.array(text(['a', '*', '?'], 3), { minLength: 5, maxLength: 7 }).map(parts => parts.join(':')),
    actual: fc.array(text(['a', 'z'], 3), { minLength: 5, maxLength: 7 }).map(parts => parts.join(':')),
  },
  numbers: {
    operators: ['NumericEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericNotEquals'],
    constants: fc.integer({ min: 0, max: 6 }).map(String),
    actual: fc.integer({ min: 0, max: 16 }).map(each => String(each / 2)),
  },
  dates: {
    operators: ['DateLessThan', 'DateGreaterThanEquals', 'DateEquals'],
    constants: fc.integer({ min: 1, max: 5 }).map(day => `2026-01-0${day}T00:00:00Z`),
    actual: fc.integer({ min: 1, max: 5 }).map(day => `2026-01-0${day}T12:00:00Z`),
  },
  addresses: {
    operators: ['IpAddress', 'NotIpAddress'],
    constants: fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([last, bits]) => `10.0.0.${last}/${bits}`),
    actual: fc.integer({ min: 0, max: 31 }).map(last => `10.0.0.${last}`),
  },
  'addresses of version 6': {
    operators: ['IpAddress'],
    constants: fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 124, max: 128 }))
      .map(([last, bits]) => `2001:db8::${last.toString(16)}/${bits}`),
    actual: fc.integer({ min: 0, max: 31 }).map(last => `2001:db8::${last.toString(16)}`),
  },
};

test.each(Object.entries(FAMILIES))('no value is decided in a way that no witness stands for: %s', (_, family) => {
  const comparison = fc.record({ operator: fc.constantFrom(...family.operators), value: family.constants });
  fc.assert(
    fc.property(
      fc.array(comparison, { maxLength: 4 }),
      fc.array(family.actual, { maxLength: 30 }),
      (comparisons, actual) => {
        const found = answersOf(comparisons, keyValues(comparisons) ?? []);

        expect([...answersOf(comparisons, actual)].filter(answer => !found.has(answer))).toEqual([]);
      },
    ),
  );
});

test('a range of addresses has a witness on either side of each end', () => {
  expect(keyValues([{ operator: 'IpAddress', value: '10.0.1.0/24' }])).toEqual(
    expect.arrayContaining(['10.0.0.255', '10.0.1.0', '10.0.1.255', '10.0.2.0']),
  );
});
