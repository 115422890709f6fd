import { breakable, more, scrolled } from './elements';
import { Explanations, partsOf } from './explanations';
import { BucketTable, Cell, DATA_COLUMNS, Limit, Row } from '../model/access';
import { brieflyBy } from '../model/answer';
import type { Question, Target } from '../model/question';
import type { Report } from '../model/report';
import { escapeMarkup as esc } from '../text';

const OUTCOMES = { allowed: '✓', denied: '✗', depends: '?' } as const;

/** What is not as intended looks like nothing else. */
function markOf({ standing, outcome }: Cell): string {
  switch (standing) {
    case 'unintended':
      return '✗';
    case 'exempt':
      return '○';
    case 'owner':
      return '?';
    default:
      return outcome === 'allowed' ? '●' : '·';
  }
}

/** The tables of the decisions. */
export class DecisionTables {
  public readonly explanations = new Explanations();

  constructor(private readonly report: Report) {}

  /** Who may do what with the data of buckets: who may something in a row each, everybody else in one. */
  public compact(table: BucketTable): string {
    const { buckets, columns, rows } = table;
    const [told, others] = [true, false].map(isTold => rows.filter(row => isRemarkable(row) === isTold));
    const head = this.headOf(['Who, from where', ...columns.slice(0, DATA_COLUMNS)], rows);
    const body = alike(told).map(
      group =>
        `<tr data-w="${esc(askedIn(group[0].cells))}">${headerOf(group)}` +
        `${group[0].cells
          .slice(0, DATA_COLUMNS)
          .map(cell => this.mark(cell, buckets))
          .join('')}</tr>`,
    );
    return (
      `<div class="of"><table class="m k"><caption><b>${this.names(buckets)}</b></caption>` +
      `<thead><tr>${head}</tr></thead><tbody>${body.join('')}${everybodyElse(others)}</tbody></table>` +
      `${more(`All ${rows.length} rows, with what decides each`, this.full(table))}</div>`
    );
  }

  /** Who may use a key. */
  public key({ key, columns, rows }: Report['access']['keys'][number]): string {
    return this.matrix(`Who uses <b>${esc(this.report.policies.keys[key].label)}</b>`, columns, rows, []);
  }

  /** What the workload asks for, each with its decision. */
  public limits(caption: string, limits: readonly Limit[], buckets: readonly number[]): string {
    const rows = limits.map(
      ({ what, cell }) =>
        `<tr><th scope="row">${breakable(what)}</th>${this.cell(cell, buckets, questionText(cell.question))}` +
        `<td class="s">${esc(cell.sentence)}</td></tr>`,
    );
    const head = ['What', 'Verdict', 'Why'].map(column => `<th scope="col">${column}</th>`).join('');
    return scrolled(
      'What the workload can and cannot do',
      `<table class="m limits"><caption>${caption}</caption><thead><tr>${head}</tr></thead>` +
        `<tbody>${rows.join('')}</tbody></table>`,
    );
  }

  /** Names of buckets, as markup. */
  public names(buckets: readonly number[]): string {
    return buckets.map(index => breakable(this.report.policies.buckets[index].label)).join(', ');
  }

  private full({ buckets, columns, rows }: BucketTable): string {
    const names = buckets.map(index => esc(this.report.policies.buckets[index].label)).join(', ');
    return this.matrix(`Who reaches <b>${names}</b>, and from where`, columns, rows, buckets);
  }

  private matrix(
    caption: string,
    columns: readonly string[],
    rows: readonly Row[],
    buckets: readonly number[],
  ): string {
    const head = this.headOf(['Who, and from where', ...columns], rows);
    const body = rows.map(
      row =>
        `<tr data-w="${esc(askedIn(row.cells))}">${headerOf([row])}` +
        `${row.cells.map(cell => this.cell(cell, buckets)).join('')}</tr>`,
    );
    return scrolled(
      'Who does what',
      `<table class="m"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`,
    );
  }

