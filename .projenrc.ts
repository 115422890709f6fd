import { awscdk, javascript, TextFile } from 'projen';
import { configureContributing } from './projenrc/contributing';
import { Hardening } from './projenrc/hardening';
import { configureLanguages, publishTargets } from './projenrc/languages';
import { configureLint } from './projenrc/lint';
import { configureRelease, releaseOptions } from './projenrc/release';
import { configureTests, LEFT_OUT } from './projenrc/tests';
import { tools } from './projenrc/tools';
import { buildOptions, configureWorkflows } from './projenrc/workflows';

const repositoryUrl = 'https://github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access.git';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-private-ec2-s3-access',
  description:
    'The AWS Security Reference Architecture pattern of a private EC2 instance that reaches its S3 data buckets, as one CDK construct: one access list, three agreeing policies, no internet, no stored keys.',
  author: 'The cdk-private-ec2-s3-access authors',
  authorAddress: repositoryUrl.replace('.git', ''),
  authorOrganization: true,
  repositoryUrl,
  license: 'Apache-2.0',
  homepage: `${repositoryUrl.replace('.git', '')}#readme`,
  bugsUrl: `${repositoryUrl.replace('.git', '')}/issues`,
  keywords: [
    'aws',
    'aws-cdk',
    'awscdk',
    'cdk',
    'ec2',
    's3',
    'vpc-endpoint',
    'data-perimeter',
    'security-reference-architecture',
    'iam',
  ],
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  projenrcTs: true,
  projenVersion: '0.103.25',
  packageManager: javascript.NodePackageManager.NPM,
  npmIgnoreOptions: { ignorePatterns: [] },
  minNodeVersion: '20.16.0',
  jsiiVersion: '6.0.16',
  typescriptVersion: '6.0.3',
  cdkVersion: '2.271.0',
  constructsVersion: '10.5.1',
  tsconfigDevFile: 'tsconfig.dev.json',
  docgenFilePath: 'API.md',

  ...publishTargets,

  ...releaseOptions,
  ...buildOptions,
  pullRequestTemplate: false,

  prettier: true,
  prettierOptions: {
    settings: {
      printWidth: 120,
      singleQuote: true,
      arrowParens: javascript.ArrowParens.AVOID,
      trailingComma: javascript.TrailingComma.ALL,
    },
  },

  typecheckTests: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    extraCliOptions: ['--ci'],
    jestConfig: {
      collectCoverage: false,
      maxWorkers: '100%',
      modulePathIgnorePatterns: ['<rootDir>/.demo', '<rootDir>/.work', '<rootDir>/lib'],
      setupFiles: ['<rootDir>/test/support/setup.ts'],
      testEnvironment: '<rootDir>/test/support/jest/environment.js',
      runtime: '<rootDir>/test/support/jest/runtime.js',
      transform: { '^.+\\.[t]sx?$': new javascript.Transform('<rootDir>/test/support/jest/transform.js') },
      testPathIgnorePatterns: LEFT_OUT,
      testTimeout: 120_000,
    },
  },
  eslintOptions: {
    dirs: ['src', 'projenrc', 'scripts', 'bench'],
    devdirs: ['test', 'examples'],
    commandOptions: { fix: false },
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
  },
  tsconfigDev: {
    compilerOptions: { paths: { 'cdk-private-ec2-s3-access': ['./src'] } },
    include: ['.projenrc.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'projenrc/**/*.ts', 'scripts/**/*.ts'],
  },
  gitignore: [
    '.demo/',
    '.work/',
    'cdk.out/',
    '.DS_Store',
    '.venv/',
    '.jsii.tabl.json',
    '__pycache__/',
    '/examples/**/target/',
    'go.sum',
  ],
});

project.addDevDeps(...tools);
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');
// what a file does not use of a folder stays out of the bundles, though the index of the folder names it
project.package.addField('sideEffects', false);
project.package.addField('overrides', {
  'unrs-resolver': '1.12.2',
  'eslint-plugin-awscdk': { typescript: '$typescript' },
});
for (const pattern of [
  '/.ci/',
  '/bench/',
  '/decisions/',
  '/examples/',
  '/projenrc/',
  '/scripts/',
  '/rosetta/',
  '/docs/',
  '/SECURITY.md',
  '/.compatignore',
  '.npmrc',
  '.nvmrc',
  '.jsii.tabl.json',
  '/tsconfig.dev.json',
  '/.demo/',
  '/.work/',
  '/.venv/',
  '/API.md',
  '/ARCHITECTURE.md',
  '/CONTRIBUTING.md',
]) {
  project.npmignore?.addPatterns(pattern);
}
new TextFile(project, '.nvmrc', { lines: ['22', ''] });

// source maps inside of every file would make the package three times as large
for (const option of ['inlineSourceMap', 'inlineSources']) {
  project.tryFindObjectFile('tsconfig.json')?.addOverride(`compilerOptions.${option}`, false);
}

project.package.addBin({ 'cdk-private-ec2-s3-access': 'lib/cli/main.js' });

configureLint(project);
configureTests(project);
configureLanguages(project);
configureRelease(project);
configureWorkflows(project);
configureContributing(project);
new Hardening(project);
project.synth();
