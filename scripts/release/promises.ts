import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The list of the resources whose construct paths, types and logical ids are kept within a major version. */
export const LIST = 'test/contract/stateful-resources.json';

export interface StatefulResource {
  readonly path: string;
  readonly type: string;
  readonly logicalId: string;
}

/** The stateful resources of each scenario. */
export type Promises = Record<string, readonly StatefulResource[]>;

/**
 * The newest release of a major version, such as `v1.4.2`, among the tags of a repository; a pre-release promises
 * nothing.
 */
export function lastRelease(tags: readonly string[], major: number): string | undefined {
  const releases = tags.flatMap(tag => {
    const [, ...numbers] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag) ?? [];
    return numbers.length > 0 && Number(numbers[0]) === major
      ? [{ tag, minor: Number(numbers[1]), patch: Number(numbers[2]) }]
      : [];
  });
  return releases.sort((one, other) => other.minor - one.minor || other.patch - one.patch)[0]?.tag;
}

/** What was promised and is changed or gone, one line each. What is new breaks nothing. */
export function brokenPromises(promised: Promises, present: Promises): string[] {
  return Object.entries(promised).flatMap(([scenario, resources]) =>
    resources.flatMap(({ path, type, logicalId }) => {
      const now = present[scenario]?.find(resource => resource.path === path);
      if (now?.type === type && now.logicalId === logicalId) {
        return [];
      }
      return [
        `${scenario}, ${path}: ${logicalId} (${type}) ${now ? `became ${now.logicalId} (${now.type})` : 'is gone'}`,
      ];
    }),
  );
}

export interface Comparison {
  readonly release: string;
  readonly kept: number;
  readonly broken: string[];
}

/**
 * What the last release of a major version promised, and what of it a working tree breaks; nothing where there is no
 * such release.
 */
export function sinceLastRelease(directory: string, major: number): Comparison | undefined {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const release = lastRelease(git('tag', '--list').split('\n'), major);
  if (release === undefined) {
    return undefined;
  }
  const promised = JSON.parse(git('show', `${release}:${LIST}`)) as Promises;
  const broken = brokenPromises(promised, JSON.parse(readFileSync(join(directory, LIST), 'utf8')) as Promises);
  return { release, kept: Object.values(promised).flat().length - broken.length, broken };
}
