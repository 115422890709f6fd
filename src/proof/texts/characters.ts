/** Kinds of characters that grammars of AWS tell apart; what is of no other kind is a mark. */
export type Kind = 'digit' | 'small' | 'capital' | 'mark';

/** Some characters: any, any without those named, those of some kinds, or those named. */
export type Characters =
  | 'any'
  | ReadonlySet<string>
  | { readonly kinds?: ReadonlySet<Kind>; readonly and?: string; readonly without?: string };

const EXAMPLES: Readonly<Record<Kind, string>> = {
  digit: '7315902468',
  small: 'xqzjkvwybfhgmpucldrnsitoae',
  capital: 'XQZJKVWYBFHGMPUCLDRNSITOAE',
  mark: '_-.=+@,/:~!#%&\'();^|<>[]{}`"\\ $*?',
};

/** The kind of a character. */
export function kindOf(character: string): Kind {
  if (character >= '0' && character <= '9') {
    return 'digit';
  }
  if (character >= 'a' && character <= 'z') {
    return 'small';
  }
  return character >= 'A' && character <= 'Z' ? 'capital' : 'mark';
}

/** Whether a character is one of some. */
export function contains(characters: Characters, character: string): boolean {
  if (characters === 'any') {
    return true;
  }
  if (characters instanceof Set) {
    return characters.has(character);
  }
  const { kinds, and = '', without = '' } = characters as Exclude<Characters, 'any' | ReadonlySet<string>>;
  return (
    !without.includes(character) && (kinds === undefined || kinds.has(kindOf(character)) || and.includes(character))
  );
}

/** The characters that a set names, and so tells apart from others of their kind. */
export function named(characters: Characters): readonly string[] {
  if (characters === 'any') {
    return [];
  }
  const { and = '', without = '' } = characters as { readonly and?: string; readonly without?: string };
  return characters instanceof Set ? [...characters] : [...and, ...without];
}

/** A character of each kind that is not among those named: nothing tells it apart from the others that are not. */
export function unnamed(known: ReadonlySet<string>): readonly string[] {
  return Object.values(EXAMPLES).flatMap(examples => [...examples].find(each => !known.has(each)) ?? []);
}

/** A letter as a capital one where it is small, and the other way round. */
export function otherCase(character: string): string {
  return character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
}
