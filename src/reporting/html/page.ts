import { createHash } from 'crypto';
import { breakable, lead, list, section } from './elements';
import { DecisionTables } from './matrix';
import { contentsOf, sectionsOf } from './sections';
import { PAGE_STYLE } from './style';
import { findingCards } from './tables';
import { MARK, PageData } from '../client/data';
import { askers, origins } from '../model/choices';
import type { WorkloadPolicies } from '../model/policies';
import type { Report } from '../model/report';
import { aboutLine, countsOf, verdictOf } from '../model/verdict';
import { renderPicture } from '../picture/picture';
import { escapeJson, escapeMarkup as esc } from '../text';

/**
 * The report as one page that needs nothing else. Its policy lets the browser run this script and this style only,
 * and fetch nothing.
 *
 * @param script what makes the page move, in one file
 */
export function renderPage(report: Report, script: string): string {
  const tables = new DecisionTables(report);
  const body = bodyOf(report, tables);
  const data: PageData = {
    policies: withoutActions(report.policies),
    who: askers(report.policies),
    from: origins(report.policies),
    explanations: tables.explanations.list,
  };
  const code = script.trim().replaceAll('</script', '<\\/script');
  const policy =
    `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(code)}; base-uri 'none'; ` +
    "form-action 'none'";
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" ' +
      'content="light dark"><meta name="referrer" content="no-referrer"><title>' +
      `${esc(`Access report: ${report.title}`)}</title>`,
    `<style>${PAGE_STYLE}</style></head>`,
    `<body>${body}${dataElement(data)}`,
    `<script>${code}</script></body></html>`,
    '',
  ].join('\n');
}

/** The data, in which each ARN, each id and each text that occurs often stands once. */
function dataElement(data: PageData): string {
  const whole = escapeJson(data);
  const names = whole.includes(MARK) ? [] : namesIn(whole, data);
  const packed = names.reduce((text, name, index) => text.replaceAll(name, `${MARK}${index}${MARK}`), whole);
  return `<script type="application/json" id="data" data-names="${esc(JSON.stringify(names))}">${packed}</script>`;
}

/** A text has to be longer than its number, and to occur more often than the list of names costs. */
const SHORTEST_NAME = 20;
const RAREST_NAME = 3;

/** What is worth a number, as it stands in JSON: what contains others comes before them. */
function namesIn(whole: string, { policies: { buckets, keys, role, endpoints } }: PageData): readonly string[] {
  const ids = [...buckets, ...keys, role].map(({ arn }) => arn).concat(endpoints.map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const [, text] of whole.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const often = [...counts].filter(([text, count]) => text.length >= SHORTEST_NAME && count >= RAREST_NAME);
  const names = new Set([...ids.map(id => escapeJson(id).slice(1, -1)), ...often.map(([text]) => text)]);
  return [...names].sort((one, other) => other.length - one.length);
}

/** The script decides what it is asked about; the actions to ask about are those of the tables. */
function withoutActions(policies: WorkloadPolicies): WorkloadPolicies {
  return { ...policies, buckets: policies.buckets.map(bucket => ({ ...bucket, actions: [] })) };
}

/** How many tables have room beside the picture. */
const MOST_BESIDE = 2;

function bodyOf(report: Report, tables: DecisionTables): string {
  const matrix =
    report.access.tables.length === 0
      ? ''
      : section('matrix', 'Who reaches the data', tablesOf(report, tables) + LEGEND + whyBox());
  const isBeside = report.violations.length === 0 && report.access.tables.length <= MOST_BESIDE;
  const sections = sectionsOf(report, tables);
  return [
    headerOf(report),
    '<main><div class="look"><div class="pic" tabindex="0" role="group" aria-label="The picture">',
    renderPicture(report.picture, report.title),
    '</div><div class="say">',
    report.violations.length === 0 ? '' : section('findings', 'What is to be done', findingCards(report)),
    section('access', 'What is open, and what is closed', list('sum', report.sentences) + grantsOf(report)),
    isBeside ? matrix : '',
    '</div></div>',
    isBeside ? '' : matrix,
    contentsOf(sections),
    ...sections.map(({ html }) => html),
    `</main>${footerOf(report)}`,
  ].join('');
}

function tablesOf({ access }: Report, tables: DecisionTables): string {
  return `<div class="tables">${access.tables.map(table => tables.compact(table)).join('')}</div>`;
}

const LEGEND =
  '<p class="legend"><span>● allowed, as intended</span> <span>· denied, as intended</span> <span>○ exempt on purpose</span> ' +
  '<span>? its owner decides</span> <span class="red">✗ not as intended</span> Everybody else is taken to have every permission ' +
  'of their own. Other workloads of the templates have their own policies.</p>';

function headerOf(report: Report): string {
  const { title, holds, workload } = report;
  const mark = holds ? '<span class="verdict">✓ ' : '<span class="verdict no">✗ ';
  return (
    `<header><div class="top"><h1>Who reaches the data of ${breakable(title)}?</h1>` +
    `<p class="meta">${[...aboutLine(report), workload].map(breakable).join(' · ')}</p></div>` +
    `<p class="line">${mark}${verdictOf(report)}</span> <span class="counts">${countsOf(report)}</span></p></header>`
  );
}

/** What the workload may do, a line for buckets in which it may do the same. */
function grantsOf({ grants, picture }: Report): string {
  if (grants.length === 0) {
    return '';
  }
  const lines = grants.map(
    ({ buckets, may }) => `<div><dt>${buckets.map(breakable).join(', ')}</dt><dd>${breakable(may)}</dd></div>`,
  );
  return `${lead(`The ${picture.compute.title} may, through its policies together:`)}<dl class="may">${lines.join('')}</dl>`;
}

function whyBox(): string {
  return (
    '<div class="why" aria-live="polite"><b id="why-title">Point at a cell for its reason</b><p id="why-text">' +
    'Or move with the arrow keys: what decided is said here, and shown in the picture. Green is the path that is ' +
    'meant, each padlock a policy that has to agree; red is what is not as intended.</p></div>'
  );
}

function footerOf({ about: { templates } }: Report): string {
  const files = templates.map(
    ({ name, sha256 }) =>
      `<li>${breakable(name)} <span class="hash">sha256 ${esc(sha256.slice(0, 32))}<wbr>${esc(sha256.slice(32))}</span></li>`,
  );
  return (
    '<footer><p>Made from templates alone: nothing was deployed, and no account was asked.</p>' +
    `<ul class="plain">${files.join('')}</ul></footer>`
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
