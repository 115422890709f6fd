import { labelled, Paint } from './style';
import { Examination, nameOf, Spelling } from '../analysis';

type Flow = Examination['flows'][number];

const CIRCLED = { 1: '①', 2: '②', 3: '③' } as const;

const STEPS = { 1: 'credentials', 2: 'temporary', 3: 'path' } as const;

const VERBS: ReadonlyArray<readonly [verb: string, action: RegExp]> = [
  ['list', /:ListBucket$/],
  ['read', /:GetObject$/],
  ['write', /:PutObject$/],
  ['delete', /:DeleteObject$/],
];

/** The request flow of each workload in a few lines; those that are alike are one. */
export function flowOf({ flows, stacks }: Examination, paint: Paint): string[] {
  const spelling = new Spelling(stacks);
  const names = new Map<string, string[]>();
  for (const flow of flows) {
    const name = flow.construct ?? spelling.name(flow.workload);
    const body = linesOf(flow, spelling, paint)
      .join('\n')
      .replaceAll(spelling.of(nameOf(flow.workload)), '·');
    names.set(body, [...new Set([...(names.get(body) ?? []), name])]);
  }
  return [...names].flatMap(([body, all]) => [
    ...labelled(
      '',
      paint('bold', all.length > 3 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : all.join(', ')),
    ),
    '',
    ...body.split('\n'),
    '',
  ]);
}

function linesOf(flow: Flow, spelling: Spelling, paint: Paint): string[] {
  const steps = flow.steps.flatMap(({ step, ok, checks }) => {
    const own = checks.filter(({ statements, ok: isFine }) => isFine && statements === undefined);
    const said = step === 3 ? own.slice(0, 1) : own;
    const mark = ok ? paint('green', '✓') : paint('yellow', '○');
    return labelled(
      `  ${mark} ${CIRCLED[step]} ${STEPS[step].padEnd(13)}`,
      said.map(each => spelling.of(each.sentence)).join(', '),
    );
  });
  return [...steps, ...buckets(flow, spelling)];
}

function buckets({ requests }: Flow, spelling: Spelling): string[] {
  const verbs = new Map<string, Set<string>>();
  for (const { request, bucket, decision } of requests) {
    const found = verbs.get(bucket) ?? new Set<string>();
    verbs.set(bucket, found);
    VERBS.filter(([, action]) => decision.verdict === 'Allowed' && action.test(request.action)).forEach(([verb]) =>
      found.add(verb),
    );
  }
  const label = (bucket: string) =>
    spelling
      .of(bucket)
      .replace(/^\$\{(.*)\}$/, '$1')
      .replace(/^.*\/DataBuckets\/([^/]+)\/.*$/, '$1');
  const width = Math.max(0, ...[...verbs.keys()].map(each => label(each).length));
  const all = [...verbs].map(
    ([bucket, may]) =>
      `                   ${label(bucket).padEnd(width)}  ${
        VERBS.map(([verb]) => verb)
          .filter(verb => may.has(verb))
          .join(', ') || 'something else'
      }`,
  );
  return all.length > 12 ? [...all.slice(0, 10), `                   and ${all.length - 10} more buckets`] : all;
}
