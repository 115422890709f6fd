import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ENTRY = join(__dirname, '..', 'src', 'reporting', 'client', 'main.ts');

/** The script of the report's page, with the policy evaluator, in one file for browsers. */
export function makePageScript(): string {
  const {
    outputFiles: [{ text }],
  } = buildSync({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return text;
}
