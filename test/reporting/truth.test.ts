import { Stack, StackProps } from 'aws-cdk-lib';
import { defineLayout } from './layouts';
import { broken, onTheInternet, plain } from './open-stacks';
import { withAssembly } from './support';
import { examineWorkloads } from '../../src/analysis/analysis';
import { hasLooked } from '../../src/reporting/model/looked';
import type { Outside } from '../../src/reporting/model/outside';
import { Report, reportsOf } from '../../src/reporting/model/report';
import { everyOption, quickStart } from '../support/scenarios';

const ENV = { account: '111122223333', region: 'us-east-1' };

const STACKS: ReadonlyArray<readonly [name: string, define: (stack: Stack) => unknown, props: StackProps]> = [
  ['the quick start', quickStart, {}],
  ['every option', everyOption, { env: ENV }],
  ['buckets of others', defineLayout({ buckets: 3, azs: 1, endpoint: 'gateway', others: 1 }), {}],
  ['what is broken', broken, {}],
  ['what was made without the construct', plain, { env: ENV }],
  ['a server on the internet', onTheInternet, {}],
];

type Properties = ReadonlyMap<string, { readonly outcome: string; readonly hasLooked: boolean }>;

const HELD = ['holds', 'holds, assuming'];

describe.each(STACKS)('%s', (_, define, props) => {
  const both = withAssembly(
    define,
    path => {
      const examined = examineWorkloads(path);
      return reportsOf(path).map((report, index) => ({ report, examined: examined[index] }));
    },
    props,
  );
  const cases = both.map(({ report, examined }) => ({
    report,
    examined,
    properties: new Map(
      (examined.proof?.properties ?? []).map(each => [
        each.id as string,
        { outcome: each.outcome, hasLooked: hasLooked(each) },
      ]),
    ) as Properties,
  }));
  const held = (properties: Properties, id: string) => {
    const found = properties.get(id);
    return found !== undefined && found.hasLooked && HELD.includes(found.outcome);
  };

  test('what is called closed has something that closes it, which has looked and holds', () => {
    expect(cases.length).toBeGreaterThan(0);
    for (const { report, properties } of cases) {
      for (const { id, properties: ids } of withStatus(report, 'closed')) {
        expect([id, ids.filter(each => held(properties, each)).length]).not.toEqual([id, 0]);
        expect(ids.filter(each => ['violated', 'not proven'].includes(properties.get(each)?.outcome ?? ''))).toEqual(
          [],
        );
        expect(report.policies.endpoints.length).toBeGreaterThan(0);
        expect(id === 'strangers' || report.policies.buckets.length > 0).toBe(true);
        expect(id === 'strangers' || report.policies.buckets.every(({ policy }) => policy !== undefined)).toBe(true);
      }
    }
  });

  test('what is called open is violated, and what nothing closes is not', () => {
    for (const { report, examined } of cases) {
      const isOpen = withStatus(report, 'open').length > 0;
      expect(isOpen && examined.violations.length + examined.accepted.length === 0).toBe(false);
      expect(withStatus(report, 'open').every(({ open }) => open.length > 0)).toBe(true);
      expect(withStatus(report, 'nothing closes it').every(({ open }) => open.length === 0)).toBe(true);
    }
  });

  test('only what is violated has an answer that is not as intended', () => {
    for (const { report, examined } of cases) {
      const isClean = examined.violations.length + examined.accepted.length === 0;
      expect(isClean ? unintended(report) : []).toEqual([]);
      expect(report.holds || examined.violations.length > 0).toBe(true);
    }
  });

  test('each control that properties decide is met by some that have looked, and not met by one that does not hold', () => {
    for (const { report, properties } of cases) {
      for (const { verdict, how, title } of report.controls) {
        const ids = [...how.matchAll(/[a-z-]+\[[a-z0-9-]+\]/g)].map(([id]) => id).filter(id => properties.has(id));
        if (verdict === 'met') {
          expect([title, ids.filter(id => !held(properties, id))]).toEqual([title, []]);
        } else {
          expect([title, ids.filter(id => held(properties, id))]).toEqual([title, []]);
        }
      }
    }
  });

  test('the sentences say of each place outside what its verdict is, and are five at most', () => {
    for (const { report, properties } of cases) {
      const { sentences, outside } = report;
      expect(sentences.length).toBeLessThanOrEqual(5);
      const nobody = sentences.some(each => each.startsWith('Nobody else'));
      const said = (what: string) => sentences.find(each => each.startsWith(`${what}: `)) ?? '';
      for (const { title, status } of outside) {
        const words = `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
        expect([title, said('Not closed').includes(words)]).toEqual([title, status === 'open']);
        expect([title, said('Nothing closes').includes(words)]).toEqual([title, status === 'nothing closes it']);
        expect([title, nobody || said('Closed').includes(words)]).toEqual([title, status === 'closed']);
      }
      expect(nobody && !held(properties, 'closed[objects-to-others]')).toBe(false);
      expect(nobody && report.policies.buckets.some(({ policy }) => typeof policy !== 'object')).toBe(false);
      expect(/through the S3 \w+ endpoint/.test(sentences[0])).toBe(report.policies.endpoints.length > 0);
    }
  });

  test('the verdict and its numbers are those of the analysis', () => {
    for (const { report, examined } of cases) {
      const results = examined.proof?.properties ?? [];
      expect(report.counts.hold).toBe(results.filter(({ outcome }) => HELD.includes(outcome)).length);
      expect(report.counts.accepted).toBe(examined.accepted.length);
      expect(report.counts.errors + report.counts.warnings).toBe(report.violations.length);
      expect(report.picture.steps.map(({ ok }) => ok)).toEqual(examined.flow.steps.map(({ ok }) => ok));
    }
  });
});

function withStatus({ outside }: Report, status: Outside['status']): Outside[] {
  return outside.filter(each => each.status === status);
}

function unintended({ access }: Report): string[] {
  const cells = [
    ...access.tables.flatMap(({ rows, limits }) => [
      ...rows.flatMap(row => row.cells),
      ...limits.map(({ cell }) => cell),
    ]),
    ...access.keys.flatMap(({ rows }) => rows.flatMap(row => row.cells)),
    ...access.wayOut.map(({ cell }) => cell),
  ];
  return cells
    .filter(({ standing }) => standing === 'unintended')
    .map(({ question, sentence }) => `${JSON.stringify(question)}: ${sentence}`);
}

describe('where there is nothing to close anything', () => {
  const [web, reports] = withAssembly(plain, path => reportsOf(path), { env: ENV });
  const [server] = withAssembly(onTheInternet, path => reportsOf(path));

  test('nothing is called closed', () => {
    for (const report of [web, reports, server]) {
      expect(withStatus(report, 'closed')).toEqual([]);
    }
    expect(web.outside.map(({ id, status }) => [id, status])).toEqual([
      ['internet', 'open'],
      ['strangers', 'open'],
      ['vpcs', 'open'],
      ['accounts', 'nothing closes it'],
    ]);
  });

  test('controls about what is not there do not apply', () => {
    const verdict = ({ controls }: Report, title: string) => controls.find(each => each.title === title)?.verdict;
    expect(verdict(web, 'Endpoint lets no data out to others')).toBe('does not apply');
    expect(verdict(server, 'Objects are reached through the endpoint only')).toBe('does not apply');
    expect(verdict(server, 'No keys of callers (SSE-C), no other keys')).toBe('does not apply');
    expect(verdict(server, 'Nobody who administers is locked out')).toBe('does not apply');
    expect(verdict(web, 'TLS only')).toBe('not met');
  });

  test('another workload of the template is decided by its own policies', () => {
    const rows = web.access.tables[0].rows.filter(({ cells: [{ question }] }) => question.who.startsWith('peer-'));
    expect(rows.map(({ cells }) => cells.slice(0, 4).map(({ outcome }) => outcome))).toEqual([
      ['allowed', 'allowed', 'denied', 'denied'],
    ]);
    expect(rows[0].cells[2].by[0].policy).toMatch(/^policies of role /);
  });

  test('the picture has the load balancer, the way out and no endpoint', () => {
    const { ingress, waysOut, endpoints, isPattern, steps } = web.picture;
    expect(ingress).toMatchObject([{ balancer: 'Balancer', to: 'tcp 8080', facesInternet: true, isInternet: false }]);
    expect(waysOut).toMatchObject([{ isOpen: true }]);
    expect([endpoints.length, isPattern, steps[2].ok]).toEqual([0, false, false]);
    expect(server.picture.ingress).toMatchObject([{ to: 'tcp 22', isInternet: true }]);
  });
});
