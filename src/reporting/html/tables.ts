import { badge, breakable, dataTable, more } from './elements';
import type { Outcome } from '../../analysis';
import { CLAIM_METADATA, ClaimName } from '../../proof';
import type { Accepted, Control, ControlVerdict } from '../controls';
import type { Report, ReportedProperty, ReportedViolation } from '../model/report';
import { escapeMarkup as esc } from '../text';

const BADGES: Readonly<Record<Outcome, string>> = {
  holds: 'met',
  'holds, assuming': 'met',
  violated: 'not met',
  'not proven': 'not met',
  'does not apply': 'does not apply',
};

/** The properties of the proof, folded by claim. */
export function propertyTables({ properties }: Report): string {
  const claims = [...new Set(properties.map(({ id }) => claimName(id)))];
  return claims
    .map(claim => {
      const own = properties.filter(({ id }) => claimName(id) === claim);
      return more(
        `<b>${claim}</b> ${outcomesOf(own)}`,
        `<p class="lead">${esc(CLAIM_METADATA[claim].meaning)}</p>${propertyTable(own)}`,
      );
    })
    .join('');
}

function claimName(id: string): ClaimName {
  return id.replace(/\[.*$/, '') as ClaimName;
}

/** How many properties came out how. */
export function outcomesOf(properties: readonly ReportedProperty[]): string {
  const count = (which: (each: ReportedProperty) => boolean) => properties.filter(which).length;
  const [open, accepted, nothing, none] = [
    count(({ outcome, isAccepted }) => BADGES[outcome] === 'not met' && !isAccepted),
    count(({ isAccepted }) => isAccepted),
    count(({ outcome, hasLooked }) => BADGES[outcome] === 'met' && !hasLooked),
    count(({ outcome }) => outcome === 'does not apply'),
  ];
  const met = count(({ outcome }) => BADGES[outcome] === 'met') - nothing;
  return [
    ...(open === 0 ? [] : [`<span class="red">${open} ${open === 1 ? 'does' : 'do'} not hold</span>`]),
    ...(met === 0 ? [] : [`${met} ${met === 1 ? 'holds' : 'hold'}`]),
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
    ...(nothing === 0 ? [] : [`${nothing} with nothing to look at`]),
    ...(none === 0 ? [] : [`${none} ${none === 1 ? 'does' : 'do'} not apply`]),
  ].join(' · ');
}

function propertyTable(properties: readonly ReportedProperty[]): string {
  return dataTable(
    'Decided for every class of requests that the policies can tell apart',
    ['Property', 'Verdict', 'What it means', 'Requests decided / combinations'],
    properties.map(each => [
      breakable(each.id),
      propertyBadge(each),
      [`<b>${esc(each.title)}.</b> ${esc(each.meaning)}`, ...each.because.map(breakable)].join('<br>'),
      each.outcome === 'does not apply' ? '' : `${each.decisions} / ${each.combinations}`,
    ]),
  );
}

function propertyBadge({ outcome, isAccepted, hasLooked }: ReportedProperty): string {
  if (isAccepted) {
    return badge('accepted', `${outcome}, accepted`);
  }
  return hasLooked || outcome === 'does not apply'
    ? badge(BADGES[outcome], outcome)
    : badge('does not apply', 'nothing to look at');
}

/** How many findings are told before the others are folded. */
const MOST_CARDS = 3;

/** What there is to do: a card for each finding. */
export function findingCards({ violations }: Report): string {
  const cards = violations.map(cardOf);
  const rest = cards.slice(MOST_CARDS);
  return (
    cards.slice(0, MOST_CARDS).join('') +
    (rest.length === 0 ? '' : more(`${rest.length} more finding${rest.length === 1 ? '' : 's'}`, rest.join('')))
  );
}

function cardOf({ rule, title, where, cause, description, fix, severity, breaks = [] }: ReportedViolation): string {
  const others =
    breaks.length === 0
      ? ''
      : more(
          `also breaks ${breaks.length}: ${[...new Set(breaks.map(each => each.rule))].map(breakable).join(', ')}`,
          `<ul class="plain">${breaks.map(each => `<li><b>${breakable(each.rule)}</b> ${breakable(each.description)}</li>`).join('')}</ul>`,
        );
  return (
    `<article class="card ${severity}"><h3><span class="red">${/^not proven/.test(description) ? 'Not proven' : 'Broken'}:</span> ` +
    `${esc(title)} <span class="id">${breakable(rule)}${severity === 'warning' ? ', a warning' : ''}</span></h3>` +
    `<p class="at">${breakable([cause, where].filter(Boolean).join(', on '))}</p>` +
    `<p class="example">${breakable(description)}</p><p class="fix"><b>Fix:</b> ${breakable(fix)}</p>${others}</article>`
  );
}

/** What is violated, and accepted. */
export function acceptedList({ acceptedViolations }: Report): string {
  const items = acceptedViolations.map(
    ({ rule, where, description, reason }) =>
      `<li><b>${breakable(rule)}</b> ${breakable(where)}<br>${breakable(description)}<br><i>Accepted: ${esc(reason)}.</i></li>`,
  );
  return items.length === 0 ? '' : `<ul class="plain">${items.join('')}</ul>`;
}

const VERDICTS: readonly ControlVerdict[] = ['not met', 'met', 'accepted', 'does not apply'];

/** How many controls came out how. */
export function verdictsOf(controls: readonly Control[]): string {
  return VERDICTS.map(verdict => ({ verdict, count: controls.filter(each => each.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) =>
      verdict === 'not met' ? `<span class="red">${count} not met</span>` : `${count} ${plural(verdict, count)}`,
    )
    .join(' · ');
}

function plural(verdict: ControlVerdict, count: number): string {
  return verdict === 'does not apply' && count > 1 ? 'do not apply' : verdict;
}

/** The controls, and how the workload stands to them. */
export function controlTable(controls: readonly Control[]): string {
  return dataTable(
    'Controls of the reference architecture (SRA) and of public scanners',
    ['Control', 'Known as', 'Verdict', 'How', 'Where'],
    controls.map(({ area, title, ids, verdict, how, where, accepted }) => [
      `<span class="area">${esc(area)}</span> ${esc(title)}`,
      ids.map(esc).join(' · '),
      badge(verdict, verdict),
      [breakable(how), ...new Set(accepted.map(({ reason }) => `<i>Accepted: ${esc(reason)}.</i>`))]
        .filter(text => text !== '')
        .join('<br>'),
      verdict !== 'not met' && where.length > 1 ? `${where.length} resources` : places(where),
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

/** How many resources are named one by one; the JSON of the report has all of them. */
const MOST_PLACES = 3;

function places(where: readonly string[]): string {
  const rest = where.length - MOST_PLACES;
  const listed = where.slice(0, rest === 1 ? where.length : MOST_PLACES).map(breakable);
  return [...listed, ...(rest > 1 ? [`and ${rest} more`] : [])].join('<br>');
}
