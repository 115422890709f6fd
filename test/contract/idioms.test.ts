import { IdiomaticType, idiomProblems } from './idioms';
import library from '../../package.json';
import { publicTypes } from '../support/manifest';

function planted(type: Partial<IdiomaticType>): IdiomaticType {
  return { fqn: 'lib.Planted', name: 'Planted', kind: 'class', ...type };
}

const method = (name: string, ...parameters: Array<{ name: string; type: { fqn?: string } }>) => ({ name, parameters });

describe('the names of the library', () => {
  test('suit every language', () => {
    const types = Object.values(publicTypes<IdiomaticType>());

    expect(types.length).toBeGreaterThan(25);
    expect(idiomProblems(types)).toEqual([]);
  });

  test('are told to every language by a description without quotes, which break the set-up of the Python package', () => {
    expect(library.description).not.toMatch(/["\\\n]/);
  });

  test('are those of a construct library', () => {
    expect(library.jsii.targets).toEqual({
      python: { distName: 'cdk-private-ec2-s3-access', module: 'cdk_private_ec2_s3_access' },
      java: {
        package: 'io.github.cdkprivateec2s3access',
        maven: { groupId: 'io.github.cdk-private-ec2-s3-access', artifactId: 'cdk-private-ec2-s3-access' },
      },
      dotnet: { namespace: 'CdkPrivateEc2S3Access', packageId: 'CdkPrivateEc2S3Access' },
      go: {
        moduleName: 'github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go',
        packageName: 'cdkprivateec2s3access',
      },
    });
  });
});

describe('the check', () => {
  test.each<[string, IdiomaticType[], string[]]>([
    ['a keyword', [planted({ methods: [method('from')] })], ['Planted.from: is reserved in Python']],
    [
      'a keyword in snake case',
      [planted({ properties: [{ name: 'lambda' }] })],
      ['Planted.lambda: is reserved in Python'],
    ],
    [
      'a keyword of several languages',
      [planted({ properties: [{ name: 'interface' }] })],
      [
        'Planted.interface: is reserved in C#',
        'Planted.interface: is reserved in Java',
        'Planted.interface: is reserved in Go',
      ],
    ],
    [
      'a method of every object',
      [planted({ methods: [method('notify')] })],
      ['Planted.notify: every object of Java has it'],
    ],
    [
      'the name of the class',
      [planted({ properties: [{ name: 'planted' }] })],
      ['Planted.planted: has the name of its class in C#'],
    ],
    [
      'an acronym',
      [planted({ properties: [{ name: 'vpcIPRange' }] })],
      ['Planted.vpcIPRange: becomes vpc_iprange in Python'],
    ],
    [
      'a parameter',
      [planted({ methods: [method('of', { name: 'import', type: {} })] })],
      [
        'Planted.of(import): is reserved in Java',
        'Planted.of(import): is reserved in Python',
        'Planted.of(import): is reserved in Go',
      ],
    ],
    [
      'two members of one name',
      [planted({ properties: [{ name: 'subnetId' }], methods: [method('subnetID')] })],
      ['Planted.subnetID: becomes subnet_id in Python', 'Planted.subnetID: differs in its case only'],
    ],
    [
      'a constructor in Go',
      [planted({}), planted({ name: 'NewPlanted', kind: 'interface' })],
      ['NewPlanted: is the constructor of Planted in Go'],
    ],
  ])('finds %s', (_, types, problems) => {
    expect(idiomProblems(types)).toEqual(problems);
  });

  test('finds a keyword argument that is a positional one', () => {
    const base = planted({
      fqn: 'lib.Base',
      name: 'Base',
      kind: 'interface',
      datatype: true,
      properties: [{ name: 'bucket' }],
    });
    const props = planted({
      fqn: 'lib.Props',
      name: 'Props',
      kind: 'interface',
      datatype: true,
      interfaces: ['lib.Base'],
    });
    const type = planted({
      methods: [method('adopt', { name: 'bucket', type: {} }, { name: 'props', type: { fqn: 'lib.Props' } })],
    });

    expect(idiomProblems([base, props, type])).toEqual([
      'Planted.adopt(bucket): is a keyword argument and a positional one in Python',
    ]);
  });

  test('finds a map of structs', () => {
    const struct = planted({ fqn: 'lib.Struct', name: 'Struct', kind: 'interface', datatype: true });
    const elementtype = { fqn: 'lib.Struct' };
    const props = planted({
      name: 'Props',
      kind: 'interface',
      datatype: true,
      properties: [{ name: 'byName', type: { collection: { kind: 'map', elementtype } } }],
    });

    expect(idiomProblems([struct, props])).toEqual(['Props.byName: a map of structs loses keys in Python']);
  });
});
