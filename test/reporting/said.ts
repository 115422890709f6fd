import { BUCKET_ACTIONS, decide, nameOf, OBJECT_ACTIONS } from '../../src/analysis';
import { containerOf, isObject, objectsIn } from '../../src/iam';
import { renderPage } from '../../src/reporting/html/page';
import { renderMarkdown } from '../../src/reporting/markdown/markdown';
import { WhatIf } from '../../src/reporting/model/answer';
import { isListing, Question } from '../../src/reporting/model/question';
import type { Report } from '../../src/reporting/model/report';
import type { RequestFlow } from '../../src/request-flow';

/** What people read of a row about buckets. */
export interface ReadRow {
  readonly bucket: string;
  readonly who: string;
  readonly from: string;
  readonly where: string;
  readonly outcomes: readonly string[];
}

/** Actions that a verb of the report stands for: by the first it is decided. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  list: ['s3:ListBucket'],
  read: ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObjectTagging'],
  delete: ['s3:DeleteObject'],
};

/** The columns of a table, by the actions that they ask about. */
const COLUMNS = ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'];

const CLAUSE =
  /^((?:list|read|write|delete|nothing|s3:[A-Za-z]+)(?:, (?:list|read|write|delete|s3:[A-Za-z]+))*)(?: (.+))?$/;

const WHERE = /^(?:in (?<prefixes>.+?))?(?:(?:^| and )on (?<patterns>.+?))?(?:(?:^| and )(?<rest>elsewhere))?$/;

/** How narrow words for keys are, as a reader takes them: the longest that fit a key are about it. */
function fit(where: string, key: string): number | undefined {
  if (where === '' || where === 'all') {
    return 0;
  }
  const { prefixes = '', patterns = '', rest } = WHERE.exec(where)?.groups ?? {};
  const lengths = [
    ...split(prefixes).filter(each => key.startsWith(each)),
    ...split(patterns).filter(each => each.split(' that is also ').every(pattern => matches(pattern, key))),
  ].map(each => each.length);
  return lengths.length > 0 ? Math.max(...lengths) : rest === undefined ? undefined : 0;
}

function split(list: string): string[] {
  return list.split(', ').filter(each => each !== '');
}

function matches(pattern: string, key: string): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 's').test(key);
}

function narrowest<T extends { readonly where: string }>(some: readonly T[], key: string): T | undefined {
  return some
    .filter(({ where }) => fit(where, key) !== undefined)
    .sort((one, other) => (fit(other.where, key) ?? 0) - (fit(one.where, key) ?? 0))[0];
}

/** Whether a sentence of the summary says that an action is allowed on a key, or on the bucket itself. */
export function isSaid(sentence: string, action: string, key?: string): boolean {
  const clauses = sentence
    .replace(/(,|; all) through the access point .*$/, '')
    .split('; ')
    .map(clause => CLAUSE.exec(clause) ?? [])
    .map(([, may = '', where = '']) => ({ may: may.split(', '), where }));
  const isIn = ({ may }: { readonly may: readonly string[] }) =>
    may.some(each => each === action || VERBS[each]?.includes(action));
  if (key !== undefined) {
    const clause = narrowest(clauses, key);
    return clause !== undefined && isIn(clause);
  }
  const [listsAll, isReached] = [narrowest(clauses, ''), clauses.some(({ may }) => may[0] in VERBS)];
  return (
    clauses.filter(({ where }) => where === 'on the bucket itself').some(isIn) ||
    (action === 's3:GetBucketLocation' && isReached) ||
    (action === 's3:ListBucketMultipartUploads' && listsAll?.may.includes('list') === true) ||
    (isListing(action) && listsAll !== undefined && isIn(listsAll))
  );
}

/** What the report says of a bucket. */
export function sentenceOf({ grants }: Pick<Report, 'grants'>, bucket: string): string {
  const found = grants.filter(({ buckets }) => buckets.includes(bucket));
  return found.length === 1 ? found[0].may : `${found.length} sentences`;
}

