import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { renderPage } from './html/page';
import { renderMarkdown } from './markdown/markdown';
import { Report, reportsOf } from './model/report';
import { renderPictureFile } from './picture/picture';
import { pageScript } from './script';
import { fileName } from './text';

export { outcomesOf } from './expectations';
export type { Expectation, Outcome } from './expectations';

/** A report that was written. */
export interface WrittenReport {
  readonly title: string;
  readonly holds: boolean;
  readonly files: readonly string[];
}

/**
 * Writes the access report of each workload of a cloud assembly, or of a template, that may use S3.
 *
 * @param paths the cloud assemblies and the templates that are deployed together
 * @param directory where the files go; it is made if it is not there
 */
export function writeReports(paths: string | readonly string[], directory: string): WrittenReport[] {
  const reports = reportsOf(paths, { date: today(process.env.SOURCE_DATE_EPOCH), version: versionHere() });
  if (reports.length > 0) {
    mkdirSync(directory, { recursive: true });
  }
  const names = distinctFileNames(reports.map(({ title }) => title));
  return reports.map((report, index) => ({
    title: report.title,
    holds: report.holds,
    files: write(report, names[index], directory),
  }));
}

/** The day; where builds have to be the same again, the one that they say. */
export function today(epoch: string | undefined): string {
  const seconds = /^\d+$/.test(epoch ?? '') ? Number(epoch) * 1000 : Date.now();
  return new Date(seconds).toISOString().slice(0, 10);
}

function versionHere(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

function write(report: Report, name: string, directory: string): string[] {
  const contents: Readonly<Record<string, string>> = {
    html: renderPage(report, pageScript()),
    svg: renderPictureFile(report.picture, report.title),
    json: `${JSON.stringify(report, undefined, 2)}\n`,
    md: renderMarkdown(report, `${name}.svg`),
  };
  return Object.entries(contents).map(([extension, content]) => {
    const file = join(directory, `${name}.${extension}`);
    writeFileSync(file, content);
    return file;
  });
}

/** File systems may not tell capital letters apart. */
function distinctFileNames(titles: readonly string[]): string[] {
  const taken = new Set<string>();
  return titles.map(title => {
    const name = fileName(title);
    let candidate = name;
    for (let number = 2; taken.has(candidate.toLowerCase()); number++) {
      candidate = `${name}-${number}`;
    }
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}
