import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from './chromium';
import { makePageScript } from '../../scripts/page-script';
import { renderPage } from '../../src/reporting/html/page';
import type { Report } from '../../src/reporting/model/report';

const SCRIPT = makePageScript();

/** The pages of reports in files, which are removed afterwards. */
export class Pages {
  private readonly folder = mkdtempSync(join(tmpdir(), 'pages-'));

  public file(name: string, report: Report): string {
    const file = join(this.folder, `${name.replaceAll(/\W+/g, '-')}.html`);
    writeFileSync(file, renderPage(report, SCRIPT));
    return file;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A rectangle on the page, and the text in it. */
export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the texts of the picture are, in units of the picture. */
export async function pictureTexts(page: Page): Promise<{
  readonly width: number;
  readonly height: number;
  readonly texts: readonly TextBox[];
  readonly icons: readonly TextBox[];
}> {
  return page.evaluate(`(() => {
    const svg = document.querySelector('svg.sra');
    const { width, height } = svg.viewBox.baseVal;
    const frame = svg.getBoundingClientRect();
    const scale = width / frame.width;
    const boxOf = text => each => {
      const box = each.getBoundingClientRect();
      return {
        text: text ?? each.textContent,
        left: (box.left - frame.left) * scale, right: (box.right - frame.left) * scale, top: (box.top - frame.top) * scale, bottom: (box.bottom - frame.top) * scale,
      };
    };
    const texts = [...svg.querySelectorAll('text')].map(boxOf());
    const icons = [...svg.querySelectorAll('g[transform]')].filter(each => each.querySelector('text') === null).map(boxOf('an icon'));
    return { width, height, texts, icons };
  })()`);
}

/** Pairs of texts that lie on each other, by more than the gap that letters leave at the edge of their line. */
export function overlapping(texts: readonly TextBox[], slack = 3): string[] {
  return texts.flatMap((one, index) => covering(one, texts.slice(index + 1), slack));
}

/** What lies on a text. */
export function covering(one: TextBox, others: readonly TextBox[], slack = 3): string[] {
  const shared = (other: TextBox) => [
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  ];
  return others
    .filter(other => shared(other).every(length => length > slack))
    .map(other => `${one.text} / ${other.text}`);
}
