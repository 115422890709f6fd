import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { examples, runExample } from './run';
import { examine } from '../../src/analysis/analysis';
import { reportsOf } from '../../src/reporting/model/report';
import { misstatements, unsaidGrants } from '../reporting/said';
import { ROOT } from '../support/packed';

/** Where the templates are left for linters. */
const TEMPLATES = join(ROOT, '.work', 'examples');

/** What cannot be deployed to a partition, and what the library says of it. */
const NOT_THERE: Record<string, Record<string, RegExp>> = {
  'packages-and-agents': {
    'aws-eusc':
      /PatchManager in eusc-de-east-1", allowed: a stack with a concrete Region whose patching buckets are known/,
  },
  'cross-region-bucket': { 'aws-eusc': /allowed: another Region than eusc-de-east-1/ },
};

const SCANNERS = { AwsSolutions: 'success', 'NIST.800.53.R5': 'success', 'cdk-validator-cfnguard': 'success' };

/**
 * Tests every example as if it were deployed to Regions of a partition. The CDK's own validation of templates is left
 * to cfn-lint.
 */
export function testExamples(partition: string, regions: readonly string[]): void {
  const there = examples.filter(name => NOT_THERE[name]?.[partition] === undefined);

  test.each(there)('%s is proven and reported, and the scanners find nothing that is not acknowledged', name => {
    const { scan, assembly } = runExample(name, partition, regions);
    const { flows, violations } = examine(assembly);
    const reports = reportsOf(assembly);
    keepTemplates(assembly, join(TEMPLATES, regions[0], name));

    expect(scan.findings).toEqual([]);
    expect(scan.conclusions).toMatchObject(SCANNERS);
    expect(flows.length).toBeGreaterThan(0);
    expect(violations).toEqual([]);
    expect(reports).toHaveLength(flows.length);
    expect(reports.flatMap(report => [...misstatements(report), ...unsaidGrants(report, flows)])).toEqual([]);
  });

  const elsewhere = examples
    .filter(name => !there.includes(name))
    .map(name => [name, NOT_THERE[name][partition]] as const);
  if (elsewhere.length > 0) {
    test.each(elsewhere)('%s is refused, with the reason', (name, reason) => {
      expect(() => runExample(name, partition, regions)).toThrow(reason);
    });
  }

  test('there is an example for each situation', () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });
}

/** Copies the templates of a cloud assembly, and removes it. */
function keepTemplates(assembly: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.template.json'))
    .forEach(name => writeFileSync(join(folder, basename(name)), readFileSync(join(assembly, name))));
  rmSync(assembly, { recursive: true });
}
