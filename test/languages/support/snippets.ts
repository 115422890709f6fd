import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runIn } from '../../support/packed';

/** A snippet of the documentation, as jsii-rosetta translates it. */
export interface Snippet {
  /** Where it stands. */
  readonly name: string;
  readonly source: string;
}

/** The snippets in Python, and the imports of the fixture that stands around them. */
export interface PythonSnippets {
  readonly imports: string;
  readonly snippets: Snippet[];
}

/** How running a snippet ended. */
export interface SnippetResult {
  readonly name: string;
  readonly error?: string;
}

interface Tablet {
  readonly snippets: Record<
    string,
    {
      readonly location: { readonly api: { readonly fqn?: string }; readonly field?: { readonly line: number } };
      readonly translations: Record<string, { readonly source: string }>;
    }
  >;
}

/** Translates the snippets of the README and of the docstrings. */
export function pythonSnippets(): PythonSnippets {
  const tablet = join(ROOT, '.work', 'snippets.tabl.json');
  // what is there would be kept beside what is translated now
  rmSync(tablet, { force: true });
  runIn(ROOT, process.execPath, [
    join('node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta'),
    'extract',
    '--output',
    tablet,
    '.',
  ]);
  const { snippets } = JSON.parse(readFileSync(tablet, 'utf8')) as Tablet;
  return {
    imports: pythonImports(readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8')),
    snippets: Object.values(snippets).map(({ location, translations }) => ({
      name: `${location.api.fqn ?? 'README.md'}:${location.field?.line ?? ''}`,
      source: translations.python.source,
    })),
  };
}

/** The imports of a TypeScript program in Python. */
function pythonImports(program: string): string {
  return [...program.matchAll(/^import \{([^}]*)\} from '([^']*)';$/gm)]
    .map(([, names, module]) => {
      const imported = names
        .split(',')
        .map(name => name.trim())
        .filter(name => name !== '');
      return `from ${module.replace('aws-cdk-lib', 'aws_cdk').replace('/', '.').replace(/-/g, '_')} import ${imported.join(', ')}`;
    })
    .join('\n');
}
