import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesOf } from '../languages/packages';

/** What a registry takes, as the workflow names the job that publishes it. */
export interface Registry {
  readonly job: string;
  readonly name: string;
  /** The folder below `dist/`. */
  readonly folder: string;
  /** The files that are published, by their names with the version in the place of `*`. */
  readonly files: readonly string[];
  /** The name of the package in the registry. */
  readonly packageName: string;
}

export const REGISTRIES: readonly Registry[] = [
  {
    job: 'release_npm',
    name: 'npm',
    folder: 'js',
    files: ['cdk-private-ec2-s3-access-*.tgz'],
    packageName: 'cdk-private-ec2-s3-access',
  },
  {
    job: 'release_pypi',
    name: 'PyPI',
    folder: 'python',
    files: ['cdk_private_ec2_s3_access-*-py3-none-any.whl', 'cdk_private_ec2_s3_access-*.tar.gz'],
    packageName: 'cdk-private-ec2-s3-access',
  },
  {
    job: 'release_maven',
    name: 'Maven Central',
    folder: 'java',
    files: ['', '-sources', '-javadoc']
      .map(kind => `cdk-private-ec2-s3-access-*${kind}.jar`)
      .concat('cdk-private-ec2-s3-access-*.pom'),
    packageName: 'io.github.cdk-private-ec2-s3-access:cdk-private-ec2-s3-access',
  },
  {
    job: 'release_golang',
    name: 'Go',
    folder: 'go',
    files: ['go.mod', 'version'],
    packageName: 'github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access',
  },
  {
    job: 'release_nuget',
    name: 'NuGet',
    folder: 'dotnet',
    files: ['CdkPrivateEc2S3Access.*.nupkg'],
    packageName: 'CdkPrivateEc2S3Access',
  },
];

/** A file that would be published. */
export interface Artefact {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The files of a registry in a folder of packages, and the names of those that are missing. */
export function artefactsOf(
  dist: string,
  { folder, files }: Registry,
  version: string,
): { found: Artefact[]; missing: string[] } {
  const present = filesOf(join(dist, folder));
  const expected = files.map(name => ({
    name,
    path: present.find(file => basename(file) === name.replace('*', version)),
  }));
  return {
    found: expected.flatMap(({ path }) => (path === undefined ? [] : [artefact(join(dist, folder), path)])),
    missing: expected.filter(({ path }) => path === undefined).map(({ name }) => name.replace('*', version)),
  };
}

function artefact(folder: string, file: string): Artefact {
  const path = join(folder, file);
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { file, bytes: statSync(path).size, sha256 };
}

interface Sbom {
  readonly bomFormat?: string;
  readonly metadata?: { readonly component?: { readonly name?: string; readonly version?: string } };
  readonly components?: ReadonlyArray<{ readonly name: string; readonly scope?: string }>;
}

/** What is wrong with a bill of materials: the library needs nothing but what its user has. */
export function sbomProblems(sbom: Sbom, name: string, version: string, peers: readonly string[]): string[] {
  const { component } = sbom.metadata ?? {};
  const strange = (sbom.components ?? []).map(each => each.name).filter(each => !peers.includes(each));
  return [
    ...(sbom.bomFormat === 'CycloneDX' ? [] : ['it is not CycloneDX']),
    ...(component?.name === name ? [] : [`it is about ${component?.name}, and not about ${name}`]),
    ...(component?.version === version ? [] : [`it is about version ${component?.version}, and not ${version}`]),
    ...(strange.length === 0 ? [] : [`it names ${strange.join(', ')}`]),
  ];
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly repository?: { readonly url?: string };
  readonly publishConfig?: { readonly access?: string };
}

/**
 * What npm compares before it accepts a package with provenance: public, and from the repository whose workflow signs
 * it.
 */
export function provenanceProblems(packageJson: PackageJson, repository: string, version: string): string[] {
  const { url = '' } = packageJson.repository ?? {};
  return [
    ...(url.replace(/^git\+/, '').replace(/\.git$/, '') === repository
      ? []
      : [`the repository is "${url}", and not ${repository}`]),
    ...(packageJson.publishConfig?.access === 'public' ? [] : ['access is not public']),
    ...(packageJson.private === true ? ['it is private'] : []),
    ...(packageJson.version === version ? [] : [`its version is ${packageJson.version}, and not ${version}`]),
  ];
}
