import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { inDirectory } from './support';
import type { Json } from '../../src/cloudformation/json';
import { assemblyOf, readAssembly } from '../../src/cloudformation/models';
import { errorOf } from '../support/resources';

const TEMPLATE = { Resources: { Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } } };

function synthesize(outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false });
  new Bucket(new Stack(app, 'Plain'), 'Data');
  const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
  const outer = new Stack(stage, 'Outer');
  new Bucket(new NestedStack(outer, 'Inner'), 'Data');
  new Bucket(outer, 'Data');
  app.synth();
}

function inAssembly<T>(run: (directory: string) => T): T {
  return inDirectory(directory => {
    synthesize(directory);
    return run(directory);
  });
}

describe('a cloud assembly', () => {
  test('gives the stacks of all stages with their nested stacks', () => {
    const { stacks, problems } = inAssembly(directory => readAssembly(directory));
    expect(problems).toEqual([]);
    expect(stacks.map(({ name, constructPath, account, region }) => [name, constructPath, account, region])).toEqual([
      ['Prod-Outer', 'Prod/Outer', '111122223333', 'eu-west-1'],
      ['Prod/Outer/Inner', 'Prod/Outer/Inner', '111122223333', 'eu-west-1'],
      ['Plain', 'Plain', undefined, undefined],
    ]);
    expect(Object.values(stacks[2].paths)).toContain('Plain/Data/Resource');
  });

  test('may be given by its manifest', () => {
    expect(inAssembly(directory => readAssembly(join(directory, 'manifest.json'))).stacks).toHaveLength(3);
  });

  test('takes the environment that is not in it from the options', () => {
    const { stacks } = inAssembly(directory =>
      readAssembly(directory, { account: '444455556666', region: 'us-east-1' }),
    );
    expect(stacks.map(({ account, region }) => `${account} ${region}`)).toEqual([
      '111122223333 eu-west-1',
      '111122223333 eu-west-1',
      '444455556666 us-east-1',
    ]);
  });

  test('without the template of a nested stack says so', () => {
    const { stacks, problems } = inAssembly(directory => {
      const [nested] = readAssembly(directory).stacks.filter(({ parent }) => parent !== undefined);
      const file = Object.entries(manifestOf(nested.directory))
        .map(([, { source }]) => source.path)
        .find(path => path.includes('nested'))!;
      renameSync(join(nested.directory, file), join(directory, 'elsewhere.json'));
      return readAssembly(directory);
    });
    expect(stacks).toHaveLength(2);
    expect(problems).toEqual([
      expect.objectContaining({
        stack: 'Prod-Outer',
        function: 'TemplateURL',
        constructPath: 'Prod/Outer/Inner.NestedStack/Inner.NestedStackResource',
      }),
    ]);
  });
});

function manifestOf(directory: string): Record<string, { source: { path: string } }> {
  const assets = readdirSync(directory).find(name => name.endsWith('.assets.json'))!;
  return JSON.parse(readFileSync(join(directory, assets), 'utf8')).files;
}

describe('a template file', () => {
  function reading(name: string, content: string) {
    return inDirectory(directory => {
      writeFileSync(join(directory, name), content);
      return readAssembly(join(directory, name), { account: '111122223333' });
    });
  }

  test.each(['network.json', 'network.template.json', 'network.template'])('%s is the stack network', name => {
    expect(reading(name, JSON.stringify(TEMPLATE)).stacks).toEqual([
      expect.objectContaining({ id: 'network', name: 'network', account: '111122223333', region: undefined }),
    ]);
  });

  test('may have construct paths in its metadata', () => {
    const { Data } = TEMPLATE.Resources;
    const template = { Resources: { Data: { ...Data, Metadata: { 'aws:cdk:path': 'App/Data/Resource' } } } };
    expect(reading('app.json', JSON.stringify(template)).stacks[0].paths).toEqual({ Data: 'App/Data/Resource' });
  });

  test('may nest a template in a file next to it', () => {
    const { stacks } = inDirectory(directory => {
      mkdirSync(join(directory, 'parts'));
      writeFileSync(join(directory, 'parts', 'data.json'), JSON.stringify(TEMPLATE));
      const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'parts/data.json' } };
      writeFileSync(join(directory, 'all.json'), JSON.stringify({ Resources: { Part: nested } }));
      return readAssembly(join(directory, 'all.json'));
    });
    expect(stacks.map(({ id, name }) => [id, name])).toEqual([
      ['all', 'all'],
      ['all+Part', 'all/Part'],
    ]);
  });
});

describe('bad input', () => {
  test('a path that does not exist', () => {
    expect(errorOf(() => readAssembly('/nowhere'))).toBe(
      '/nowhere: path: got "/nowhere", allowed: an existing file or directory, fix: run cdk synth first',
    );
  });

  test('a directory without a manifest', () => {
    expect(inDirectory(directory => errorOf(() => readAssembly(directory)))).toMatch(
      /allowed: a cloud assembly with a manifest\.json, or a folder with templates, fix: run cdk synth, and give its output directory$/,
    );
  });

  test.each<[Json, string]>([
    [{ artifacts: {} }, 'Training: template: got "artifacts", allowed: a CloudFormation template with Resources'],
    [[], 'Training: template: got an empty list, allowed: a CloudFormation template with Resources'],
    [{ Resources: { A: { Properties: {} } } }, 'Training: Resources.A: got {'],
    [{ Resources: { A: { Type: 'T', Properties: [] } } }, 'Training: Resources.A: got {'],
    [{ Resources: {}, Outputs: [] }, 'Training: Outputs: got an empty list, allowed: an object'],
  ])('%j', (template, error) => {
    expect(errorOf(() => assemblyOf('Training', template))).toContain(error);
  });

  test('all problems at once', () => {
    expect(
      errorOf(() => assemblyOf('Training', { Resources: { A: {}, B: {} }, Mappings: 1 })).split('\n'),
    ).toHaveLength(3);
  });
});
