import { escapeMarkup as esc } from '../text';

/** A text that may be broken inside of its words. */
export function breakable(text: string): string {
  return text
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_/.:<>])/)
    .map(esc)
    .join('<wbr>');
}

/** A list of texts, which may be broken inside of their words. */
export function list(className: string, texts: readonly string[]): string {
  return `<ul class="${className}">${texts.map(each => `<li>${breakable(each)}</li>`).join('')}</ul>`;
}

export function lead(text: string, className = 'lead'): string {
  return `<p class="${className}">${text}</p>`;
}

/** A section that is always there. */
export function section(id: string, title: string, content: string): string {
  return `<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${title}</h2>${content}</section>`;
}

/**
 * A section that folds.
 *
 * @param told what is said of it while it is folded
 */
export function folded(id: string, title: string, told: string, content: string, isOpen = false): string {
  const note = told === '' ? '' : ` <span class="told">${told}</span>`;
  return (
    `<details id="${id}" class="part"${isOpen ? ' open' : ''}><summary><h2>${title}</h2>${note}</summary>` +
    `<div class="in">${content}</div></details>`
  );
}

/** Something that folds inside of a section. */
export function more(summary: string, content: string): string {
  return `<details class="more"><summary>${summary}</summary>${content}</details>`;
}

/** What may be wider than the window, and is scrolled with the keyboard as well. */
export function scrolled(label: string, content: string): string {
  return `<div class="scroll" tabindex="0" role="group" aria-label="${esc(label)}">${content}</div>`;
}

/** A mark with its word. */
export function badge(kind: string, words: string): string {
  return `<span class="badge ${kind.replaceAll(' ', '-')}">${words}</span>`;
}

/** A table of data, whose first column has the headers of the rows. */
export function dataTable(caption: string, columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const body = rows.map(
    ([first, ...others]) => `<tr><th scope="row">${first}</th>${others.map(cell => `<td>${cell}</td>`).join('')}</tr>`,
  );
  const head = columns.map(column => `<th scope="col">${column}</th>`);
  return scrolled(
    'Table',
    `<table class="d"><caption>${esc(caption)}</caption><thead><tr>${head.join('')}</tr></thead>` +
      `<tbody>${body.join('')}</tbody></table>`,
  );
}
