import { Explanations, partsOf } from './explanations';
import type { Outcome } from '../../analysis';
import type { Accepted, Control } from '../controls';
import type { BucketTable, Cell, Limit, Row } from '../model/access';
import { brieflyBy } from '../model/answer';
import type { Question, Target } from '../model/question';
import type { Report, ReportedProperty } from '../model/report';
import { escapeMarkup as esc } from '../text';

const MARKS = { allowed: '✓', denied: '✗', depends: '?' } as const;

/** A text that may be broken inside of its words. */
function breakable(text: string): string {
  return text
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_/.])/)
    .map(esc)
    .join('<wbr>');
}

/** The tables of the decisions. */
export class DecisionTables {
  public readonly explanations = new Explanations();

  constructor(private readonly report: Report) {}

  /** Who may do what in buckets, from where. */
  public buckets({ buckets, columns, rows }: BucketTable): string {
    const names = buckets.map(index => esc(this.report.policies.buckets[index].label)).join(', ');
    return this.matrix(`Who reaches <b>${names}</b>, and from where`, columns, rows, buckets);
  }

  /** Who may use a key. */
  public key({ key, columns, rows }: Report['access']['keys'][number]): string {
    return this.matrix(`Who uses <b>${esc(this.report.policies.keys[key].label)}</b>`, columns, rows, []);
  }

  /** What the workload asks for, each with its decision. */
  public limits(caption: string, limits: readonly Limit[], buckets: readonly number[]): string {
    const rows = limits.map(
      ({ what, cell }) =>
        `<tr><th scope="row">${esc(what)}</th>${this.cell(cell, buckets, questionText(cell.question))}` +
        `<td class="s">${esc(cell.sentence)}</td></tr>`,
    );
    const head = ['What', 'Verdict', 'Why'].map(column => `<th scope="col">${column}</th>`).join('');
    return (
      `<table class="m limits"><caption>${caption}</caption><thead><tr>${head}</tr></thead>` +
      `<tbody>${rows.join('')}</tbody></table>`
    );
  }

