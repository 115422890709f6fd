import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { makePageScript } from './page-script';
import { renderPage } from '../src/reporting/html/page';
import { reportsOf } from '../src/reporting/model/report';
import { ROOT } from '../test/support/packed';
import { quickStart } from '../test/support/scenarios';

const PICTURE = join(ROOT, 'docs', 'report.png');
const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Takes the picture of the README: the first screen of the quick start's report, by Chromium. */
function main(): void {
  const browser = CHROMIUM.find(each => each !== undefined && existsSync(each));
  if (browser === undefined) {
    throw new Error('install Chromium, or set CHROMIUM to its path');
  }
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const app = new App({ outdir: join(folder, 'cdk.out') });
  quickStart(new Stack(app, 'QuickStart'));
  const [report] = reportsOf(app.synth().directory);
  const page = join(folder, 'report.html');
  writeFileSync(page, renderPage(report, makePageScript()));
  execFileSync(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--window-size=1600,1000',
      `--screenshot=${PICTURE}`,
      `file://${page}`,
    ],
    { stdio: 'ignore' },
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

main();
