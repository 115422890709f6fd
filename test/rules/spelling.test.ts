import { nearest, oneLetterAway } from '../../src/rules/spelling';

test.each([
  ['xbcdefgh', 'a letter replaced'],
  ['abdefgh', 'a letter left out'],
  ['abccdefgh', 'a letter too many'],
  ['bacdefgh', 'neighbours exchanged'],
  ['badcefgh', 'two pairs exchanged'],
  ['xxcdefgh', 'two letters replaced'],
  ['cdefgh', 'the first two left out'],
  ['abcdef', 'the last two left out'],
  ['xyabcdefgh', 'two in front'],
  ['abcdefghxy', 'two at the end'],
  ['ABCDEFGH', 'other letters'],
])('%s is near enough: %s', word => {
  expect(nearest(word, ['AbcdEfgh'])).toBe('AbcdEfgh');
});

test.each(['xxxdefgh', 'defgh', 'xyzabcdefgh', 'bdacfehg', 'hgfedcba', ''])('%j is not', word => {
  expect(nearest(word, ['abcdefgh'])).toBeUndefined();
});

test('long words may be further away, by a letter in five', () => {
  expect(nearest(`xxxx${'a'.repeat(16)}`, ['a'.repeat(20)])).toBe('a'.repeat(20));
  expect(nearest(`xxxxx${'a'.repeat(15)}`, ['a'.repeat(20)])).toBeUndefined();
});

test('the nearest comes first, whatever the order', () => {
  expect(nearest('abcdefgh', ['abcdefxx', 'abcdefgx', 'abcxxfgh'])).toBe('abcdefgx');
});

test('what a word begins with comes last, the longest first', () => {
  expect(nearest('abcdefghijklmnopq', ['abcdefgh', 'abcdefghij', 'abcdefghi'])).toBe('abcdefghij');
  expect(nearest('abcdefghijklmnopq', ['abcdefg'])).toBeUndefined();
  expect(nearest('abcdefghijklmnopq', ['abcdefgh', 'abcdefghijklmnoxx'])).toBe('abcdefghijklmnoxx');
});

test.each(['abcdefghx', 'abdefgh', 'abdcefgh', 'xbcdefgh', 'ABCDEFG'])('%s is one letter away', word => {
  expect(oneLetterAway(word, ['wxyz', 'AbcdEfgh'])).toBe('AbcdEfgh');
});

test('the same word comes first, whatever the order', () => {
  expect(oneLetterAway('abcdefgh', ['abcdefg', 'ABCDEFGH'])).toBe('ABCDEFGH');
});

test.each(['abcdefghxy', 'badcefgh', 'abcdef', 'abcdefghijkl', ''])('%j is further away', word => {
  expect(oneLetterAway(word, ['wxyz', 'AbcdEfgh'])).toBeUndefined();
});
