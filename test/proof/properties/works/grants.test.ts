import { QUICK_START_ACCESS, quickStartInput, withAccessList } from '../../inputs';
import { resultOf } from '../../results';
import { withEndpoint, without } from '../../sabotage';

const ID = 'works[grants]';
const listed = withAccessList(quickStartInput(), QUICK_START_ACCESS);

test('holds where everything that is granted gets through', () => {
  expect(resultOf(listed, ID).outcome).toBe('holds');
});

test('is violated where the endpoint stops what is granted', () => {
  const { outcome, counterexamples } = resultOf(withEndpoint(listed, without('ReadObjects')), ID);
  expect([outcome, counterexamples[0].expected]).toEqual(['violated', 'allowed']);
});

test('does not apply without an access list', () => {
  expect(resultOf(quickStartInput(), ID)).toMatchObject({
    outcome: 'does not apply',
    because: 'the assembly has no access list of this workload',
    decisions: 0,
  });
});

test('is not proven where something that bears on it could not be read, with the place', () => {
  const unread = [{ place: 'Stack/Macro', reason: 'a macro may change it', bearsOn: ['works' as const] }];
  expect(resultOf({ ...listed, unread }, ID)).toMatchObject({
    outcome: 'not proven',
    notProven: [{ place: 'Stack/Macro', reason: 'a macro may change it' }],
  });
  expect(resultOf({ ...listed, unread }, 'closed[objects-to-others]').outcome).toBe('holds');
});
