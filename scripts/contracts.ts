import { spawnSync } from 'node:child_process';
import { LIST, sinceLastRelease } from './release/promises';

/**
 * Compares the logical ids of stateful resources, then the API, with the last release of the major version that is
 * named.
 */
function main(major: number): void {
  if (!Number.isInteger(major)) {
    throw new Error('name a major version, such as 0');
  }
  const since = sinceLastRelease(process.cwd(), major);
  if (since === undefined) {
    console.log(`No release v${major}.x is tagged: there are no logical ids and no API yet that have to be kept.`);
    return;
  }
  if (since.broken.length > 0) {
    console.error(
      [
        `BREAKING CHANGE since ${since.release}: CloudFormation replaces what has a new logical id, and data that is kept is left behind.`,
        ...since.broken.map(line => `  ${line}`),
        `Restore ${LIST} and what it lists, or raise the major version in projenrc/release.ts and write a migration guide.`,
      ].join('\n'),
    );
    process.exit(1);
  }
  console.log(`The ${since.kept} stateful resources of ${since.release} keep their logical ids.`);
  process.exit(spawnSync('npx', ['projen', 'compat'], { stdio: 'inherit' }).status ?? 1);
}

main(Number(process.argv[2]));
