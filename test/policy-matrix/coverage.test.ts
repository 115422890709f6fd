import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { CASES } from './cases';
import { ELSEWHERE } from './elsewhere';
import { Types, publicOptions } from './public-options';
import { WORLDS, WorldName } from './worlds';
import { publicTypes } from '../support/manifest';
import { ROOT } from '../support/packed';

const ROOTS = ['PrivateEc2S3AccessProps', 'DataBucketPolicyProps'];
const IN_WORLDS = Object.values(WORLDS).flatMap(({ options }): readonly string[] => options);
const EVERY_CASE = Object.values(CASES).flat();

/** The options that nothing speaks of, and what is spoken of and is no option. */
function gaps(types: Types, named: readonly string[]): { missing: string[]; unknown: string[] } {
  const options = publicOptions(types, ROOTS);
  return {
    missing: options.filter(each => !named.includes(each)),
    unknown: [...new Set(named)].filter(each => !options.includes(each)).sort(),
  };
}

describe('every option', () => {
  let types: Types;

  beforeAll(() => {
    types = publicTypes();
  });

  test('is in a world of the matrix, or tested elsewhere', () => {
    expect(publicOptions(types, ROOTS).length).toBeGreaterThan(100);
    expect(gaps(types, [...IN_WORLDS, ...Object.keys(ELSEWHERE)])).toEqual({ missing: [], unknown: [] });
  });

  test('is in one of the two places', () =>
    expect(Object.keys(ELSEWHERE).filter(each => IN_WORLDS.includes(each))).toEqual([]));

  test('is missed where it is new, and where it is gone', () => {
    const [fqn, props] = Object.entries(types).find(([, { name }]) => name === 'PrivateEc2S3AccessProps')!;
    const renamed = props.properties!.map(each => (each.name === 'compute' ? { ...each, name: 'computer' } : each));

    expect(
      gaps({ ...types, [fqn]: { ...props, properties: renamed } }, [...IN_WORLDS, ...Object.keys(ELSEWHERE)]),
    ).toEqual({ missing: ['PrivateEc2S3AccessProps.computer'], unknown: ['PrivateEc2S3AccessProps.compute'] });
  });
});

describe('a world', () => {
  const withOptions = (Object.keys(WORLDS) as WorldName[]).filter(name => WORLDS[name].options.length > 0);

  test.each(withOptions)('of %s has what is open, and what is closed', name => {
    const cases = EVERY_CASE.filter(({ world = 'plain' }) => world === name).map(
      ({ expect: expected }) => expected === 'allowed',
    );
    expect(cases).toContain(true);
    expect(cases).toContain(false);
  });
});

describe('elsewhere', () => {
  test.each(Object.entries(ELSEWHERE))('%s is tested in %s', (option, file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(new RegExp(`\\b${option.split('.')[1]}\\b`));
  });
});

test('every rule and trap that a case covers stands in the rules of the policies', () => {
  const page = readFileSync(join(ROOT, 'docs', 'policy-rules.md'), 'utf8');
  const rules = [...page.matchAll(/^(?:### Rule (\d+):|- \*\*(\d+[a-g]),)/gm)].map(
    ([, rule, part]) => `rule ${rule ?? part}`,
  );
  const traps = [...page.matchAll(/^\| (\d+[a-f]?) \|/gm)].map(([, trap]) => `trap ${trap}`);

  expect([...rules, ...traps].length).toBeGreaterThan(50);
  expect(new Set(rules).size + new Set(traps).size).toBe(rules.length + traps.length);
  const covered = EVERY_CASE.flatMap(({ covers = [] }) => covers).flatMap(each => {
    const [, numbers] = /^traps (.*)$/.exec(each) ?? [];
    return numbers === undefined ? [each] : numbers.split(', ').map(number => `trap ${number}`);
  });
  expect(covered.filter(each => ![...rules, ...traps].includes(each))).toEqual([]);
});
