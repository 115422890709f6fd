import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, build, runIn } from '../test/support/packed';

/** Where the snippets are compiled: the package, with the guide in its manifest. */
const WORK = join(ROOT, '.work', 'snippets');
/** The snippets as jsii-rosetta translates them. */
export const TABLET = join(ROOT, '.work', 'snippets.tabl.json');
const GUIDE = join(ROOT, 'docs');

interface Manifest {
  readonly name: string;
  submodules?: Record<string, { readonly readme: { readonly markdown: string } }>;
}

/**
 * Extracts and translates the snippets of README, guide and docstrings. jsii-rosetta knows the README and docstrings
 * only: here each page of the guide is the README of a submodule that there is not, so that complaints name the page.
 *
 * @param options of `jsii-rosetta extract`
 */
export function extractSnippets(...options: string[]): void {
  build();
  rmSync(WORK, { recursive: true, force: true });
  rmSync(TABLET, { force: true });
  mkdirSync(WORK, { recursive: true });
  ['lib', 'node_modules', 'rosetta'].forEach(name => symlinkSync(join(ROOT, name), join(WORK, name)));
  cpSync(join(ROOT, 'package.json'), join(WORK, 'package.json'));
  writeFileSync(join(WORK, '.jsii'), JSON.stringify(withGuide(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')))));
  const rosetta = join(ROOT, 'node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta');
  console.log(runIn(WORK, process.execPath, [rosetta, 'extract', '--output', TABLET, ...options, '.']).trim());
}

function withGuide(manifest: Manifest): Manifest {
  const pages = readdirSync(GUIDE).filter(name => name.endsWith('.md'));
  return {
    ...manifest,
    submodules: {
      ...manifest.submodules,
      ...Object.fromEntries(
        pages.map(page => [
          `${manifest.name}.${page.replace('.md', '')}`,
          { readme: { markdown: readFileSync(join(GUIDE, page), 'utf8') } },
        ]),
      ),
    },
  };
}

if (require.main === module) {
  extractSnippets('--compile', '--fail', '--strict');
}
