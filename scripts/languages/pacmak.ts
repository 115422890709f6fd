import { join } from 'node:path';
import { ROOT, runIn } from '../../test/support/packed';

/** Generates bindings, and packages them unless only the code is wanted. */
export function pacmak(
  target: string,
  outdir: string,
  options: { readonly codeOnly?: boolean; readonly project?: string } = {},
): void {
  process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= process.versions.node.split('.')[0];
  runIn(ROOT, process.execPath, [
    join(ROOT, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak'),
    '--target',
    target,
    '--outdir',
    outdir,
    '--no-npmignore',
    '--rosetta-unknown-snippets',
    'verbatim',
    ...(options.codeOnly === true ? ['--code-only'] : []),
    options.project ?? ROOT,
  ]);
}