  private headOf(columns: readonly string[], rows: readonly Row[]): string {
    const actions = rows[0]?.cells.map(({ question: { action } }) => ` data-a="${esc(action)}"`) ?? [];
    return columns.map((column, index) => `<th scope="col"${actions[index - 1] ?? ''}>${esc(column)}</th>`).join('');
  }

  private mark(cell: Cell, buckets: readonly number[]): string {
    const place = this.explanations.indexOf(cell, partsOf(cell, buckets));
    const words = cell.standing === 'unintended' ? `${cell.outcome}, not as intended` : cell.outcome;
    return (
      `<td><button class="c ${classesOf(cell)}" data-s="${place}"><b>${markOf(cell)} ` +
      `<span class="sr">${words}</span></b></button></td>`
    );
  }

  /** What is asked stands in the headers of row and column, or in the cell itself. */
  private cell(cell: Cell, buckets: readonly number[], question?: string): string {
    const { outcome } = cell;
    const asked = question === undefined ? '' : ` data-q="${esc(question)}"`;
    const place = this.explanations.indexOf(cell, partsOf(cell, buckets));
    return (
      `<td><button class="c ${classesOf(cell)}" data-s="${place}"${asked}>` +
      `<b>${OUTCOMES[outcome]} ${outcome}</b><i>${breakable(brieflyBy(cell))}</i></button></td>`
    );
  }
}

function classesOf({ outcome, standing }: Cell): string {
  return standing === 'unintended' ? `${outcome} unintended` : outcome;
}

/** Whether a row lets somebody do something with data, or is not as intended. */
function isRemarkable({ cells }: Row): boolean {
  return cells
    .slice(0, DATA_COLUMNS)
    .some(({ outcome, standing }) => outcome !== 'denied' || standing === 'unintended');
}

/** Rows of one principal that are answered alike, together. */
function alike(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const marks = row.cells.slice(0, DATA_COLUMNS).map(markOf).join('');
    const key = `${row.who}|${row.where}|${marks}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function everybodyElse(rows: readonly Row[]): string {
  if (rows.length === 0) {
    return '';
  }
  const hasWorkload = rows.some(
    ({ cells: [{ question }] }) => question.who === 'workload' && question.from.startsWith('endpoint-'),
  );
  const who = hasWorkload ? 'everybody and everything else' : 'everybody else';
  const cells = '<td class="none"><b>· <span class="sr">denied</span></b></td>'.repeat(DATA_COLUMNS);
  return `<tr class="rest"><th scope="row">${who}: denied, everywhere <span class="from">${rows.length} rows</span></th>${cells}</tr>`;
}

function questionText({ who, from, action, target, tls, encryption }: Question): string {
  return [action, who, from, targetText(target), tls ?? '', encryption ?? ''].join('|').replace(/\|+$/, '');
}

/** Who asks, from where, and about which keys. */
function headerOf(rows: readonly Row[]): string {
  const [{ who, where }] = rows;
  const keys = where === '' ? '' : ` <span class="where">${breakable(where)}</span>`;
  const from = [...new Set(rows.map(row => row.from))].map(esc).join('; ');
  return `<th scope="row">${esc(who)} <span class="from">from ${from}</span>${keys}</th>`;
}

/** What the cells of a row have in common: an action takes of the target what it is about. */
function askedIn([{ question }, ...others]: readonly Cell[]): string {
  const { who, from, target } = others.reduce(
    (all, other) => ({ ...all, target: { ...other.question.target, ...all.target } }),
    question,
  );
  return [who, from, targetText(target)].join('|');
}

/** A target in one word. */
function targetText(target: Target): string {
  if (target.kind === 'key') {
    return `key-${target.index}`;
  }
  const { object } = target;
  const named = object === undefined ? '' : `/${object}`;
  if (target.kind === 'stranger') {
    return `stranger${named}`;
  }
  return `bucket-${target.index}${named}${target.prefix === undefined ? '' : `?${target.prefix}`}`;
}
