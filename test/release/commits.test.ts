import { changelogOf, commitProblems } from '../../scripts/release/commits';

const commit = (subject: string, body = '') => ({ hash: '0a1b2c3', subject, body });

test.each([
  ['fix: refuse a subnet that is named twice', ''],
  ['feat(cli): print SARIF', ''],
  ['feat: VPC endpoints of other services', ''],
  ['feat!: one list of what others attach', 'BREAKING CHANGE: requiredPolicies takes the place of six getters'],
])('%s is a conventional commit', (subject, body) => {
  expect(commitProblems(commit(subject, body))).toEqual([]);
});

test.each([
  ['Fix the subnets', '', /^the subject is not/],
  ['fix:no space', '', /^the subject is not/],
  ['fix(a b): scope', '', /^the subject is not/],
  ['wip: subnets', '', /^the type wip is none of feat, fix/],
  ['fix: Refuse a subnet', '', /capital letter/],
  ['fix: refuse a subnet.', '', /period/],
  [`fix: ${'very '.repeat(40)}long`, '', /more than 160/],
  ['feat!: another name', '', /BREAKING CHANGE/],
  ['feat: another name', 'Why.\n\nBREAKING CHANGE: write it otherwise', /write ! before the colon/],
])('%s is refused', (subject, body, problem) => {
  expect(commitProblems(commit(subject, body))).toEqual([expect.stringMatching(problem)]);
});

test('a changelog has what users notice, breaking changes first, each once', () => {
  const commits = [
    commit('fix: one thing'),
    commit('test: not told'),
    commit('feat!: another name', 'Why it changes.\n\nBREAKING CHANGE: write `b()`\nfor `a()`\n\nMore.'),
    commit('feat!: another name'),
    commit('docs: a page'),
  ];

  expect(changelogOf(commits)).toBe(
    [
      '## Breaking changes\n\n- write `b()` for `a()`\n',
      '## Fixes\n\n- one thing\n',
      '## Features\n\n- another name\n',
      '## Documentation\n\n- a page\n',
    ].join('\n'),
  );
});
