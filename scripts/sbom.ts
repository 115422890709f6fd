import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import library from '../package.json';
import { ROOT, runIn } from '../test/support/packed';

const OF_THE_PACKAGE = ['--sbom-format=cyclonedx', '--sbom-type=library', '--omit=dev', '--package-lock-only'];

/** What the bill of materials is about, and what it lists. */
export interface BillOfMaterials {
  readonly metadata: { readonly component: { name: string; readonly purl: string } };
  readonly components: readonly object[];
}

/** The bill of materials of the package. npm names it after the folder that it is in. */
export function billOfMaterials(): BillOfMaterials {
  const bill = JSON.parse(runIn(ROOT, 'npm', ['sbom', ...OF_THE_PACKAGE])) as BillOfMaterials;
  bill.metadata.component.name = library.name;
  return bill;
}

/** Writes it to a file. */
function main(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(billOfMaterials(), undefined, 2)}\n`);
}

if (require.main === module) {
  main(join(ROOT, process.argv[2]));
}
