import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { preProcessFile } from 'typescript';

const NAMES = /^(import|export) (type )?\{([^}]*)\} from '(\.[^']*)';$/gm;

/**
 * The declarations that a compiler reads for one of them. What they import from the index of a folder they import from
 * the file that declares it from now on, so that the rest of the folder is not needed.
 */
export function declarationsFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) {
    return seen;
  }
  seen.add(file);
  const direct = readFileSync(file, 'utf8').replace(NAMES, (_, verb: string, type: string = '', names: string, from) =>
    directly(`${verb} ${type}`, names, file, from),
  );
  writeFileSync(file, direct);
  const own = preProcessFile(direct).importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
  own.forEach(({ fileName }) => declarationsFrom(declarationOf(file, fileName), seen));
  return seen;
}

function directly(verb: string, names: string, file: string, from: string): string {
  const each = names.split(',').map(name => name.trim());
  return each
    .filter(name => name !== '')
    .map(
      name => `${verb}{ ${name} } from '${pathTo(declaring(name.split(' as ')[0], declarationOf(file, from)), file)}';`,
    )
    .join('\n');
}

/** The file that declares a name which another file exports. */
function declaring(name: string, file: string): string {
  for (const [, , , names, from] of readFileSync(file, 'utf8').matchAll(NAMES)) {
    if (names.split(',').some(each => each.trim() === name)) {
      return declaring(name, declarationOf(file, from));
    }
  }
  return file;
}

function declarationOf(file: string, from: string): string {
  const path = join(dirname(file), from);
  return existsSync(`${path}.d.ts`) ? `${path}.d.ts` : join(path, 'index.d.ts');
}

function pathTo(file: string, from: string): string {
  const path = relative(dirname(from), file).replace(/\.d\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}
