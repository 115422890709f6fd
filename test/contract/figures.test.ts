import { join } from 'node:path';
import { figuresOf } from './figures';
import { sourcesIn } from './imports';
import { ROOT } from '../support/packed';

test('the code is in small pieces', () => {
  const figures = figuresOf(sourcesIn(join(ROOT, 'src')));

  expect(figures.functions).toBeGreaterThan(1000);
  expect(figures.medianLines).toBeLessThanOrEqual(8);
  expect(figures.meanComplexity).toBeLessThanOrEqual(3.5);
  expect(figures.mostComplex).toBeLessThanOrEqual(10);
  expect(figures.wide).toBeLessThanOrEqual(0.01);
});

test('functions are measured one by one', () => {
  const source = [
    'export class Store {',
    '  private readonly sizes = (names: string[]) => {',
    '    return names.map(name =>',
    '      name === "" ? 0 : name.length);',
    '  };',
    '  public first(names?: string[]): string | undefined {',
    '    return names?.[0] ?? (names ? "none" : undefined);',
    '  }',
    '}',
    'export const one = () => 1;',
    `// ${'x'.repeat(120)}`,
  ].join('\n');

  expect(
    figuresOf(
      new Map([
        ['store/store.ts', source],
        ['index.ts', 'export {};'],
      ]),
    ),
  ).toEqual({
    lines: 12,
    functions: 3,
    medianLines: 3,
    meanComplexity: (1 + 2 + 4) / 3,
    mostComplex: 4,
    wide: 1 / 12,
    folders: [
      ['store', 11 / 12],
      ['.', 1 / 12],
    ],
  });
});