/** The rows about buckets in the page. */
export function rowsOfPage(page: string): ReadRow[] {
  return [...page.matchAll(/<table class="m"><caption>Who reaches <b>(.*?)<\/b>.*?<tbody>(.*?)<\/tbody>/gs)].flatMap(
    ([, names, body]) =>
      [
        ...body.matchAll(
          /<tr [^>]*><th scope="row">(.*?) <span class="from">from (.*?)<\/span>(.*?)<\/th>(.*?)<\/tr>/gs,
        ),
      ].flatMap(([, who, from, where, cells]) =>
        plain(names)
          .split(', ')
          .map(bucket => ({
            bucket,
            who: plain(who),
            from: plain(from),
            where: plain(where).trim(),
            outcomes: [...cells.matchAll(/<b>. (\w+)<\/b>/g)].map(([, outcome]) => outcome),
          })),
      ),
  );
}

function plain(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The rows about buckets in the Markdown. */
export function rowsOfMarkdown(markdown: string): ReadRow[] {
  return markdown.split('\n## ').flatMap(section => {
    const [, names] = /^Who reaches (.*)\n/.exec(section) ?? [];
    if (names === undefined) {
      return [];
    }
    const [head, , ...rows] = section
      .split('\n')
      .filter(line => line.startsWith('|'))
      .map(line => line.slice(2, -2).split(' | ').map(unescaped));
    return rows.flatMap(row => {
      const [who, from, ...others] = row;
      const [where, ...cells] = head[2] === 'Which keys' ? others : ['', ...others];
      const outcomes = cells.map(cell => cell.split(/[ :]/)[1]);
      return unescaped(names)
        .split(', ')
        .map(bucket => ({ bucket, who, from, where: where === 'all' ? '' : where, outcomes }));
    });
  });
}

function unescaped(text: string): string {
  return plain(text.replaceAll(/\\([\\`*_{}[\]()#+!|~-])/g, '$1'));
}

/** The rows about buckets in the JSON. */
export function rowsOfJson(json: string): ReadRow[] {
  const { access, policies } = JSON.parse(json) as Report;
  return access.tables.flatMap(({ buckets, rows }) =>
    rows.flatMap(({ who, from, where, cells }) =>
      buckets.map(index => ({
        bucket: policies.buckets[index].label,
        who,
        from,
        where,
        outcomes: cells.map(({ outcome }) => outcome),
      })),
    ),
  );
}

/** Keys that policies name, and some beside them; the report's own division of the keys has no part in it. */
export function probesOf({ policies }: Report, index: number): string[] {
  const { arn, accessPoint } = policies.buckets[index];
  const documents = {
    ...policies,
    buckets: policies.buckets.map(bucket => ({ policy: bucket.policy, through: bucket.accessPoint?.policy })),
  };
  const containers = [arn, ...(accessPoint === undefined ? [] : [accessPoint.arn])].map(objectsIn);
  const stems = textsIn(documents)
    .flatMap(text => [
      ...containers.filter(each => text.startsWith(each)).map(each => text.slice(each.length)),
      ...(/^[^:]*\/\*?$/.test(text) ? [text] : []),
    ])
    .filter(text => !text.includes('${') && text !== '*')
    .map(text => text.replace(/\*$/, ''));
  return [
    'a-key-of-its-own',
    'elsewhere/deep/down.txt',
    ...[...new Set(stems)].flatMap(stem =>
      /[*?]/.test(stem)
        ? [stem.replaceAll('*', 'probe').replaceAll('?', 'q')]
        : stem.endsWith('/')
          ? [`${stem}probe`, `${stem}deep/probe.bin`, `${stem.slice(0, -1)}-beside/probe`]
          : [stem, `x${stem}`],
    ),
  ];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Where sentences, page, Markdown and JSON differ from the evaluator, or from each other. */
export function misstatements(report: Report): string[] {
  const json = rowsOfJson(JSON.stringify(report));
  const others = {
    page: rowsOfPage(renderPage(report, '')),
    Markdown: rowsOfMarkdown(renderMarkdown(report, 'x.svg')),
  };
  return [
    ...Object.entries(others)
      .filter(([, rows]) => JSON.stringify(rows) !== JSON.stringify(json) || rows.length === 0)
      .map(([name]) => `${name} has other rows than JSON`),
    ...report.policies.buckets.flatMap((_, index) => [
      ...wrongSentences(report, index),
      ...wrongRows(report, index, others.page),
    ]),
  ];
}

function wrongSentences(report: Report, index: number): string[] {
  const { label } = report.policies.buckets[index];
  const sentence = sentenceOf(report, label);
  const decided = outcomesOf(report, index);
  const ways = report.policies.endpoints.map((_, place) => `endpoint-${place}`);
  const differ = (action: string, key?: string) => {
    const isAllowed = ways.some(from => decided('workload', from, action, key) === 'allowed');
    const isToldSo = isSaid(sentence, action, key);
    const name = `${label}: "${sentence}": ${action} ${key ?? ''}`;
    return isCoveredOnly(sentence, action, key) || isAllowed === isToldSo ? [] : [`${name} is allowed: ${isAllowed}`];
  };
  return [
    ...probesOf(report, index).flatMap(key =>
      [...OBJECT_ACTIONS, 's3:ListBucket', 's3:ListBucketVersions'].flatMap(action => differ(action, key)),
    ),
    ...BUCKET_ACTIONS.flatMap(action => differ(action)),
  ];
}

/** What goes with a verb may be left out of the grant: reading without tags, listing without uploads. */
function isCoveredOnly(sentence: string, action: string, key?: string): boolean {
  const isDeciding = Object.values(VERBS).some(([first]) => first === action);
  const isNamed = sentence.includes(action);
  return !isDeciding && !isNamed && isSaid(sentence, action, key);
}

function wrongRows(report: Report, index: number, rows: readonly ReadRow[]): string[] {
  const { label } = report.policies.buckets[index];
  const decided = outcomesOf(report, index);
  const asked = report.access.tables.find(({ buckets }) => buckets.includes(index))?.rows ?? [];
  const lines = [...new Map(asked.map(each => [`${each.who} ${each.from}`, each])).values()];
  return lines.flatMap(({ who, from, cells: [{ question }] }) =>
    probesOf(report, index).flatMap(key => {
      const row = narrowest(
        rows.filter(each => each.bucket === label && each.who === who && each.from === from),
        key,
      );
      return COLUMNS.flatMap((action, column) => {
        const outcome = decided(question.who, question.from, action, action === 's3:PutBucketPolicy' ? undefined : key);
        const shown = row?.outcomes[column];
        return outcome === shown ? [] : [`${label}: ${who} from ${from}: ${action} ${key}: ${shown}, is ${outcome}`];
      });
    }),
  );
}

type Outcomes = (who: string, from: string, action: string, key?: string) => string;

function outcomesOf({ policies }: Report, index: number): Outcomes {
  const whatIf = new WhatIf(policies, decide);
  return (who, from, action, key) => {
    const about = key === undefined ? {} : isListing(action) ? { prefix: key } : { object: key };
    const question: Question = { who, from, action, target: { kind: 'bucket', index, ...about } };
    return whatIf.answer(question).outcome;
  };
}

/** What the request flow of a workload finds granted, and the summary does not say. */
export function unsaidGrants(report: Report, flows: readonly RequestFlow[]): string[] {
  const flow = flows.find(({ workload }) => nameOf(workload) === report.workload);
  const granted = (flow?.requests ?? []).filter(
    ({ request: { action }, decision }) => action.startsWith('s3:') && decision.verdict === 'Allowed',
  );
  const unsaid = granted.filter(({ request: { action, resource, context } }) => {
    const bucket = report.policies.buckets.find(({ arn, accessPoint }) =>
      [arn, accessPoint?.arn].includes(containerOf(resource)),
    );
    const key = isObject(resource) ? resource.slice(objectsIn(containerOf(resource)).length) : undefined;
    const prefix = context['s3:prefix'];
    const about = key ?? (prefix === undefined ? undefined : String(prefix));
    return bucket !== undefined && !isSaid(sentenceOf(report, bucket.label), action, about);
  });
  return [
    ...(flow === undefined ? [`no flow of ${report.workload}`] : []),
    ...unsaid.map(({ request: { action, resource } }) => `${action} on ${resource} is not said`),
  ];
}
