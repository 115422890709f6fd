import { CfnOutput, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { resource, synthesized } from './support';
import { Assembly } from '../../src/cloudformation/models';
import { resolvedAssemblies } from '../../src/cloudformation/resolved-assembly';

const ACCOUNT = '111122223333';

/** The tag with which a bucket shows a value, in every stack that has such a bucket. */
function shown(assembly: Assembly): Record<string, unknown> {
  const [{ resources, unresolved }, ...others] = resolvedAssemblies(assembly);
  expect(others).toEqual([]);
  expect(unresolved).toEqual([]);
  return Object.fromEntries(
    resources
      .filter(({ logicalId }) => logicalId.startsWith('Show'))
      .map(({ stack, properties }) => [stack, properties.BucketName]),
  );
}

function show(stack: Stack, bucketName: string) {
  new CfnBucket(stack, 'Show', { bucketName });
}

test('an export and its import are the same thing', () => {
  expect(
    shown(
      synthesized(app => {
        const data = new Stack(app, 'Data');
        show(new Stack(app, 'Work'), new Bucket(data, 'Bucket').bucketArn);
      }),
    ),
  ).toEqual({ Work: expect.stringMatching(/^arn:<partition>:s3:::<Data\.Bucket\w+>$/) });
});

test('each stage imports what its own stacks export', () => {
  const names = shown(
    synthesized(app => {
      for (const name of ['Test', 'Prod']) {
        const stage = new Stage(app, name, { env: { account: ACCOUNT, region: 'eu-west-1' } });
        const data = new Stack(stage, 'Data', { stackName: 'SameName' });
        show(new Stack(stage, 'Work'), new Bucket(data, 'Bucket').bucketName);
      }
    }),
  );
  expect(names['Test-Work']).toMatch(/^<Test\.Data\.Bucket/);
  expect(names['Prod-Work']).toMatch(/^<Prod\.Data\.Bucket/);
});

test('a nested stack gets values by its parameters and gives them by its outputs', () => {
  const names = shown(
    synthesized(app => {
      const outer = new Stack(app, 'Outer');
      const inner = new NestedStack(outer, 'Inner');
      const deep = new NestedStack(inner, 'Deep');
      show(deep, new Bucket(outer, 'Own').bucketName);
      show(outer, new Bucket(inner, 'Nested').bucketArn);
    }),
  );
  expect(names['Outer/Inner/Deep']).toMatch(/^<Outer\.Own\w+>$/);
  expect(names.Outer).toMatch(/^arn:<partition>:s3:::<Outer\+Inner\w+\.Nested\w+>$/);
});

test('a reference to another Region is followed through its custom resources', () => {
  expect(
    shown(
      synthesized(app => {
        const [home, away] = ['us-east-1', 'eu-west-1'].map(
          region => new Stack(app, region, { env: { account: ACCOUNT, region }, crossRegionReferences: true }),
        );
        show(away, new Bucket(home, 'Bucket').bucketArn);
      }),
    )['eu-west-1'],
  ).toMatch(/^arn:aws:s3:::<us-east-1\.Bucket\w+>$/);
});

test('Fn::GetStackOutput finds an output that is not exported', () => {
  expect(
    shown(
      synthesized(app => {
        const data = new Stack(app, 'Data');
        new CfnOutput(data, 'Name', { value: new Bucket(data, 'Bucket', { bucketName: 'shared' }).bucketName });
        show(new Stack(app, 'Work'), Fn.getStackOutput('Data', 'Name'));
      }),
    ),
  ).toEqual({ Work: 'shared' });
});

describe('what is not in the assembly is reported', () => {
  function reports(define: (stack: Stack) => string, more: (data: Stack) => unknown = () => undefined) {
    const [{ unresolved, resources }] = resolvedAssemblies(
      synthesized(app => {
        more(new Stack(app, 'Data'));
        const work = new Stack(app, 'Work');
        show(work, define(work));
      }),
    );
    expect(resources.find(({ logicalId }) => logicalId === 'Show')?.properties.BucketName).toMatch(
      /^<\w+#[a-z0-9-]+>$/,
    );
    return unresolved.map(({ why }) => why);
  }

  test('an import of a name that several stacks export', () => {
    const why = reports(
      () => Fn.importValue('Twice'),
      data => {
        new CfnOutput(data, 'A', { value: 'a', exportName: 'Twice' });
        new CfnOutput(data, 'B', { value: 'b', exportName: 'Twice' });
      },
    );
    expect(why).toEqual(['several stacks export Twice']);
  });

  test('the output of an unknown stack', () => {
    expect(reports(() => Fn.getStackOutput('Elsewhere', 'Name'))).toEqual([
      'no stack of the assembly is Elsewhere with the output Name',
    ]);
  });

  test('an unknown output of a nested stack', () => {
    const why = reports(work => {
      const inner = new NestedStack(work, 'Inner');
      new Bucket(inner, 'Bucket');
      return Fn.getAtt(work.getLogicalId(inner.nestedStackResource!), 'Outputs.Nothing').toString();
    });
    expect(why).toEqual([expect.stringMatching(/^the nested stack Inner\w+ has no output Nothing$/)]);
  });
});

test('an import from another account is none', () => {
  const [{ unresolved, imports }] = resolvedAssemblies(
    synthesized(app => {
      const data = new Stack(app, 'Data', { env: { account: '444455556666', region: 'eu-west-1' } });
      new CfnOutput(data, 'A', { value: 'a', exportName: 'Shared' });
      show(new Stack(app, 'Work', { env: { account: ACCOUNT, region: 'eu-west-1' } }), Fn.importValue('Shared'));
    }),
  );
  expect(unresolved).toEqual([]);
  expect(imports).toEqual(['Shared']);
});

test('parameters of Systems Manager are the same in every stack', () => {
  const names = shown(
    synthesized(app => {
      const one = new Stack(app, 'One');
      show(one, StringParameter.valueForStringParameter(one, '/app/name'));
      show(new Stack(app, 'Two'), '{{resolve:ssm:/app/name}}');
    }),
  );
  expect(names.Two).toBe('<ssm#|app|name>');
  expect(names.One).toBe('<ssm#|app|name>');
});

test('construct paths are those of the stack, also where a nested stack uses the same logical id', () => {
  const [reading] = resolvedAssemblies(
    synthesized(app => {
      const outer = new Stack(app, 'Outer');
      new Bucket(outer, 'Same');
      new Bucket(new NestedStack(outer, 'Inner'), 'Same');
    }),
  );
  const paths = reading.resources
    .filter(({ type }) => type === 'AWS::S3::Bucket')
    .map(({ stack, logicalId, constructPath }) => [stack, logicalId, constructPath]);
  expect(paths[0][1]).toBe(paths[1][1]);
  expect(paths.map(([stack, , path]) => [stack, path])).toEqual([
    ['Outer', 'Outer/Same/Resource'],
    ['Outer/Inner', 'Outer/Inner/Same/Resource'],
  ]);
  expect(resource({ ...reading, resources: reading.resources.slice(0, 1) }, paths[0][1]!).ref).toMatch(
    /^<Outer\.Same\w+>$/,
  );
});
