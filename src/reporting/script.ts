import { readFileSync } from 'fs';
import { join } from 'path';

/** The script of the page, which the build makes into one file beside that of the report. */
export function pageScript(): string {
  return readFileSync(join(__dirname, 'client.js'), 'utf8');
}
