import type { Template } from './explain';
import type { Report } from '../src/reporting/model/report';

/** What the summary reads of a report. */
export type Summarized = Pick<Report, 'picture' | 'steps' | 'properties' | 'violations' | 'holds'>;

/** A file to open next, and what it is. */
export interface NextFile {
  readonly path: string;
  readonly holds: string;
}

/** The properties that name where logs go. */
const LOGS = { LogDestination: 'flow logs of the network', LoggingConfiguration: 'access logs of the data buckets' };

/** One screen about a workload: its flow, what its buckets are for, the verdict, and what to open. */
export function summary(report: Summarized, template: Template, files: readonly NextFile[]): string[] {
  return [
    ...section(
      'The flow',
      report.picture.steps.map(({ text }, index) => `${index + 1}  ${text}`),
    ),
    ...section('The buckets', columns([...dataBuckets(report), ...logBuckets(template)])),
    ...section('The verdict', verdict(report)),
    ...section('Open', columns(files.map(({ path, holds }) => [path, holds]))),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...lines.map(line => `  ${line}`)];
}

function columns(rows: ReadonlyArray<readonly [string, string]>): string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `${first.padEnd(width)}  ${second}`);
}

function dataBuckets({ picture }: Summarized): Array<[string, string]> {
  return picture.buckets.map(({ title, may }) => [title, `data: the workload may ${may}`]);
}

/** The buckets that other resources name as the place of their logs. */
function logBuckets({ Resources }: Template): Array<[string, string]> {
  const logs = Object.values(Resources).flatMap(({ Properties }) =>
    Object.entries(LOGS).map(([property, what]) => ({ what, bucket: bucketIn(Properties?.[property]) })),
  );
  const buckets = unique(logs.map(({ bucket }) => bucket)).filter(bucket => bucket !== undefined);
  return buckets.map(bucket => {
    const path = Resources[bucket]?.Metadata?.['aws:cdk:path'] ?? bucket;
    const kinds = unique(logs.filter(log => log.bucket === bucket).map(({ what }) => what));
    return [path.split('/').at(-3) ?? path, kinds.join(', ')];
  });
}

/** The resource that a property refers to. */
function bucketIn(property: unknown): string | undefined {
  const [, ref, attributeOf] = /"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(property ?? '')) ?? [];
  return ref ?? attributeOf;
}

const unique = <T>(items: readonly T[]) => [...new Set(items)];

function verdict({ steps, properties, violations, holds }: Summarized): string[] {
  const sum = (figures: readonly number[]) => figures.reduce((one, other) => one + other, 0).toLocaleString('en');
  const decisions = sum(properties.map(each => each.decisions));
  const applicable = properties.filter(({ outcome }) => outcome !== 'does not apply');
  const combinations = sum(properties.map(each => each.combinations));
  return [
    holds ? '✓ only the path above is open' : '✗ not everything holds: see the report',
    [
      `${count(steps, ({ ok }) => ok)} steps of the flow work`,
      `${count(applicable, ({ outcome }) => outcome.startsWith('holds'))} properties hold`,
      `${violations.length} violations of rules`,
    ].join(', '),
    `${decisions} decisions, which stand for ${combinations} combinations of who, from where, how and what`,
  ];
}

function count<T>(items: readonly T[], isFine: (item: T) => boolean): string {
  return `${items.filter(isFine).length} of ${items.length}`;
}
