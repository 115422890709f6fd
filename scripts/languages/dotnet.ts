import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pacmak } from './pacmak';
import { ROOT } from '../../test/support/packed';

const NAME = 'CdkPrivateEc2S3Access';

interface Member {
  readonly name: string;
  readonly static?: boolean;
  readonly protected?: boolean;
}

/** What is looked at of a type in the manifest of jsii. */
export interface DotnetType {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
}

/**
 * Generates the .NET project into a folder, and fails where something of it is missing. Nothing is compiled: that
 * needs the .NET SDK.
 */
export function generateDotnet(folder: string): void {
  pacmak('dotnet', dirname(folder), { codeOnly: true });
  const problems = dotnetProblems(folder, Object.values(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).types));
  if (problems.length > 0) {
    throw new Error(`the .NET sources are not complete:\n${problems.join('\n')}`);
  }
}

/** What is missing in the generated sources, as far as it shows without a compiler. */
export function dotnetProblems(folder: string, types: readonly DotnetType[]): string[] {
  const project = join(folder, NAME, `${NAME}.csproj`);
  if (!existsSync(project)) {
    return [`${project} is not there`];
  }
  const tarballs = readdirSync(dirname(project)).filter(name => name.endsWith('.tgz'));
  return [
    ...projectProblems(readFileSync(project, 'utf8'), tarballs),
    ...types.flatMap(type => typeProblems(join(dirname(project), NAME), type)),
  ];
}

function projectProblems(xml: string, tarballs: readonly string[]): string[] {
  const expected = [
    `<PackageId>${NAME}</PackageId>`,
    '<PackageReference Include="Amazon.CDK.Lib"',
    '<PackageReference Include="Amazon.JSII.Runtime"',
  ];
  return [
    ...xmlProblems(xml),
    ...expected.filter(text => !xml.includes(text)).map(text => `the project file has no ${text}`),
    ...(tarballs.length === 1 && xml.includes(`<EmbeddedResource Include="${tarballs[0]}"`)
      ? []
      : ['the package of npm is not embedded']),
  ];
}

/** Whether every element is closed in order. */
export function xmlProblems(xml: string): string[] {
  const open: string[] = [];
  for (const [, closing, name, rest] of xml
    .replace(/<\?[^]*?\?>|<!--[^]*?-->/g, '')
    .matchAll(/<(\/?)([\w.:-]+)([^<>]*)>/g)) {
    if (closing !== '') {
      if (open.pop() !== name) {
        return [`</${name}> closes another element`];
      }
    } else if (!rest.endsWith('/')) {
      open.push(name);
    }
  }
  return open.map(name => `<${name}> is not closed`);
}

function typeProblems(folder: string, type: DotnetType): string[] {
  const file = join(
    folder,
    `${type.kind === 'interface' && type.datatype !== true ? asInterface(type.name) : type.name}.cs`,
  );
  if (!existsSync(file)) {
    return [`${file} is not there`];
  }
  const code = readFileSync(file, 'utf8');
  const expected = [
    `namespace ${NAME}`,
    new RegExp(`public (abstract )?(class|enum|interface) I?${type.name}\\b`),
    ...(type.properties ?? [])
      .filter(isPublic)
      .map(({ name }) => new RegExp(`public (static |override |virtual )?[\\w.<>?,\\[\\] ]+ ${pascal(name)}\\b`)),
    ...(type.methods ?? [])
      .filter(isPublic)
      .map(({ name }) => new RegExp(`public (static |override |virtual )?[\\w.<>?,\\[\\] ]+ ${pascal(name)}\\(`)),
  ];
  return expected
    .filter(each => (typeof each === 'string' ? !code.includes(each) : !each.test(code)))
    .map(each => `${type.name}.cs has nothing like ${each}`);
}

const isPublic = (member: Member) => member.protected !== true;
const asInterface = (name: string) => (/^I[A-Z]/.test(name) ? name : `I${name}`);
const pascal = (name: string) => `${name[0].toUpperCase()}${name.slice(1)}`;
