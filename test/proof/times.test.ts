import { QUICK_START_ACCESS, quickStartInput, withAccessList } from './inputs';
import { resultOf } from './results';
import { adding, changing, Edit, withBucket, withRole } from './sabotage';
import { ConditionJson } from '../../src/iam';
import type { ProofInput } from '../../src/proof';

const quickStart = quickStartInput();
const listed = withAccessList(quickStart, QUICK_START_ACCESS);
const outcome = (input: ProofInput, id: string) => resultOf(input, id).outcome;

/** A statement that holds under one more condition. */
function only(sid: string, more: ConditionJson): Edit {
  return changing(sid, ({ Condition = {} }) => ({ Condition: { ...Condition, ...more } }));
}

function denying(Condition: ConditionJson): Edit {
  return adding({ Sid: 'Extra', Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition });
}

const NEVER_ENDING = '2999-01-01T00:00:00Z';

test.each<[string, ConditionJson]>([
  ['ends on a day', { DateLessThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } }],
  ['ends with a year', { DateLessThanEquals: { 'aws:CurrentTime': '2031' } }],
  ['ends at a second', { NumericLessThan: { 'aws:EpochTime': '1924992000' } }],
  ['ends for sessions that begin later', { DateLessThan: { 'aws:TokenIssueTime': NEVER_ENDING } }],
  ['has ended', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
  ['has not begun', { DateGreaterThan: { 'aws:CurrentTime': NEVER_ENDING } }],
])('a grant of the role that %s is none', (_, condition) => {
  expect(outcome(withRole(listed, only('ReadWriteObjects', condition)), 'works[grants]')).toBe('violated');
});

test.each<[string, ConditionJson]>([
  ['begins on a day', { DateGreaterThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } }],
  ['lasts for a year', { DateGreaterThan: { 'aws:CurrentTime': '2031' }, DateLessThan: { 'aws:CurrentTime': '2032' } }],
])('a Deny that %s is planned, and named', (_, condition) => {
  const input = withBucket(listed, denying(condition));
  const { outcome: found, assumptions } = resultOf(input, 'works[grants]');
  expect(found).toBe('holds, assuming');
  expect(assumptions).toContainEqual(
    expect.stringMatching(/^it is meant that at 20\d\d-\S+ is denied by statement Extra of the bucket policy/),
  );
});

test.each<[string, ConditionJson]>([
  ['has begun', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
  ['ends later', { DateLessThan: { 'aws:CurrentTime': NEVER_ENDING } }],
])('a Deny that %s takes a grant away', (_, condition) => {
  expect(outcome(withBucket(listed, denying(condition)), 'works[grants]')).toBe('violated');
});

test('what the role may do for some time only is no agreement where nothing is declared', () => {
  const edit = only('ReadWriteObjects', { DateLessThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } });
  expect(outcome(withRole(quickStart, edit), 'works[agreement]')).toBe('violated');
});

test.each<[string, ConditionJson, string]>([
  ['ends', { DateLessThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } }, 'violated'],
  ['begins later', { DateGreaterThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } }, 'violated'],
  ['began', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, 'holds'],
])('the perimeter, where its Deny %s', (_, condition, expected) => {
  const input = withBucket(quickStart, only('DenyObjectsOutsideEndpoint', condition));
  expect(outcome(input, 'closed[objects-outside-endpoint]')).toBe(expected);
});

test('a grant since a day in the past holds for every later day', () => {
  const since: ConditionJson = { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } };
  expect(outcome(withRole(listed, only('ReadWriteObjects', since)), 'works[grants]')).toBe('holds');
});
