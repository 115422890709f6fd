import * as ts from 'typescript';

/** Parsed once in a process: the declarations of the CDK are long. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * What the TypeScript compiler, as strict as it gets, says about programs, and not about what they import, one line
 * for each complaint.
 *
 * @param files the programs by their absolute names; those that are not on the disk with their text
 */
export function typeErrors(files: ReadonlyMap<string, string | undefined>, options: ts.CompilerOptions = {}): string[] {
  const settings: ts.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noUnusedLocals: true,
    noImplicitReturns: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    ...options,
  };
  const program = ts.createProgram([...files.keys()], settings, hostOf(files, settings));
  const diagnostics = [...files.keys()]
    .map(name => program.getSourceFile(name))
    .flatMap(file => ts.getPreEmitDiagnostics(program, file));
  return ts.sortAndDeduplicateDiagnostics(diagnostics).map(({ file, start, messageText }) => {
    const place = file && `${file.fileName}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1}: `;
    return `${place ?? ''}${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

function hostOf(files: ReadonlyMap<string, string | undefined>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = name => files.has(name) || fileExists(name);
  host.readFile = name => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...others) => {
    if (files.has(name)) {
      return ts.createSourceFile(name, host.readFile(name)!, version);
    }
    if (!parsed.has(name)) {
      parsed.set(name, getSourceFile(name, version, ...others));
    }
    return parsed.get(name);
  };
  return host;
}
