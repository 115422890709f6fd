import { createHash } from 'crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { basename, dirname, join } from 'path';
import { knownOr } from './names';
import type { WorkloadPolicies } from './policies';
import { templateFilesIn } from '../../cloudformation';

/** What a report says of itself. */
export interface ReportOptions {
  /** The day that it is made on, as in `2026-11-30`; absent: it has no date. */
  readonly date?: string;
  /** The version of this library. */
  readonly version?: string;
}

/** A template that was read. */
export interface ReadTemplate {
  readonly name: string;
  readonly sha256: string;
}

/** What a report is about, and what it was made of. */
export interface About extends ReportOptions {
  readonly region: string;
  readonly accounts: readonly string[];
  readonly templates: readonly ReadTemplate[];
}

const MANIFEST = 'manifest.json';

interface Artifact {
  readonly type?: string;
  readonly properties?: { readonly templateFile?: string; readonly directoryName?: string };
}

/** What a report about a workload is about. */
export function aboutOf(
  { region, account, buckets }: WorkloadPolicies,
  templates: readonly ReadTemplate[],
  options: ReportOptions,
): About {
  const accounts = [account, ...buckets.map(bucket => bucket.account)].map(each => knownOr(each, 'any account'));
  return { ...options, region: knownOr(region, 'any Region'), accounts: [...new Set(accounts)], templates };
}

/** The templates of an assembly, each with the hash of its file. */
export function templatesAt(paths: string | readonly string[]): ReadTemplate[] {
  return [paths]
    .flat()
    .flatMap(filesAt)
    .map(file => ({
      name: basename(file),
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    }));
}

function filesAt(path: string): string[] {
  if (!existsSync(path)) {
    return [];
  }
  if (!statSync(path).isDirectory()) {
    return basename(path) === MANIFEST ? filesAt(dirname(path)) : [path];
  }
  if (!existsSync(join(path, MANIFEST))) {
    return templateFilesIn(path).filter(file => /\bResources\b/.test(readFileSync(file, 'utf8')));
  }
  const manifest = JSON.parse(readFileSync(join(path, MANIFEST), 'utf8')) as { artifacts?: Record<string, Artifact> };
  const found = Object.values(manifest.artifacts ?? {}).flatMap(({ type, properties = {} }) => {
    const { templateFile, directoryName } = properties;
    if (type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      return filesAt(join(path, directoryName));
    }
    return templateFile === undefined ? [] : [join(path, templateFile)];
  });
  const nested = readdirSync(path)
    .filter(file => file.endsWith('.nested.template.json'))
    .map(file => join(path, file));
  return [...new Set([...found, ...nested])].filter(file => existsSync(file)).sort();
}
