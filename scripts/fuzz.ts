import { outcomes } from '../test/support/random-checks';

/** Tries random configurations of the construct: usage: npm run fuzz -- SEED COUNT */
function main([seed = '1', count = '100']: readonly string[]): void {
  const sums = { tried: 0, declined: 0, faulty: 0 };
  for (const { config, declined, faults } of outcomes(Number(seed), Number(count))) {
    sums.tried++;
    sums.declined += declined === undefined ? 0 : 1;
    sums.faulty += faults.length > 0 ? 1 : 0;
    if (process.env.DECLINED !== undefined && declined !== undefined) {
      console.log(`declined: ${declined}`);
    }
    faults.forEach(({ kind, what }) => console.log(`${kind}: ${what}`));
    if (faults.length > 0) {
      console.log(`  ${JSON.stringify(config)}`);
    }
  }
  console.log(`seed ${seed}: ${sums.tried} configurations, ${sums.declined} declined, ${sums.faulty} with faults`);
  process.exitCode = sums.faulty > 0 ? 1 : 0;
}

main(process.argv.slice(2));
