import type { PlacedText } from '../cloudformation';

/** A text that holds a static key, or tells of one. */
export interface StaticKey {
  readonly found: PlacedText;
  /** What gives it away, without the key itself. */
  readonly sign: string;
}

/** Keys begin with these letters; a key that the template makes is a symbol after them. */
const SIGNS: ReadonlyArray<readonly [pattern: RegExp, sign: string]> = [
  [/\b(AKIA|ASIA)([0-9A-Z]{16}\b|<)/, 'an access key id'],
  [/aws_?secret_?access_?key/i, 'aws_secret_access_key'],
  [/aws_?access_?key_?id/i, 'AWS_ACCESS_KEY_ID'],
  [/#SecretAccessKey>/, 'the secret of an access key that the template makes'],
];

const BASE64_RUN = /[A-Za-z0-9+/]{32,}={0,2}/g;

/**
 * The static keys among texts. User data is base64, and may contain parts that are base64 themselves; what is
 * compressed or encrypted is not seen.
 *
 * @param texts the texts, which are values or names of properties
 */
export function staticKeys(texts: readonly PlacedText[]): StaticKey[] {
  return texts.flatMap(found => {
    const name = found.path.slice(found.path.lastIndexOf('.') + 1);
    const sign =
      signIn(name) ??
      signIn(found.text) ??
      decodedParts(found.text)
        .map(signIn)
        .find(each => each !== undefined);
    return sign === undefined ? [] : [{ found, sign }];
  });
}

function signIn(text: string): string | undefined {
  const said = HARMLESS.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text);
  return SIGNS.find(([pattern]) => pattern.test(said))?.[1];
}

const NAME = '(?:aws_?(?:secret_?access_?key|access_?key_?id))';

/** Ahead in the line, what is as long as a secret. */
const SECRET = '[^\\n]*[A-Za-z0-9/+]{30}';

/** What tells of the variables of keys without giving one a value: it takes them away, empties or only reads them. */
const HARMLESS: readonly RegExp[] = [
  /(?:^|[^\w-])unset\s[^\n;&|]*/gi,
  new RegExp(`\\benv(?:\\s+(?:-u|--unset=?)\\s*\\w+)+`, 'gi'),
  new RegExp(`\\b(?:Remove-Item|ri|del)\\s[^\\n;|]*Env:\\\\?${NAME}`, 'gi'),
  new RegExp(`\\$Env:${NAME}\\s*=\\s*(?:\\$null|''|"")(?=\\s|;|$)`, 'gi'),
  new RegExp(`\\$\\{?${NAME}\\b(?:[:?+-][^}\\n]*)?\\}?`, 'gi'),
  new RegExp(`\\b${NAME}=(?:''|"")?(?=\\s|;|$)`, 'gi'),
  new RegExp(`\\b(?:delete\\s+process\\.env\\.|os\\.environ\\.pop\\(['"])${NAME}`, 'gi'),
  /\bUnsetEnvironment=[\w \t]*/g,
  new RegExp(`(?:\\b(?:printenv|export\\s+-n|configure\\s+get)|\\s-v)(?:\\s+${NAME}\\b)+(?!\\s*[=:])`, 'gi'),
  new RegExp(`\\b(?:os\\.environ\\.get|os\\.getenv|getenv)\\(\\s*['"]${NAME}['"]`, 'gi'),
  new RegExp(`\\bSetEnvironmentVariable\\(\\s*['"]${NAME}['"]\\s*,\\s*(?:\\$null|''|"")`, 'gi'),
  new RegExp(
    `\\b(?:echo|printf|logger|Write-(?:Host|Output))\\s(?!${SECRET})[^\\n;|>&=:]*${NAME}[^\\n;|>&=:]*(?=\\n|;|$)`,
    'gi',
  ),
  new RegExp(`\\b(?:sed|grep)\\s[^\\n;|]*${NAME}[^\\n;|]*`, 'gi'),
  new RegExp(`^\\s*#(?!!)[^\\n]*${NAME}[^\\n=:]*$`, 'gim'),
];

/** What the base64 in a text says, and what the base64 in that says. */
function decodedParts(text: string, depth = 2): string[] {
  if (depth === 0) {
    return [];
  }
  const runs = text.replaceAll(/[A-Za-z0-9+/]\r?\n(?=[A-Za-z0-9+/=])/g, end => end[0]).match(BASE64_RUN) ?? [];
  const encoded = [...runs, ...(text.match(BASE64_RUN) ?? []), ...(isWhollyBase64(text) ? [text] : [])];
  return [...new Set(encoded.map(run => Buffer.from(run, 'base64').toString('utf8')))].flatMap(each => [
    each,
    ...decodedParts(each, depth - 1),
  ]);
}

function isWhollyBase64(text: string): boolean {
  return text.length >= 8 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text);
}
