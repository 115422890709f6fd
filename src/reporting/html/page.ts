import { createHash } from 'crypto';
import { costForm, whatIfForm } from './forms';
import { PAGE_STYLE } from './style';
import { acceptedList, acceptedTable, controlTable, DecisionTables, propertyTable, violationList } from './tables';
import type { PageData } from '../client/data';
import { askers, origins } from '../model/choices';
import type { WorkloadPolicies } from '../model/policies';
import type { Report } from '../model/report';
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
    `<body>${body}<script type="application/json" id="data">${escapeJson(data)}</script>`,
    `<script>${code}</script></body></html>`,
    '',
  ].join('\n');
}

/** What is said at the head of a section. */
const LEADS = {
  matrix:
    'Everybody else is taken to have every permission of their own: what is denied here, is denied whatever they ' +
    'grant themselves. Point at a cell, or move with the arrow keys, for the reason and the place.',
  ask:
    'Ask about a request of your own. This page decides it with the policies of the template; ' +
    'nothing is sent anywhere.',
  controls:
    'Each verdict is computed from the template. FSBP: Security Hub Foundational Security Best Practices; ' +
    'CIS: AWS Foundations Benchmark 5.0; CT: Control Tower, with the NIST 800-53 R5 controls that it names; ' +
    'AwsSolutions and names without a prefix: cdk-nag; CKV: Checkov.',
  assumptions: 'The template refers to these and does not define them.',
};

/** The script decides what it is asked about; the actions to ask about are those of the tables. */
function withoutActions(policies: WorkloadPolicies): WorkloadPolicies {
  return { ...policies, buckets: policies.buckets.map(bucket => ({ ...bucket, actions: [] })) };
}

function bodyOf(report: Report, tables: DecisionTables): string {
  const { access, policies, violations, controls, accepted, acceptedViolations, cost, assumptions, picture } = report;
  const names = (buckets: readonly number[]) => buckets.map(index => esc(policies.buckets[index].label)).join(', ');
  const matrices = access.tables.map(table => tables.buckets(table)).join('');
  const limits = access.tables
    .map(({ buckets, limits: rows }) =>
      tables.limits(`In <b>${names(buckets)}</b>, asked by the workload from its instance`, rows, buckets),
    )
    .join('');
  return [
    headerOf(report),
    '<main>',
    ...(violations.length === 0 ? [] : [section('todo', 'What is to be done', violationList(report))]),
    '<div class="look"><div class="pic">',
    renderPicture(picture, report.title),
    whyBox(),
    '</div><div>',
    section('matrix', 'Who reaches the data', lead(LEADS.matrix) + matrices),
    section(
      'ask',
      'What if',
      lead(LEADS.ask, 'lead no-print') + whatIfForm(policies, askers(policies), origins(policies)),
    ),
    '</div></div>',
    section(
      'limits',
      'What even the workload can and cannot do',
      limits + tables.limits('Out to others, through the endpoints', access.wayOut, []),
    ),
    ...(access.keys.length === 0
      ? []
      : [section('keys', 'Who uses the keys', access.keys.map(key => tables.key(key)).join(''))]),
    section('proof', 'The proof', propertyTable(report)),
    section('controls', 'Controls', lead(LEADS.controls) + controlTable(controls)),
    ...(accepted.length + acceptedViolations.length === 0
      ? []
      : [section('accepted', 'Accepted findings', acceptedList(report) + acceptedTable(accepted))]),
    section('cost', 'What it costs', costForm(cost)),
    ...(assumptions.length === 0
      ? []
      : [section('assumptions', 'Taken for granted', lead(LEADS.assumptions) + list('plain', assumptions))]),
    '</main><footer>Made from the template alone: nothing was deployed, and no account was asked.</footer>',
  ].join('');
}

function headerOf({ title, holds, summary, workload }: Report): string {
  const verdict = holds
    ? '<span class="verdict">✓ Only the intended path is open</span>'
    : '<span class="verdict no">✗ Not everything is as it should be</span>';
  return (
    `<header><h1>Who reaches the data of ${esc(title)}?</h1><p class="lead">${esc(workload)}</p>` +
    `${verdict}${list('sum', summary)}</header>`
  );
}

function lead(text: string, className = 'lead'): string {
  return `<p class="${className}">${text}</p>`;
}

function list(className: string, texts: readonly string[]): string {
  return `<ul class="${className}">${texts.map(each => `<li>${esc(each)}</li>`).join('')}</ul>`;
}

function whyBox(): string {
  return (
    '<div class="why" aria-live="polite"><b id="why-title">How to read this</b><p id="why-text">Green is ' +
    'the one path that is open: ① ② credentials, ③ data. Each padlock is a policy that has to agree. Red ' +
    'crosses are where everybody else ends.</p></div>'
  );
}

function section(id: string, title: string, content: string): string {
  return `<section aria-labelledby="h-${id}"><h2 id="h-${id}">${title}</h2>${content}</section>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
