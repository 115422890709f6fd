import { folded, lead, list } from './elements';
import { costForm, totalOf, whatIfForm } from './forms';
import type { DecisionTables } from './matrix';
import { acceptedList, acceptedTable, controlTable, outcomesOf, propertyTables, verdictsOf } from './tables';
import { askers, origins } from '../model/choices';
import { namesFor } from '../model/names-for';
import type { Report } from '../model/report';
import { escapeMarkup as esc } from '../text';

/** A section below the first screen. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** What is said at the head of a section. */
const LEADS = {
  ask:
    'Ask about a request of your own. This page decides it with the policies of the template; ' +
    'nothing is sent anywhere.',
  controls:
    'Each verdict is computed from the template. FSBP: Security Hub Foundational Security Best Practices; ' +
    'CIS: AWS Foundations Benchmark 5.0; CT: Control Tower, with the NIST 800-53 R5 controls that it names; ' +
    'AwsSolutions and names without a prefix: cdk-nag; CKV: Checkov.',
  assumptions: 'The templates refer to these and do not define them.',
};

/** The sections below the first screen, each folded but for the form. */
export function sectionsOf(report: Report, tables: DecisionTables): PageSection[] {
  const { access, policies, controls, accepted, acceptedViolations, cost, assumptions, properties } = report;
  const part = (id: string, title: string, told: string, content: string, isOpen = false): PageSection[] =>
    content === '' ? [] : [{ id, title, html: folded(id, title, told, content, isOpen) }];
  const form = whatIfForm(policies, askers(policies), origins(policies));
  const count = accepted.length + acceptedViolations.length;
  return [
    ...part('ask', 'What if', '', lead(LEADS.ask, 'lead no-print') + form, true),
    ...part('flow', 'The request flow', flowTold(report), flowOf(report)),
    ...part('limits', 'What even the workload can and cannot do', '', limitsOf(report, tables)),
    ...part('keys', 'Who uses the keys', '', access.keys.map(key => tables.key(key)).join('')),
    ...part('proof', 'The proof', outcomesOf(properties), propertyTables(report)),
    ...part('controls', 'Controls', verdictsOf(controls), lead(LEADS.controls) + controlTable(controls)),
    ...part(
      'accepted',
      'Accepted findings',
      String(count),
      count === 0 ? '' : acceptedList(report) + (accepted.length === 0 ? '' : acceptedTable(accepted)),
    ),
    ...part('costs', 'What it costs', `${totalOf(cost)} USD a month, and what is billed by use`, costForm(cost)),
    ...part(
      'assumptions',
      'Assumptions',
      String(assumptions.length),
      assumptions.length === 0 ? '' : lead(LEADS.assumptions) + list('plain', assumptions),
    ),
  ];
}

/** The contents of the page. */
export function contentsOf(sections: readonly PageSection[]): string {
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`);
  return `<nav class="contents no-print" aria-label="Contents"><ul>${links.join('')}</ul></nav>`;
}

function flowTold({ steps }: Report): string {
  const wrong = steps.filter(({ ok }) => !ok).map(({ step }) => step);
  return wrong.length === 0 ? 'as intended' : `<span class="red">not as intended: step ${wrong.join(', ')}</span>`;
}

/** The steps, what each does, and what was found out about it. */
function flowOf({ steps, picture, policies }: Report): string {
  const named = namesFor(policies);
  const items = steps.map(({ title, ok, checks }, index) => {
    const found = checks.map(
      each => `<li${each.ok ? '' : ' class="red"'}>${each.ok ? '✓' : '✗'} ${esc(named(each.sentence))}</li>`,
    );
    const text = picture.steps[index]?.text ?? '';
    return `<li><b${ok ? '' : ' class="red"'}>${esc(title)}</b> ${esc(text)}<ul class="plain">${found.join('')}</ul></li>`;
  });
  return `<ol class="flow">${items.join('')}</ol>`;
}

function limitsOf({ access }: Report, tables: DecisionTables): string {
  const own = access.tables.map(({ buckets, limits }) =>
    tables.limits(`In <b>${tables.names(buckets)}</b>, asked by the workload from its instance`, limits, buckets),
  );
  const out =
    access.wayOut.length === 0
      ? ''
      : tables.limits("To someone else's buckets, through the endpoints", access.wayOut, []);
  return own.join('') + out;
}
