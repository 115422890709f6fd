import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { examples, runExample } from './run';
import { examine } from '../../src/analysis/analysis';
import type { Proof } from '../../src/proof';
import { reportsOf } from '../../src/reporting/model/report';
import type { RequestFlow } from '../../src/request-flow';
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

/** What is assumed of a network that is in the template: what its names tell, unless the names are listed. */
const OF_OWN_NETWORK = [/^the resolver of the VPC .* \(DNS\)$/, /^who serves \*\.corp\.example\.com keeps nothing/];

/** What is assumed of a network that somebody else made: six names at most. */
const OF_IMPORTED_NETWORK = [
  /^the VPC vpc-\w+ has EnableDnsSupport, which its names need$/,
  /^the network ACLs of the VPC vpc-\w+ let HTTPS to S3 and its answers through$/,
  /^the resolver of the VPC vpc-\w+ .* \(DNS\)$/,
  /^the route table of subnet-\w+ (is one of those of|leads to the S3 endpoint) /,
  /^the route table of subnet-\w+ leads nowhere else$/,
  /^other endpoints of the VPC vpc-\w+ take no data to strangers$/,
];

/** The same of a prefix list that the user vouches for. */
const OF_OWN_LIST = /^the addresses of S3 are among pl-/;

const IMPORTED_NETWORKS = ['egress-by-prefix-list', 'existing-gateway-endpoint', 'existing-vpc'];

/** Assumptions about networks: of ways, of names and of what else is in a VPC. */
const ABOUT_NETWORKS =
  /\(DNS\)$|^(the (VPC|network ACLs|route table|resolver|addresses|subnet|security group)|other endpoints|nobody|nothing)/;

const SCANNERS = { AwsSolutions: 'success', 'NIST.800.53.R5': 'success', 'cdk-validator-cfnguard': 'success' };

/**
 * Tests every example as if it were deployed to Regions of a partition. The CDK's own validation of templates is left
 * to cfn-lint.
 */
export function testExamples(partition: string, regions: readonly string[]): void {
  const there = examples.filter(name => NOT_THERE[name]?.[partition] === undefined);

  test.each(there)('%s is proven and reported, and the scanners find nothing that is not acknowledged', name => {
    const { scan, assembly } = runExample(name, partition, regions);
    const { flows, proofs, violations } = examine(assembly);
    const reports = reportsOf(assembly);
    keepTemplates(assembly, join(TEMPLATES, regions[0], name));

    expect(scan.findings).toEqual([]);
    expect(scan.conclusions).toMatchObject(SCANNERS);
    expect(flows.length).toBeGreaterThan(0);
    expect(violations).toEqual([]);
    const known = IMPORTED_NETWORKS.includes(name) ? [...OF_IMPORTED_NETWORK, OF_OWN_LIST] : OF_OWN_NETWORK;
    const named = [...assumptionsIn(proofs), ...flows.flatMap(assumptionsOnTheWay)];
    const ofNetwork = [...new Set(named)].filter(each => ABOUT_NETWORKS.test(each));
    expect(ofNetwork.filter(each => !known.some(pattern => pattern.test(each)))).toEqual([]);
    expect(ofNetwork.length).toBeGreaterThan(0);
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

function assumptionsIn(proofs: readonly Proof[]): readonly string[] {
  return proofs.flatMap(({ properties }) => properties.flatMap(({ assumptions }) => assumptions));
}

function assumptionsOnTheWay({ steps }: RequestFlow): readonly string[] {
  return steps.flatMap(({ checks }) => checks.flatMap(({ assumes = [] }) => assumes));
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
