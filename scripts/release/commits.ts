import { execFileSync } from 'node:child_process';

/** What a commit may be, and the heading of those that people read about. */
const TYPES: Readonly<Record<string, string | undefined>> = {
  feat: 'Features',
  fix: 'Fixes',
  docs: 'Documentation',
  test: undefined,
  refactor: undefined,
  perf: 'Speed',
  build: undefined,
  ci: undefined,
  chore: undefined,
  revert: 'Taken back',
};
const BREAKING = 'Breaking changes';
const LONGEST = 160;

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
}

/** The parts of the subject of a conventional commit. */
const SUBJECT = /^(?<type>[a-z]+)(?:\((?<scope>[\w./-]+)\))?(?<mark>!?): (?<text>.+)$/;

/** The commits of a range, such as `v0.1.0..HEAD`, without merges; the newest first. */
export function commitsOf(range: string, directory = process.cwd()): Commit[] {
  const log = execFileSync('git', ['log', '--no-merges', '--format=%h%x00%s%x00%b%x01', range], {
    cwd: directory,
    encoding: 'utf8',
  });
  return log
    .split('\x01')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map(entry => {
      const [hash, subject, body = ''] = entry.split('\0');
      return { hash, subject, body: body.trim() };
    });
}

/** What is wrong with the message of a commit, as sentences. */
export function commitProblems({ subject, body }: Pick<Commit, 'subject' | 'body'>): string[] {
  const { type, text = '', mark } = SUBJECT.exec(subject)?.groups ?? {};
  if (type === undefined) {
    return ['the subject is not "type: what changes", such as "fix: refuse a subnet that is named twice"'];
  }
  return [
    ...(type in TYPES ? [] : [`the type ${type} is none of ${Object.keys(TYPES).join(', ')}`]),
    ...(text.endsWith('.') ? ['the subject ends with a period'] : []),
    ...(/^[A-Z][a-z]/.test(text) ? ['the subject begins with a capital letter'] : []),
    ...(subject.length > LONGEST ? [`the subject has more than ${LONGEST} characters`] : []),
    ...(/^BREAKING CHANGE: \S/m.test(body) && mark !== '!' ? ['it breaks something: write ! before the colon'] : []),
    ...(mark === '!' && !/^BREAKING CHANGE: \S/m.test(body)
      ? ['a paragraph "BREAKING CHANGE: ..." has to say what to write instead']
      : []),
  ];
}

/** What changed, for users: breaking changes first, then by type, each once. */
export function changelogOf(commits: readonly Commit[]): string {
  const sections = new Map<string, string[]>([[BREAKING, []]]);
  for (const commit of commits) {
    const { type = '', text = '' } = SUBJECT.exec(commit.subject)?.groups ?? {};
    const [, breaking] = /(?:^|\n)BREAKING CHANGE: ([^]*?)(?:\n\n|$)/.exec(commit.body) ?? [];
    add(sections, breaking === undefined ? undefined : BREAKING, breaking?.replace(/\s+/g, ' '));
    add(sections, TYPES[type], text);
  }
  return [...sections]
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `## ${title}\n\n${lines.map(line => `- ${line}`).join('\n')}\n`)
    .join('\n');
}

function add(sections: Map<string, string[]>, title: string | undefined, line: string | undefined): void {
  if (title === undefined || line === undefined) {
    return;
  }
  const lines = sections.get(title) ?? [];
  sections.set(title, lines.includes(line) ? lines : [...lines, line]);
}
