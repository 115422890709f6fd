import { join, relative } from 'node:path';
import { DIST, PackageTarget, filesOf, packageFor } from './languages/packages';
import { availableLanguages } from './languages/toolchains';

/** Packages the library for every language whose toolchain is there, and says what is where. */
function main(): void {
  const targets: PackageTarget[] = ['js', ...availableLanguages(), 'dotnet'];
  for (const target of targets) {
    const start = Date.now();
    const folder = packageFor(target);
    console.log(
      `${relative(process.cwd(), folder)}, ${((Date.now() - start) / 1000).toFixed(1)} s: ${summary(target)}`,
    );
  }
}

function summary(target: PackageTarget): string {
  const files = filesOf(join(DIST, target))
    .filter(name => /\.(tgz|whl|tar\.gz|jar|pom|mod|csproj)$/.test(name))
    .join(', ');
  const note =
    target === 'dotnet' ? ' (sources, checked by their text: nothing was compiled, which needs the .NET SDK)' : '';
  return `${files}${note}`;
}

main();
