import { spawnSync } from 'node:child_process';

/**
 * The languages other than TypeScript whose packages are built and run here. .NET's sources are generated and looked
 * at.
 */
export const LANGUAGES = ['python', 'java', 'go'] as const;

export type Language = (typeof LANGUAGES)[number];

interface Tool {
  readonly command: string;
  readonly args: string[];
  readonly atLeast: readonly [number, number];
}

const TOOLS: Record<Language, readonly Tool[]> = {
  python: [{ command: 'python3', args: ['--version'], atLeast: [3, 9] }],
  java: [
    { command: 'javac', args: ['-version'], atLeast: [17, 0] },
    { command: 'mvn', args: ['--batch-mode', '--version'], atLeast: [3, 6] },
  ],
  go: [{ command: 'go', args: ['version'], atLeast: [1, 25] }],
};

/** What of the toolchain of a language is missing, as sentences. */
export function missingTools(language: Language): string[] {
  return TOOLS[language].flatMap(({ command, args, atLeast }) => {
    const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env } });
    if (error !== undefined || status !== 0) {
      return [`${command} is not there`];
    }
    const [, major, minor] = /(\d+)\.(\d+)/.exec(`${stdout}${stderr}`) ?? ['', '0', '0'];
    const enough = Number(major) > atLeast[0] || (Number(major) === atLeast[0] && Number(minor) >= atLeast[1]);
    return enough ? [] : [`${command} is ${major}.${minor}, and ${atLeast.join('.')} is needed`];
  });
}

/** The languages that may not be skipped: those in REQUIRE_LANGUAGES, such as `python,java,go`. */
export function requiredLanguages(): Language[] {
  const names = (process.env.REQUIRE_LANGUAGES ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const unknown = names.filter(name => !LANGUAGES.includes(name as Language));
  if (unknown.length > 0) {
    throw new Error(`REQUIRE_LANGUAGES: got ${unknown.join(', ')}, allowed: ${LANGUAGES.join(', ')}`);
  }
  return names as Language[];
}

/**
 * The languages whose toolchains are there; says on the console which are skipped.
 *
 * @throws when a language is missing that REQUIRE_LANGUAGES names
 */
export function availableLanguages(): Language[] {
  const missing = new Map(LANGUAGES.map(language => [language, missingTools(language)] as const));
  const refused = requiredLanguages().filter(language => missing.get(language)!.length > 0);
  if (refused.length > 0) {
    throw new Error(
      refused.map(language => `${language} is required: ${missing.get(language)!.join(', ')}`).join('\n'),
    );
  }
  missing.forEach((tools, language) => tools.length > 0 && console.warn(`SKIPPED ${language}: ${tools.join(', ')}`));
  return LANGUAGES.filter(language => missing.get(language)!.length === 0);
}
