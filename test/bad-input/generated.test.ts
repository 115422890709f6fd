import { GRAMMAR } from './bad-input';
import { CANDIDATES, InputPlace, PublicType, placesOf } from './generated';
import { EXCEPTIONS, Exception } from './generated-exceptions';
import { VALID_CALLS } from './valid-arguments';
import { publicTypes } from '../support/manifest';

const TYPES = publicTypes<PublicType>();
const PLACES = placesOf(TYPES);

function isMeant({ value, places }: Exception, place: string, candidate: string): boolean {
  return value === candidate && places.test(place);
}

/** What comes of a value in a place: nothing, or the lines of the error. */
function outcome({ act }: InputPlace, value: unknown): string[] {
  try {
    act(value);
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
}

describe.each(PLACES.map(place => [place.name, place] as const))('%s', (name, place) => {
  const isLegal = (candidate: (typeof CANDIDATES)[number]) =>
    candidate.isLegal(place, TYPES) && !EXCEPTIONS.some(each => isMeant(each, name, candidate.name));

  test('takes what its type says', () => {
    const refused = CANDIDATES.filter(isLegal)
      .map(({ name: value, make }) => [value, outcome(place, make())])
      .filter(([, lines]) => lines.length > 0);
    expect(refused).toEqual([]);
  });

  test('refuses everything else in the words of the error grammar', () => {
    const others = CANDIDATES.filter(candidate => !isLegal(candidate)).map(
      ({ name: value, make }) => [value, outcome(place, make())] as const,
    );
    const wrong = others.filter(([, lines]) => lines.length === 0 || !lines.every(line => GRAMMAR.test(line)));
    expect(wrong).toEqual([]);
  });
});

test('every call of the public API is tried', () => {
  expect(new Set(PLACES.map(({ name }) => name.split(':')[0]))).toEqual(new Set(Object.keys(VALID_CALLS)));
});

test.each(EXCEPTIONS.map(each => [`${each.value} in ${each.places.source}`, each]))(
  'the exception %s is one of legal values',
  (_, exception) => {
    const legal = PLACES.flatMap(place =>
      CANDIDATES.filter(each => each.isLegal(place, TYPES)).map(each => [place.name, each.name]),
    );
    expect(legal.filter(([place, value]) => isMeant(exception, place, value))).not.toEqual([]);
  },
);
