import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT, build } from './packed';

/** The public types of the library by their full names, from the manifest that the build makes. */
export function publicTypes<T>(): Readonly<Record<string, T>> {
  build();
  return JSON.parse(manifestOf(ROOT)).types;
}

/** The manifest of a package of jsii, as text; it may be a pointer to a compressed one. */
export function manifestOf(directory: string): string {
  const text = readFileSync(join(directory, '.jsii'), 'utf8');
  const manifest = JSON.parse(text);
  if (manifest.schema !== 'jsii/file-redirect') {
    return text;
  }
  const target = readFileSync(join(directory, manifest.filename));
  return (manifest.compression === 'gzip' ? gunzipSync(target) : target).toString();
}
