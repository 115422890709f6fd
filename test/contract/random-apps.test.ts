import { outcomes } from '../support/random-checks';

/** `npm run fuzz -- SEED COUNT` tries more. */
test('random configurations are built twice alike, and proven', () => {
  const tried = [...outcomes(2026, 30)];

  expect(tried.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(tried.filter(({ declined }) => declined === undefined).length).toBeGreaterThan(10);
});
