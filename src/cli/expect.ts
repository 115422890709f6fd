import { labelled, Paint } from './style';
import { isRecord, textIn } from './values';
import { readData } from '../analysis';
import { refuse } from '../base';
import type { Expectation, Outcome } from '../reporting';

const WHO = ['workload', 'admin', 'root', 'deployer', 'stranger', 'anonymous'];
const FROM = ['instance', 'internet', 'other-vpc', 'other-endpoint'];
const EXPECT = ['allowed', 'denied'];

/** The requests in a file: a list of `action`, `resource` and `expect`, and perhaps `who`, `from` and `workload`. */
export function expectationsFrom(file: string): readonly Expectation[] {
  const given = readData(file);
  if (!Array.isArray(given) || given.length === 0) {
    const fix = 'write [{"action": "s3:GetObject", "resource": "Bucket/key", "expect": "allowed"}]';
    return refuse(file, [{ prop: 'requests', got: given, allowed: 'a list of requests', fix }]);
  }
  return given.map((each, index) => {
    const [who, from] = [textIn(each, 'who') ?? 'workload', textIn(each, 'from') ?? 'instance'];
    const [action, resource, expect] = ['action', 'resource', 'expect'].map(name => textIn(each, name) ?? '');
    const wrong = (prop: string, got: string, allowed: string) => ({
      prop: `[${index}].${prop}`,
      got: isRecord(each) ? got : each,
      allowed,
      fix: 'correct it',
    });
    refuse(file, [
      ...(/^[a-z0-9-]+:\w+$/.test(action) ? [] : [wrong('action', action, 'an action such as s3:GetObject')]),
      ...(resource === '' ? [wrong('resource', resource, 'a bucket or an object')] : []),
      ...(EXPECT.includes(expect) ? [] : [wrong('expect', expect, EXPECT.join(', '))]),
      ...(WHO.includes(who) ? [] : [wrong('who', who, WHO.join(', '))]),
      ...(FROM.includes(from) ? [] : [wrong('from', from, FROM.join(', '))]),
    ]);
    return { workload: textIn(each, 'workload'), who, from, action, resource, expect: expect as Expectation['expect'] };
  });
}

/** What came out otherwise, and how many did not. */
export function expectationLines(outcomes: readonly Outcome[], asked: number, paint: Paint): string[] {
  const wrong = outcomes.filter(({ isAsExpected }) => !isAsExpected);
  const unasked = asked - new Set(outcomes.map(({ expectation }) => expectation)).size;
  return [
    ...wrong.flatMap(({ expectation: { who, from, action, resource, expect }, workload, because }) => [
      `${paint('red', 'error')}   expected ${expect}  ${workload}`,
      ...labelled('  ', `${who}, from ${from}: ${action} on ${resource}: ${because}`),
      '',
    ]),
    ...(unasked > 0 ? [`${unasked} of ${asked} requests are about no workload that is here`] : []),
    `${outcomes.length - wrong.length} of ${outcomes.length} requests come out as expected`,
  ];
}
