import { join } from 'path';
import * as ts from 'typescript';
import { lostInTranslation } from './public-declarations';
import { publicTypes } from '../support/manifest';
import { ROOT } from '../support/packed';

interface Documented {
  readonly name?: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly protected?: boolean;
  readonly overrides?: string;
  readonly type?: unknown;
}

interface JsiiType extends Documented {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly properties?: Documented[];
  readonly methods?: Documented[];
  readonly members?: Documented[];
}

const members = ({ name, properties = [], methods = [], members: values = [] }: JsiiType) =>
  [...properties, ...methods, ...values].map(member => ({ ...member, where: `${name}.${member.name}` }));

function undocumented(types: JsiiType[]): string[] {
  const all = [...types.map(type => ({ ...type, where: type.name })), ...types.flatMap(members)];
  return all.filter(({ docs }) => !docs?.summary).map(({ where }) => where);
}

function withoutDefault(types: JsiiType[]): string[] {
  return types
    .flatMap(members)
    .filter(({ optional, docs }) => optional && !docs?.default)
    .map(({ where }) => where);
}

function untyped(types: JsiiType[]): string[] {
  return types
    .flatMap(members)
    .filter(({ type }) => /"primitive":"(any|json)"/.test(JSON.stringify(type ?? {})))
    .map(({ where }) => where);
}

describe('the library in other languages', () => {
  let types: JsiiType[];
  let program: ts.Program;

  beforeAll(() => {
    types = Object.values(publicTypes<JsiiType>());
    program = ts.createProgram([join(ROOT, 'lib', 'index.d.ts')], {
      module: ts.ModuleKind.Node16,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
    });
  });

  test('has everything that is exported in TypeScript, and nothing else', () => {
    const checker = program.getTypeChecker();
    const index = checker.getSymbolAtLocation(program.getSourceFile(join(ROOT, 'lib', 'index.d.ts'))!)!;
    const exported = checker.getExportsOfModule(index).map(({ name }) => name);

    expect(exported.length).toBeGreaterThan(25);
    expect(types.map(({ name }) => name).sort()).toEqual(exported.sort());
  });

  test('loses nothing that TypeScript declares', () => {
    expect(lostInTranslation(program, join(ROOT, 'lib', 'index.d.ts'))).toEqual([]);
  });

  test('is documented, member by member', () => {
    expect(types.flatMap(members).length).toBeGreaterThan(100);
    expect(undocumented(types)).toEqual([]);
  });

  test('names the default of everything that is optional', () => {
    expect(withoutDefault(types)).toEqual([]);
  });

  test('has a type for everything', () => {
    expect(untyped(types)).toEqual([]);
  });
});

describe('the guard', () => {
  const planted = `
    export declare function helper(): void;
    export declare const CONSTANT = 1;
    export type Alias = string;
    export declare class Planted {
      constructor(mode: string);
      constructor(mode: number);
      readonly literal: 'gateway' | 'interface';
      readonly mixed?: string | number;
      readonly harmless?: string | undefined;
      private readonly hidden: 'a' | 'b';
      /** @internal */
      _internal(mode: 'a' | 'b'): void;
      overloaded(one: string): void;
      overloaded(one: number): void;
      method(mode: Array<'a' | 'b'>): void;
      generic<T>(value: T): T;
      callback(run: () => void): void;
      get accessor(): string;
      set accessor(value: string);
    }
    export interface PlantedProps { readonly single: 'only'; readonly shape: { readonly a: string }; }
  `;

  test('finds what jsii drops or widens without a word', () => {
    expect(lostInTranslation(programOf(planted), '/planted/index.d.ts')).toEqual([
      'helper: a function is not exported to other languages',
      'CONSTANT: a constant is not exported to other languages',
      'Alias: a type alias is not exported to other languages',
      "Planted.literal: 'gateway' | 'interface' becomes something else in other languages",
      'Planted.mixed: string | number becomes something else in other languages',
      "Planted.method: 'a' | 'b' becomes something else in other languages",
      'Planted.generic: type parameters do not exist in other languages',
      'Planted.callback: () => void becomes something else in other languages',
      'Planted.constructor: only the first overload exists in other languages',
      'Planted.overloaded: only the first overload exists in other languages',
      "PlantedProps.single: 'only' becomes something else in other languages",
      'PlantedProps.shape: { readonly a: string } becomes something else in other languages',
    ]);
  });

  test('finds what is not documented', () => {
    const type: JsiiType = {
      name: 'Planted',
      kind: 'interface',
      properties: [
        { name: 'one', optional: true, docs: { summary: 'One.' } },
        { name: 'two', type: { primitive: 'any' } },
      ],
    };

    expect(undocumented([type])).toEqual(['Planted', 'Planted.two']);
    expect(withoutDefault([type])).toEqual(['Planted.one']);
    expect(untyped([type])).toEqual(['Planted.two']);
  });
});

/** A program of one declaration file that is not on the disk. */
function programOf(source: string): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === '/planted/index.d.ts' ? ts.createSourceFile(name, source, version, true) : getSourceFile(name, version);
  return ts.createProgram(['/planted/index.d.ts'], options, host);
}
