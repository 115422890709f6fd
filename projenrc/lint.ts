import type { awscdk } from 'projen';

/** The size and direction limits of the design, and the CDK's own lint rules. */
export function configureLint(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;
  eslint.addPlugins('awscdk');
  ['bench/**', 'scripts/**'].forEach(folder => eslint.allowDevDeps(folder));
  eslint.addOverride({
    files: ['src/**/*.ts'],
    rules: {
      ...awscdkStrict,
      'awscdk/require-passing-this': ['error', { allowNonThisAndDisallowScope: true }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40, skipComments: true, skipBlankLines: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      'import/no-restricted-paths': ['error', { zones: importZones() }],
      'import/no-cycle': 'error',
    },
  });
}

/** `configs.strict` of eslint-plugin-awscdk, which exists for flat configurations only. */
const awscdkStrict = Object.fromEntries([
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
].map(rule => [`awscdk/${rule}`, 'error']));

/** Data flows one way: props, parts, template, proof, report. What comes later may not be imported by what comes before. */
function importZones() {
  const parts = ['network', 'compute', 'identity', 'endpoint', 'storage', 'perimeter', 'remote-access', 'organization'];
  const constructs = ['private-ec2-s3-access.ts', ...parts.map(part => `${part}/**`)];
  return [
    { target: './src/private', from: './src', except: ['./private'], message: 'private/ is the bottom: it imports nothing of ours' },
    ...constructs.map(target => ({ target: `./src/${target}`, from: './src/reporting', message: 'constructs do not know the report' })),
    ...constructs.map(target => ({ target: `./src/${target}`, from: './src/cli', message: 'constructs do not know the command line' })),
    ...parts.map(part => ({ target: `./src/${part}`, from: './src/private-ec2-s3-access.ts', message: 'a part does not know the whole' })),
    { target: './src/verification', from: './src', except: ['./verification', './private'], message: 'the proof reads templates, not constructs' },
    { target: './src/reporting', from: './src', except: ['./reporting', './verification', './private'], message: 'the report renders what the proof says' },
  ];
}
