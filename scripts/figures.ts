import { join } from 'node:path';
import { figuresOf } from '../test/contract/figures';
import { sourcesIn } from '../test/contract/imports';
import { ROOT } from '../test/support/packed';

const { folders, functions, lines, meanComplexity, medianLines, mostComplex, wide } = figuresOf(
  sourcesIn(join(ROOT, 'src')),
);

console.log(`${lines} lines, ${(wide * 100).toFixed(2)} % of them over 120 columns`);
console.log(`${functions} functions of more than one line: median ${medianLines} lines`);
console.log(`complexity: mean ${meanComplexity.toFixed(2)}, most ${mostComplex}`);
for (const [folder, share] of folders) {
  console.log(`${(share * 100).toFixed(1).padStart(5)} %  ${folder}`);
}
