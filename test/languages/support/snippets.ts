import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLET, extractSnippets } from '../../../scripts/snippets';
import { GUIDE, blocksOf } from '../../contract/guide';
import { ROOT } from '../../support/packed';

/** A snippet of the documentation in Python. */
export interface Snippet {
  /** Where it stands. */
  readonly name: string;
  readonly source: string;
  /** The snippet that it says the same as, which is run as well. */
  readonly sameAs?: string;
}

/** How running a snippet ended. */
export interface SnippetResult {
  readonly name: string;
  readonly error?: string;
}

interface Translated {
  readonly location: {
    readonly api: { readonly fqn?: string; readonly moduleFqn?: string };
    readonly field?: { readonly line: number };
  };
  readonly translations: Record<string, { readonly source: string }>;
}

/**
 * The snippets of README, guide and docstrings, as jsii-rosetta translates them, and those that are written in Python:
 * each of these says the same as the snippet in TypeScript before it.
 */
export function pythonSnippets(): Snippet[] {
  extractSnippets();
  const { snippets } = JSON.parse(readFileSync(TABLET, 'utf8')) as { snippets: Record<string, Translated> };
  const imports = pythonImports(readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8'));
  const translated = Object.values(snippets).map(({ location: { api, field }, translations }) => ({
    name: `${api.fqn ?? pageOf(api.moduleFqn!)}:${field?.line ?? ''}`,
    // an example of a docstring has no imports of its own
    source: api.fqn === undefined ? translations.python.source : `${imports}\n${translations.python.source}`,
  }));
  return [...translated, ...writtenInPython()];
}

/** The page of a README that jsii-rosetta knows as that of a module. */
const pageOf = (module: string): string => `${module.includes('.') ? module.split('.')[1] : 'README'}.md`;

function writtenInPython(): Snippet[] {
  return [...GUIDE].flatMap(([page, text]) => {
    const blocks = blocksOf(text);
    return blocks.flatMap(({ language, code, line }, index) =>
      language === 'python'
        ? [{ name: `${page}:${line}`, source: code, sameAs: `${page}:${blocks[index - 1].line}` }]
        : [],
    );
  });
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
