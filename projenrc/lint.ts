import type { awscdk } from 'projen';
import { MAY_IMPORT, PLUGIN, VERIFICATION } from './layers';

/** The limits of size and direction, and the CDK's own lint rules. */
export function configureLint(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;
  eslint.addPlugins('awscdk');
  // Prettier checks by itself, in a fraction of the time
  eslint.addRules({ 'prettier/prettier': 'off' });
  ['bench/**', 'scripts/**'].forEach(folder => eslint.allowDevDeps(folder));
  eslint.addOverride({
    files: ['src/**/*.ts'],
    rules: {
      ...awscdkStrict,
      'awscdk/require-passing-this': ['error', { allowNonThisAndDisallowScope: true }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-len': ['error', { code: 140 }],
      complexity: ['error', 10],
      curly: ['error', 'all'],
      '@typescript-eslint/no-explicit-any': 'error',
      'import/no-restricted-paths': ['error', { zones: importZones() }],
    },
  });
  eslint.addOverride({
    files: ['src/**/*.ts'],
    excludedFiles: ['src/iam/request/*.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_CONTEXT] },
  });
  eslint.addOverride({
    files: VERIFICATION.map(folder => `src/${folder}/**/*.ts`),
    excludedFiles: [`src/${PLUGIN}`],
    rules: { 'no-restricted-imports': ['error', withoutCdk()] },
  });
}

/** Requests are made in one place: nothing else writes a context. */
const NO_CONTEXT = {
  selector: "ObjectExpression > Property[key.name='context']",
  message: 'Say it with the parts of a request: requestOf() in iam/request derives the context keys.',
};

/** `configs.strict` of eslint-plugin-awscdk, which exists for flat configurations only. */
const awscdkStrict = Object.fromEntries(
  [
    'no-construct-in-interface',
    'no-construct-in-public-property-of-construct',
    'no-construct-stack-suffix',
    'no-mutable-property-of-props-interface',
    'no-mutable-public-property-of-construct',
    'no-parent-name-construct-id-match',
    'no-unused-props',
    'no-variable-construct-id',
    'pascal-case-construct-id',
    'props-name-convention',
    'require-passing-this',
    'require-props-default-doc',
  ].map(rule => [`awscdk/${rule}`, 'error']),
);

/**
 * Data flows one way: what comes later may not be imported by what comes before, and a folder is entered through its
 * index.
 */
function importZones() {
  return Object.entries(MAY_IMPORT).map(([folder, others]) => zone(folder, others));
}

function zone(folder: string, others: readonly string[]) {
  const own = `./${folder}`;
  return {
    target: `./src/${folder}`,
    from: './src',
    except: [own, ...others.map(other => `./${other}/index.ts`)],
    message: `${folder}/ may import ${['the rest of itself', ...others].join(', ')}: the indexes, in one direction`,
  };
}

/** What reads templates does not know the CDK: it works on any cloud assembly. */
function withoutCdk() {
  return {
    patterns: [
      { group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'], message: 'analysis reads templates, not constructs' },
    ],
  };
}
