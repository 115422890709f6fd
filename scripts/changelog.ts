import { execFileSync } from 'node:child_process';
import { changelogOf, commitsOf } from './release/commits';
import { lastRelease } from './release/promises';

/** Prints what changed for users since a tag; by default since the last release of the major version 0. */
function main(since: string | undefined): void {
  const tags = execFileSync('git', ['tag', '--list', 'v*'], { encoding: 'utf8' }).split('\n');
  const from = since ?? lastRelease(tags, 0);
  console.log(`# Changes since ${from ?? 'the beginning'}\n`);
  console.log(changelogOf(commitsOf(from === undefined ? 'HEAD' : `${from}..HEAD`)));
}

main(process.argv[2]);
