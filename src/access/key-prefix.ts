import { Kind, Problem, isConcrete, ruledText, unless, withoutTokens } from '../private';

/** A prefix of keys. */
export const KEY_PREFIX: Kind<string> = ruledText(
  'a key prefix that ends with /',
  'leave it out to grant the whole bucket',
  keyPrefixProblems,
);

/** What a prefix of keys must not have in it: control characters, and those that IAM reads or refuses. */
const FORBIDDEN: ReadonlyArray<readonly [broken: RegExp, allowed: string, fix: string]> = [
  [/[$*?]/, 'none of $ * ?, which IAM would read as a variable or a wildcard', 'name one prefix for each access'],
  [/[\u0000-\u001f\u007f]/, 'no control characters', 'name the prefix in printable characters'],
  [
    /[^\u0000-\u00ff]/,
    'characters up to U+00FF, the only ones of IAM policies',
    'choose another prefix, or grant the one above it',
  ],
];

/** What is wrong with the prefix of keys. */
function keyPrefixProblems(prop: string, prefix: string): Problem[] {
  if (!isConcrete(prefix)) {
    return unless(withoutTokens(prefix).endsWith('/'), {
      prop,
      got: prefix,
      allowed: 'a prefix that ends with / also where the rest of it is known at deployment only',
      fix: 'write the slash behind it, as in `${parameter.valueAsString}/`',
    });
  }
  const problem = (allowed: string, fix: string) => ({ prop, got: prefix, allowed, fix });
  return [
    ...slashProblems(prop, prefix),
    ...FORBIDDEN.filter(([broken]) => broken.test(prefix)).map(([, allowed, fix]) => problem(allowed, fix)),
    ...unless(
      Buffer.byteLength(prefix) <= 1023,
      problem('1,023 bytes or fewer: an S3 key has at most 1,024', 'shorten the prefix'),
    ),
  ];
}

function slashProblems(prop: string, prefix: string): Problem[] {
  const problem = (allowed: string, fix: string) => ({ prop, got: prefix, allowed, fix });
  const bare = prefix.replace(/^\/+/, '');
  // what is suggested for one line is allowed by the others, too
  const plain = bare.endsWith('/') ? bare : bare.replace(/\/?[$*?][^/]*$/, '').replace(/[$*?]/g, '');
  if (plain === '') {
    return [problem('a key prefix that ends with /', 'leave it out to grant the whole bucket')];
  }
  const right = `write ${JSON.stringify(plain.endsWith('/') ? plain : `${plain}/`)}`;
  return [
    ...unless(!prefix.startsWith('/'), problem('no leading slash: S3 keys do not begin with one', right)),
    ...unless(prefix.endsWith('/'), problem('a prefix that ends with /, or data would also open database/', right)),
  ];
}
