import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT, build } from './packed';

/**
 * The public types of the library by their full names, from the manifest that the build makes; it may be a pointer to
 * a compressed one.
 */
export function publicTypes<T>(): Readonly<Record<string, T>> {
  build();
  const manifest = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
  if (manifest.schema !== 'jsii/file-redirect') {
    return manifest.types;
  }
  const target = readFileSync(join(ROOT, manifest.filename));
  return JSON.parse((manifest.compression === 'gzip' ? gunzipSync(target) : target).toString()).types;
}
