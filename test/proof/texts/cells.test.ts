import * as fc from 'fast-check';
import { wildcardMatch } from '../../../src/iam/wildcard';
import { automaton, either, literal, many, pattern, sequence, times, one } from '../../../src/proof/texts/automaton';
import { cellsOf } from '../../../src/proof/texts/cells';

const SMALL = new Set(['a', 'b']);
const DOMAIN = automaton(sequence(one(SMALL), many(SMALL)));

function textsUpTo(length: number): string[] {
  return length === 1 ? ['a', 'b'] : textsUpTo(length - 1).flatMap(text => [text, `${text}a`, `${text}b`]);
}

const patterns = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 4,
});

test('every text of the domain is in a cell, and every witness in the cell that it stands for', () => {
  fc.assert(
    fc.property(patterns, texts => {
      const cells =
        cellsOf(
          DOMAIN,
          texts.map(text => automaton(pattern(text))),
          4096,
        ) ?? [];
      const memberOf = (text: string) => texts.map(each => wildcardMatch(each, text)).join();

      expect(cells.map(({ witness }) => memberOf(witness))).toEqual(cells.map(cell => cell.memberOf.join()));
      const found = new Set(cells.map(cell => cell.memberOf.join()));
      expect(textsUpTo(7).filter(text => !found.has(memberOf(text)))).toEqual([]);
    }),
  );
});

test('each cell is found once', () => {
  const cells = cellsOf(
    DOMAIN,
    ['a*', '*b', 'ab'].map(each => automaton(pattern(each))),
    4096,
  );

  expect(cells?.map(({ memberOf }) => memberOf.join()).sort()).toEqual(
    ['false,false,false', 'false,true,false', 'true,false,false', 'true,true,false', 'true,true,true'].sort(),
  );
});

const DIGITS = { kinds: new Set(['digit'] as const) };
const ROLES = automaton(
  sequence(
    literal('arn:'),
    either(literal('aws'), literal('aws-cn')),
    literal(':iam::'),
    times(one(DIGITS), 12),
    literal(':role/'),
    many({ kinds: new Set(['digit', 'small', 'capital'] as const), and: '-/' }, 1),
  ),
);

test.each([
  ['any account', 'arn:aws:iam::*:role/x'],
  ['any beginning', '*/x'],
  ['part of an account', 'arn:aws:iam::11112222????:role/x'],
  ['any partition', 'arn:*:iam::111122223333:role/x'],
])('a role of another account fits %s', (_, text) => {
  const own = 'arn:aws:iam::111122223333:role/x';
  const cells =
    cellsOf(
      ROLES,
      [text, own].map(each => automaton(pattern(each))),
      4096,
    ) ?? [];
  const other = cells.find(({ memberOf: [fits, isOwn] }) => fits && !isOwn);

  expect(other?.witness).toMatch(/^arn:aws(-cn)?:iam::\d{12}:role\/([\w/-]+\/)?x$/);
  expect(wildcardMatch(text, other!.witness)).toBe(true);
});

test('letters are the same in either case only where that is said', () => {
  const cells = (ignoreCase: boolean) =>
    cellsOf(automaton(literal('Ab')), [automaton(pattern('aB', { ignoreCase }))], 9);

  expect(cells(true)).toEqual([{ witness: 'Ab', memberOf: [true] }]);
  expect(cells(false)).toEqual([{ witness: 'Ab', memberOf: [false] }]);
});

test('the search ends where there are more cells than said', () => {
  const sets = ['a*', '*a', '*a*', '*b*', 'a?*', '*ab*'].map(each => automaton(pattern(each)));

  expect(cellsOf(DOMAIN, sets, 3)).toBeUndefined();
  expect(cellsOf(DOMAIN, sets, 4096)).toBeDefined();
});