  private matrix(
    caption: string,
    columns: readonly string[],
    rows: readonly Row[],
    buckets: readonly number[],
  ): string {
    const actions = rows[0]?.cells.map(({ question: { action } }) => ` data-a="${esc(action)}"`) ?? [];
    const head = ['Who, and from where', ...columns]
      .map((column, index) => `<th scope="col"${actions[index - 1] ?? ''}>${esc(column)}</th>`)
      .join('');
    const body = rows.map(
      row =>
        `<tr data-w="${esc(askedIn(row.cells))}">${headerOf(row)}` +
        `${row.cells.map(cell => this.cell(cell, buckets)).join('')}</tr>`,
    );
    return `<table class="m"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  }

  /** What is asked stands in the headers of row and column, or in the cell itself. */
  private cell(cell: Cell, buckets: readonly number[], question?: string): string {
    const { outcome } = cell;
    const place = this.explanations.indexOf(cell, partsOf(cell, buckets));
    return (
      `<td><button class="c ${outcome}" data-s="${place}"${question === undefined ? '' : ` data-q="${esc(question)}"`}>` +
      `<b>${MARKS[outcome]} ${outcome}</b><i>${breakable(brieflyBy(cell))}</i></button></td>`
    );
  }
}

function questionText({ who, from, action, target, tls, encryption }: Question): string {
  return [action, who, from, targetText(target), tls ?? '', encryption ?? ''].join('|').replace(/\|+$/, '');
}

/** Who asks, from where, and about which keys. */
function headerOf({ who, from, where }: Row): string {
  const keys = where === '' ? '' : ` <span class="where">${breakable(where)}</span>`;
  return `<th scope="row">${esc(who)} <span class="from">from ${esc(from)}</span>${keys}</th>`;
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

/** The properties of the proof. */
export function propertyTable({ properties }: Report): string {
  return dataTable(
    'What is proven, for every class of requests that the policies can tell apart',
    ['Property', 'Verdict', 'What it means', 'Requests decided'],
    properties.map(each => [
      `<span class="ids"><span>${breakable(each.id)}</span></span>`,
      propertyBadge(each),
      [`<b>${esc(each.title)}.</b> ${esc(each.meaning)}`, ...each.because.map(esc)].join('<br>'),
      each.outcome === 'does not apply' ? '' : `${each.decisions} for ${each.combinations} combinations`,
    ]),
  );
}

const BADGES: Readonly<Record<Outcome, string>> = {
  holds: 'met',
  'holds, assuming': 'met',
  violated: 'not met',
  'not proven': 'not met',
  'does not apply': 'does not apply',
};

function propertyBadge({ outcome, isAccepted }: ReportedProperty): string {
  return isAccepted ? badge('accepted', `${outcome}, accepted`) : badge(BADGES[outcome], outcome);
}

/** What there is to do. */
export function violationList({ violations }: Report): string {
  const items = violations.map(
    ({ rule, where, description, fix, severity, breaks = [] }) =>
      `<li class="${severity}"><b>${esc(severity)}: ${esc(rule)}</b> ${breakable(where)}<br>` +
      `${[description, ...breaks].map(esc).join('<br>')}<br><span class="fix">To do: ${esc(fix)}</span></li>`,
  );
  return `<ul class="todo">${items.join('')}</ul>`;
}

/** What is violated, and accepted. */
export function acceptedList({ acceptedViolations }: Report): string {
  const items = acceptedViolations.map(
    ({ rule, where, description, reason }) =>
      `<li><b>${esc(rule)}</b> ${breakable(where)}<br>${esc(description)}<br><i>Accepted: ${esc(reason)}.</i></li>`,
  );
  return items.length === 0 ? '' : `<ul class="todo">${items.join('')}</ul>`;
}

/** The controls, and how the workload stands to them. */
export function controlTable(controls: readonly Control[]): string {
  return dataTable(
    'Controls of the reference architecture (SRA) and of public scanners',
    ['Control', 'Known as', 'Verdict', 'How', 'Where'],
    controls.map(({ area, title, ids, verdict, how, where, accepted }) => [
      `<span class="area">${esc(area)}</span> ${esc(title)}`,
      `<span class="ids">${ids.map(id => `<span>${breakable(id)}</span>`).join(' ')}</span>`,
      badge(verdict, verdict),
      [esc(how), ...new Set(accepted.map(({ reason }) => `<i>Accepted: ${esc(reason)}.</i>`))]
        .filter(text => text !== '')
        .join('<br>'),
      places(where),
    ]),
  );
}

/** The findings that are accepted. */
export function acceptedTable(accepted: readonly Accepted[]): string {
  return dataTable(
    'Findings of scanners that the app accepts',
    ['Finding', 'Why', 'Where'],
    accepted.map(({ id, reason, where }) => [breakable(id), esc(reason), places(where)]),
  );
}

function places(where: readonly string[]): string {
  const listed = where.map(breakable);
  return listed.length < 4
    ? listed.join('<br>')
    : `<details><summary>${where.length} resources</summary>${listed.join('<br>')}</details>`;
}

function badge(kind: string, words: string): string {
  return `<span class="badge ${kind.replaceAll(' ', '-')}">${words}</span>`;
}

function dataTable(caption: string, columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const body = rows.map(
    ([first, ...others]) => `<tr><th scope="row">${first}</th>${others.map(cell => `<td>${cell}</td>`).join('')}</tr>`,
  );
  const head = columns.map(column => `<th scope="col">${column}</th>`);
  return (
    `<div class="scroll"><table class="d"><caption>${caption}</caption><thead><tr>${head.join('')}</tr></thead>` +
    `<tbody>${body.join('')}</tbody></table></div>`
  );
}
