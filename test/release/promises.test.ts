import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { LIST, Promises, brokenPromises, lastRelease, sinceLastRelease } from '../../scripts/release/promises';

const KEY = { path: 'Training/App/Key/Resource', type: 'AWS::KMS::Key', logicalId: 'AppKey1' };
const ROLE = { path: 'Training/App/Role/Resource', type: 'AWS::IAM::Role', logicalId: 'AppRole1' };

describe('the last release', () => {
  test('is the newest of the major version, by number', () => {
    expect(lastRelease(['v0.9.0', 'v0.10.0', 'v0.10.0-beta.1', 'v1.0.0', 'v1.0.9', 'v1.0.10'], 0)).toBe('v0.10.0');
    expect(lastRelease(['v0.9.0', 'v1.0.9', 'v1.0.10', 'v10.0.0'], 1)).toBe('v1.0.10');
  });

  test('is none where only other tags exist', () => {
    expect(lastRelease(['', 'v1.0.0', 'latest', 'v0.1', 'xv0.1.0', 'v0.1.0-rc.0', '0.1.0'], 0)).toBeUndefined();
  });
});

describe('a promise', () => {
  const promised: Promises = { quickStart: [KEY, ROLE] };

  test('is kept, also when resources and scenarios are added or the order changes', () => {
    expect(brokenPromises(promised, promised)).toEqual([]);
    expect(
      brokenPromises(promised, { another: [KEY], quickStart: [{ ...KEY, path: 'Training/App/New' }, ROLE, KEY] }),
    ).toEqual([]);
  });

  test.each([
    [
      'another logical id',
      [{ ...KEY, logicalId: 'AppKey2' }, ROLE],
      'AppKey1 (AWS::KMS::Key) became AppKey2 (AWS::KMS::Key)',
    ],
    [
      'another type',
      [{ ...KEY, type: 'AWS::KMS::ReplicaKey' }, ROLE],
      'AppKey1 (AWS::KMS::Key) became AppKey1 (AWS::KMS::ReplicaKey)',
    ],
    ['another path', [{ ...KEY, path: 'Training/App/Keys/Resource' }, ROLE], 'AppKey1 (AWS::KMS::Key) is gone'],
    ['no resource', [ROLE], 'AppKey1 (AWS::KMS::Key) is gone'],
  ])('is broken by %s', (_, quickStart, told) => {
    expect(brokenPromises(promised, { quickStart })).toEqual([`quickStart, Training/App/Key/Resource: ${told}`]);
  });

  test('is broken for every resource of a scenario that is no longer there', () => {
    expect(brokenPromises(promised, {})).toHaveLength(2);
  });
});

describe('a repository', () => {
  let directory: string;
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        '-c',
        'commit.gpgsign=false',
        '-c',
        'tag.gpgsign=false',
        ...args,
      ],
      { cwd: directory },
    );
  const write = (promises: Promises) => writeFileSync(join(directory, LIST), JSON.stringify(promises));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'release-'));
    git('init', '--quiet');
    mkdirSync(join(directory, dirname(LIST)), { recursive: true });
    write({ quickStart: [KEY, ROLE] });
    git('add', '.');
    git('commit', '--quiet', '--message', 'feat: first');
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  test('without a release of the major version has nothing to keep', () => {
    git('tag', 'v1.0.0');

    expect(sinceLastRelease(directory, 0)).toBeUndefined();
  });

  test('is compared with its last release, not with an older one', () => {
    write({ quickStart: [KEY] });
    git('tag', 'v0.1.0');
    git('commit', '--quiet', '--all', '--message', 'fix: second');
    git('tag', 'v0.1.1');

    expect(sinceLastRelease(directory, 0)).toEqual({ release: 'v0.1.1', kept: 1, broken: [] });
  });

  test('tells what its working tree breaks', () => {
    git('tag', 'v0.1.0');
    write({ quickStart: [{ ...KEY, logicalId: 'AppKey2' }, ROLE] });

    expect(sinceLastRelease(directory, 0)).toEqual({
      release: 'v0.1.0',
      kept: 1,
      broken: ['quickStart, Training/App/Key/Resource: AppKey1 (AWS::KMS::Key) became AppKey2 (AWS::KMS::Key)'],
    });
  });

  test('whose release has no list of promises is an error, not a pass', () => {
    git('rm', '--quiet', '--cached', LIST);
    git('commit', '--quiet', '--message', 'fix: second');
    git('tag', 'v0.1.0');

    expect(() => sinceLastRelease(directory, 0)).toThrow(/stateful-resources/);
  });
});
