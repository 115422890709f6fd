import { flowOf } from './flow';
import { counted, labelled, Paint, Style, WIDTH } from './style';
import type { Examination, Finding, Place, Summary } from '../analysis';

/** What is printed where there is nothing to prove. */
export const NO_WORKLOAD =
  'no workload found: no EC2 instance, Auto Scaling group or launch template with a role that may use S3';

/** How many of what is alike are named. */
const MOST_NAMED = 3;

/** How many lines of one kind stand at the end. */
const MOST_NOTES = 12;

/** What there is to say, as it is printed. */
export interface Told {
  readonly open: readonly Finding[];
  readonly accepted: readonly Finding[];
  readonly summary: Summary;
}

/**
 * An examination in lines: the findings, then what is accepted and assumed, then the summary. Where nothing is found,
 * the flow of each workload stands before that.
 */
export function lines(examination: Examination, told: Told, paint: Paint, isDetailed = false): string[] {
  const { open, accepted, summary } = told;
  const isEmpty = examination.flows.length === 0;
  return [
    ...open.flatMap(each => [...findingLines(each, paint), '']),
    ...(open.length === 0 && !isEmpty ? flowOf(examination, paint) : []),
    ...accepted.flatMap(each => acceptedLines(each)),
    ...notes('assumed', summary.assumptions),
    ...(isEmpty ? [NO_WORKLOAD] : []),
    ...(isDetailed ? [] : unread(examination, MOST_NOTES)),
    ...(isEmpty && open.length === 0 ? [] : [summaryLine(told, paint)]),
    ...withoutConstruct(examination, open),
  ];
}

function findingLines(finding: Finding, paint: Paint): string[] {
  const { id, severity, message, because, example, fix, breaks, places } = finding;
  const [first, ...others] = places;
  const head = [severity.padEnd(7), id, first.name].filter(each => each !== '').join(' ');
  const rest = restOf(first);
  const isOneLine = head.length + rest.length + 3 <= WIDTH;
  return [
    [
      `${paint(styleOf(severity), severity.padEnd(7))} ${paint('bold', id)}`,
      ...[first.name, isOneLine ? paint('dim', rest) : ''].filter(each => each !== ''),
    ].join('  '),
    ...(isOneLine || rest === '' ? [] : labelled('  at       ', rest)),
    ...labelled('  ', message),
    ...(because === undefined ? [] : labelled('  because  ', because)),
    ...(example === undefined ? [] : labelled('  example  ', example)),
    ...fix.flatMap((each, index) => labelled(index === 0 ? '  fix      ' : '           ', each)),
    ...(breaks.length === 0 ? [] : labelled('  breaks   ', `also ${breaks.join(', ')}`)),
    ...(others.length === 0 ? [] : labelled('  alike    ', alsoAt(others))),
  ];
}

function styleOf(severity: Finding['severity']): Style {
  return severity === 'error' ? 'red' : 'yellow';
}

/** The construct path or the logical id, and where it is in a file. */
export function placeText(place: Place): string {
  return [place.name, restOf(place)].filter(each => each !== '').join('  ');
}

function restOf({ name, logicalId, file, line }: Place): string {
  const own = logicalId === undefined || name.split('/').at(-1) === logicalId ? [] : [logicalId];
  const at = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
  return [...own, ...at].filter(each => each !== '').join('  ');
}

function alsoAt(places: readonly Place[]): string {
  const named = places.slice(0, MOST_NAMED).map(({ name }) => name);
  const left = places.length - named.length;
  return `${named.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function acceptedLines({ id, places, reason }: Finding): string[] {
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  return labelled(label('accepted'), `${id} on ${places[0].name}${more}: ${JSON.stringify(reason ?? '')}`);
}

function notes(kind: string, texts: readonly string[], most = MOST_NOTES): string[] {
  const left = texts.length - most;
  return [
    ...texts.slice(0, left > 1 ? most : undefined).flatMap(each => labelled(label(kind), each)),
    ...(left > 1 ? labelled(label(kind), `and ${left} more: see --details`) : []),
  ];
}

/** What stands before a note. */
function label(name: string): string {
  return `${name.padEnd(9)} `;
}

/** What was not read, and why, and the loops that were written out. */
export function unread({ unresolved, loops }: Examination, most = Infinity): string[] {
  const notRead = unresolved.map(({ stack, logicalId, path, why }) => `${stack}/${logicalId} ${path}: ${why}`);
  return [...notes('not read:', notRead, most), ...notes('written out:', loops, most)];
}

/** How many of what there is, in one line. */
export function summaryLine({ summary }: Told, paint: Paint): string {
  const { errors, warnings, accepted, holding, assumptions, workloads } = summary;
  const found = [
    errors > 0 ? paint('red', counted(errors, 'error')) : '',
    warnings > 0 ? paint('yellow', counted(warnings, 'warning')) : '',
    errors + warnings === 0 ? paint('green', 'no findings') : '',
    accepted > 0 ? `${accepted} accepted` : '',
  ].filter(each => each !== '');
  return [
    found.join(', '),
    [holding === 1 ? '1 property holds' : `${holding} properties hold`, counted(assumptions.length, 'assumption')].join(
      ', ',
    ),
    ...(workloads.length === 1 ? [] : [counted(workloads.length, 'workload')]),
  ].join(' · ');
}

function withoutConstruct({ flows }: Examination, open: readonly Finding[]): string[] {
  const errors = open.filter(({ severity }) => severity === 'error');
  const closed = errors.filter(({ isClosedByConstruct }) => isClosedByConstruct).length;
  const others = flows.filter(({ construct }) => construct === undefined);
  if (closed === 0 || others.length === 0) {
    return [];
  }
  const plan = errors.find(each => each.isClosedByConstruct)?.workloads[0];
  return labelled(
    '',
    `cdk-private-ec2-s3-access would close ${closed} of the ${counted(errors.length, 'error')}: ` +
      `--plan ${plan} prints the construct for this workload`,
  );
}
