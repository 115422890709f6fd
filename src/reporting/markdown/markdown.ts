import type { Outcome } from '../../analysis';
import type { Accepted, Control } from '../controls';
import type { Limit, Row } from '../model/access';
import { brieflyBy } from '../model/answer';
import { CostItem, monthly } from '../model/cost';
import type { Report } from '../model/report';
import { aboutLine, countsOf, verdictOf } from '../model/verdict';
import { escapeMarkdown as esc } from '../text';

const OUTCOMES = { allowed: '✓ allowed', denied: '✗ denied', depends: '? depends' } as const;

const OUTCOME_MARKS: Readonly<Record<Outcome, string>> = {
  holds: '✓',
  'holds, assuming': '✓',
  violated: '✗',
  'not proven': '✗',
  'does not apply': '–',
};

/** The report in Markdown, with the picture as a file beside it. */
export function renderMarkdown(report: Report, pictureFile: string): string {
  return [
    `# Access report: ${esc(report.title)}`,
    '',
    `${report.holds ? verdictOf(report) : `**${verdictOf(report)}**`}: ${countsOf(report)}.`,
    '',
    ...report.sentences.map(sentence => `- ${esc(sentence)}`),
    ...report.grants.map(({ buckets, may }) => `- ${esc(`${buckets.join(', ')}: ${may}.`)}`),
    '',
    `![What can reach the data and what cannot](${pictureFile})`,
    '',
    ...section('What is to be done', violationLines(report)),
    ...section(
      'The request flow',
      report.steps.flatMap(({ step, title, ok, checks }) => [
        `${step}. ${ok ? '✓' : '✗'} ${esc(title)}`,
        ...checks.filter(each => !each.ok).map(({ sentence }) => `   - ✗ ${esc(sentence)}`),
      ]),
    ),
    ...report.access.tables.flatMap(({ buckets, columns, rows, limits }) => {
      const names = buckets.map(index => report.policies.buckets[index].label).join(', ');
      return [
        ...section(`Who reaches ${esc(names)}`, matrix(columns, rows)),
        ...section(`What even the workload cannot do in ${esc(names)}, and what it can`, limitTable(limits)),
      ];
    }),
    ...section('What leaves through the endpoint', limitTable(report.access.wayOut)),
    ...report.access.keys.flatMap(({ key, columns, rows }) =>
      section(`Who uses ${esc(report.policies.keys[key].label)}`, matrix(columns, rows)),
    ),
    ...section(
      'The proof',
      table(
        ['Property', 'Verdict', 'Means'],
        report.properties.map(({ id, outcome, isAccepted, meaning, because }) => [
          id,
          `${OUTCOME_MARKS[outcome]} ${outcome}${isAccepted ? ', accepted' : ''}`,
          [meaning, ...because].join(' '),
        ]),
      ),
    ),
    ...section('Controls', controlTable(report.controls)),
    ...section('Accepted findings', [...acceptedLines(report), ...acceptedTable(report.accepted)]),
    ...section('What it costs', costLines(report.cost)),
    ...section(
      'Assumptions',
      report.assumptions.map(each => `- ${esc(each)}`),
    ),
    '',
    aboutLine(report).map(esc).join(' · '),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  if (rows.length === 0) {
    return [];
  }
  const line = (cells: readonly string[]) => `| ${cells.map(esc).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)];
}

function matrix(columns: readonly string[], rows: readonly Row[]): string[] {
  const hasPlaces = rows.some(({ where }) => where !== '');
  return table(
    ['Who', 'From where', ...(hasPlaces ? ['Which keys'] : []), ...columns],
    rows.map(({ who, from, where, cells }) => [
      who,
      from,
      ...(hasPlaces ? [where === '' ? 'all' : where] : []),
      ...cells.map(cell => `${OUTCOMES[cell.outcome]}: ${brieflyBy(cell)}`),
    ]),
  );
}

function limitTable(limits: readonly Limit[]): string[] {
  return table(
    ['What', 'Decision'],
    limits.map(({ what, cell }) => [what, cell.sentence]),
  );
}

function violationLines({ violations }: Report): string[] {
  return violations.flatMap(({ rule, where, cause, description, fix, severity, breaks }) => [
    `- **${severity}** ${esc(rule)}, ${esc(where)}: ${esc([cause, description].filter(Boolean).join(': '))}`,
    `  - fix: ${esc(fix)}`,
    ...(breaks ?? []).map(each => `  - also ${esc(each.rule)}: ${esc(each.description)}`),
  ]);
}

function acceptedLines({ acceptedViolations }: Report): string[] {
  const items = acceptedViolations.flatMap(({ rule, where, description, reason }) => [
    `- ${esc(rule)}, ${esc(where)}: ${esc(description)}`,
    `  - accepted: ${esc(reason)}`,
  ]);
  return items.length === 0 ? [] : [...items, ''];
}

function controlTable(controls: readonly Control[]): string[] {
  return table(
    ['Area', 'Control', 'Known as', 'Verdict', 'How'],
    controls.map(({ area, title, ids, verdict, how, accepted }) => [
      area,
      title,
      ids.join(', '),
      verdict,
      [how, ...new Set(accepted.map(({ reason }) => `accepted: ${reason}`))].filter(text => text !== '').join('; '),
    ]),
  );
}

function acceptedTable(accepted: readonly Accepted[]): string[] {
  return table(
    ['Finding', 'Where', 'Why'],
    accepted.map(({ id, where, reason }) => [id, where.join(', '), reason]),
  );
}

function costLines(items: readonly CostItem[]): string[] {
  const known = items.filter(({ isByUse, price }) => !isByUse && price !== undefined);
  const unknown = items.filter(({ isByUse, price }) => !isByUse && price === undefined);
  const total = known.reduce((sum, item) => sum + (monthly(item) ?? 0), 0);
  const without = unknown.length === 0 ? '' : `, without ${esc(unknown.map(({ what }) => what).join(', '))}`;
  return [
    ...table(
      ['Item', 'Formula', 'Unit price', 'USD per month'],
      items.map(item => [
        item.what,
        item.formula,
        item.price === undefined ? `? ${item.unit}` : `${item.price} ${item.unit}`,
        item.isByUse ? 'by use' : (monthly(item)?.toFixed(2) ?? '?'),
      ]),
    ),
    '',
    `Fixed: ${total.toFixed(2)} USD per month in us-east-1${without}. Prices change: check the price pages of AWS.`,
  ];
}
