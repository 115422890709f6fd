import { ABSENTS } from './absent';
import { ACCESS_POINTS } from './access-points';
import { ACCESSES } from './accesses';
import { AWS_OWNED_BUCKETS } from './aws-owned-buckets';
import { GRAMMAR } from './bad-input';
import { BUCKETS } from './buckets';
import { COMPUTES, REMOTE_ACCESSES, SESSION_LOGS } from './computes';
import { DELIVERED } from './deliveries';
import { DNS_FIREWALLS } from './dns-firewalls';
import { ELSEWHERE } from './elsewhere';
import { ENDPOINTS } from './endpoints';
import { GUARDRAILS } from './guardrails';
import { IN_PLACE } from './in-place';
import { NOT_THERE } from './not-there';
import { ON_PREMISES } from './on-premises';
import { PERIMETERS } from './perimeters';
import { TOO_LATES } from './too-late';
import { WORKLOADS } from './workloads';
import { errorOf } from '../support/resources';

const ALL = [
  ...ABSENTS,
  ...TOO_LATES,
  ...ACCESSES,
  ...ACCESS_POINTS,
  ...AWS_OWNED_BUCKETS,
  ...BUCKETS,
  ...COMPUTES,
  ...DNS_FIREWALLS,
  ...ENDPOINTS,
  ...GUARDRAILS,
  ...PERIMETERS,
  ...WORKLOADS,
  ...REMOTE_ACCESSES,
  ...SESSION_LOGS,
  ...ON_PREMISES,
  ...NOT_THERE,
  ...IN_PLACE,
  ...DELIVERED,
  ...ELSEWHERE,
];

describe.each(ALL)('$name', ({ act, error }) => {
  test('is refused at once, with what is wrong and what to do', () => {
    const lines = errorOf(act).split('\n');
    expect(lines).toHaveLength(error.length);
    error.forEach((expected, index) =>
      expect(lines[index]).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected)),
    );
  });

  test('is refused in the words of the error grammar', () => {
    for (const each of errorOf(act).split('\n')) {
      expect(each).toMatch(GRAMMAR);
      expect(each).not.toMatch(/[.!]$/);
      expect(each).not.toMatch(/, (allowed|fix): [A-Z][a-z]+ /);
      // what the input says stands in quotes
      expect(each.replace(/"[^"]*"/g, '')).not.toMatch(/undefined|\[object|TOKEN/);
    }
  });
});

test('no two inputs have the same name', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
});
