import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ENTRY = join(__dirname, '..', 'src', 'reporting', 'client', 'main.ts');

/** How long the lines of bundled code are: an error that nobody catches is shown below the whole line that throws it. */
export const LINE_LIMIT = 120;

/** The script of the report's page, with the policy evaluator, in one file for browsers. */
export function makePageScript(): string {
  const {
    outputFiles: [{ text }],
  } = buildSync({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    lineLimit: LINE_LIMIT,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return text;
}
