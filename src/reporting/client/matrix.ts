/// <reference lib="dom" />
import type { PageData } from './data';
import { explain } from './highlight';

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/**
 * Cells explain themselves when they are pointed at or focused; the arrow keys move inside a table, which is one stop
 * of the tab key.
 */
export function startMatrix(explanations: PageData['explanations']): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.m')) {
    const cells = [...table.querySelectorAll<HTMLButtonElement>('button.c')];
    cells.forEach((cell, index) => {
      cell.tabIndex = index === 0 ? 0 : -1;
      const show = () => explain(headingOf(cell, table), ...explanationOf(cell, explanations));
      cell.addEventListener('mouseenter', show);
      cell.addEventListener('focus', show);
    });
    table.addEventListener('keydown', event => move(event, cells));
  }
}

/** Who asks for what, by the headers of row and column. */
function headingOf(cell: HTMLElement, table: HTMLTableElement): string {
  const row = cell.closest('tr')?.querySelector('th')?.textContent ?? '';
  const column = table.tHead?.rows[0].cells[cell.closest('td')?.cellIndex ?? 0]?.textContent ?? '';
  return table.classList.contains('limits') ? row : `${row}: ${column}`;
}

function explanationOf(cell: HTMLElement, explanations: PageData['explanations']): [sentence: string, parts: string[]] {
  const [sentence, parts] = explanations[Number(cell.dataset.s)];
  return [sentence, parts === '' ? [] : parts.split(' ')];
}

function move(event: KeyboardEvent, cells: readonly HTMLButtonElement[]): void {
  const [down, right] = MOVES[event.key] ?? [];
  const here = document.activeElement;
  if (down === undefined || right === undefined || !(here instanceof HTMLButtonElement)) {
    return;
  }
  const rows = [...new Set(cells.map(cell => cell.closest('tr')))].map(row =>
    cells.filter(cell => cell.closest('tr') === row),
  );
  const row = rows.findIndex(each => each.includes(here));
  const next = rows[row + down]?.[rows[row].indexOf(here) + right];
  if (next === undefined) {
    return;
  }
  event.preventDefault();
  cells.forEach(cell => {
    cell.tabIndex = cell === next ? 0 : -1;
  });
  next.focus();
}
