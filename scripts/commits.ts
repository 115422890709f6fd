import { commitProblems, commitsOf } from './release/commits';

/** Checks the messages of the commits since another one, such as the base of a pull request. */
function main(base: string | undefined): void {
  if (base === undefined || base.startsWith('-')) {
    throw new Error('name the commit to begin after, such as origin/main');
  }
  const commits = commitsOf(`${base}..HEAD`);
  const wrong = commits.flatMap(commit =>
    commitProblems(commit).map(problem => `${commit.hash} ${commit.subject}\n  ${problem}`),
  );
  if (wrong.length > 0) {
    console.error(wrong.join('\n'));
    process.exit(1);
  }
  console.log(`${commits.length} conventional commits since ${base}`);
}

main(process.argv[2]);
