import { compare, Comparison, disagrees, Outcome, shrunk } from '../test/crosscheck/compare';
import { PolicyWorld, samplesOf } from '../test/crosscheck/policy-sets';
import { QuestionName, QUESTIONS } from '../test/crosscheck/questions';
import { pythonWithSolver, Solver } from '../test/crosscheck/solver';

const USAGE = `usage: npm run crosscheck -- COUNT SEED [--examples N]

Asks the proof and an SMT solver the same questions about random policies, and lists where they disagree, each with the
smallest policies that show it.`;

/** At most this share of the answers may be missing. */
const MOST_UNKNOWN = 0.01;
const MOST_NOT_PROVEN = 0.02;
const PROCESSES = 2;

interface Found {
  readonly name: QuestionName;
  readonly world: PolicyWorld;
  readonly comparison: Comparison;
  readonly index: number;
}

async function main(): Promise<void> {
  const [count, seed, ...options] = process.argv.slice(2);
  if (!/^\d+$/.test(count ?? '') || !/^-?\d+$/.test(seed ?? '')) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const solver = new Solver(pythonWithSolver(), PROCESSES);
  try {
    const examples = Number(options[options.indexOf('--examples') + 1] ?? 20);
    const found = await compareAll(samplesOf(Number(count), Number(seed)), solver);
    await tell(found, examples, solver);
    process.exitCode = summarize(found, Number(count), Number(seed)) ? 0 : 1;
  } finally {
    solver.close();
  }
}

/** As many worlds at a time as there are processes. */
async function compareAll(worlds: readonly PolicyWorld[], solver: Solver): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let index = 0; index < worlds.length; index += PROCESSES) {
    const some = worlds.slice(index, index + PROCESSES).flatMap((world, at) =>
      QUESTIONS.map(async name => ({
        name,
        world,
        index: index + at,
        comparison: await compare(name, world, solver),
      })),
    );
    found.push(...(await Promise.all(some)));
  }
  return found;
}

async function tell(found: readonly Found[], examples: number, solver: Solver): Promise<void> {
  const different = found.filter(({ comparison }) => disagrees(comparison));
  for (const { name, world, comparison, index } of different.slice(0, examples)) {
    const [smallest, answers] = await shrunk(name, world, comparison, solver);
    console.log(`\nset ${index}, ${name}: ${answers.outcome}`);
    console.log(describe(name, smallest, answers));
  }
  if (different.length > examples) {
    console.log(`\n… and ${different.length - examples} more: --examples ${different.length} shows them all`);
  }
  for (const { name, index, comparison } of found.filter(each => each.comparison.outcome === 'unknown')) {
    console.log(`\nset ${index}, ${name}: unknown ${comparison.reason ?? ''} after ${comparison.seconds} s`);
  }
}

function describe(
  name: QuestionName,
  world: PolicyWorld,
  { request, counterexample, core, reason }: Comparison,
): string {
  const policies = Object.entries(world)
    .filter(([kind]) => kind !== 'actions')
    .filter(([, value]) => !/^\{\}$|"Statement":\[\]\}$/.test(JSON.stringify(value)))
    .map(([kind, value]) => `  ${kind}: ${JSON.stringify(value)}`);
  const seen = counterexample && [counterexample.view.principal.name, counterexample.view.resource];
  const lines = [
    ...policies,
    request && `  the solver's request: ${JSON.stringify(request)}`,
    seen && `  the counterexample: ${JSON.stringify(seen)}`,
    core && `  contradicts: ${core.join('; ')}`,
    reason && `  ${reason}`,
  ];
  return [`  ${name}: ${world.actions[ACTION[name]]}`, ...lines].filter(each => each !== undefined).join('\n');
}

const ACTION = { objects: 'object', strangers: 'stranger', key: 'key' } as const;

/** Whether the bars are met. */
function summarize(found: readonly Found[], count: number, seed: number): boolean {
  const outcomes = new Map<string, number>();
  found.forEach(({ name, comparison }) => {
    const key = `${name}: ${comparison.outcome}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  });
  const total = (outcome: Outcome) => found.filter(({ comparison }) => comparison.outcome === outcome).length;
  const disagreements = found.filter(({ comparison }) => disagrees(comparison)).length;
  const slowest = Math.max(...found.map(({ comparison }) => comparison.seconds));
  console.log(
    `\n${[...outcomes]
      .sort()
      .map(([key, number]) => `${String(number).padStart(6)} ${key}`)
      .join('\n')}`,
  );
  console.log(
    `crosscheck: ${count} sets, seed ${seed}, ${found.length} questions: ${disagreements} disagreements, ` +
      `${total('unknown')} unknown, ${total('not proven')} not proven; slowest answer ${slowest} s`,
  );
  return (
    disagreements === 0 &&
    total('unknown') <= MOST_UNKNOWN * found.length &&
    total('not proven') <= MOST_NOT_PROVEN * found.length
  );
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
