import type { Told } from './lines';
import { CATALOG, Finding, Place } from '../analysis';

/**
 * The findings in the Static Analysis Results Interchange Format, which code hosts show beside the lines.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif({ open, accepted }: Told, version: string): string {
  const ids = [...new Set([...open, ...accepted].map(({ id }) => id))].sort();
  const run = {
    tool: {
      driver: {
        name: 'cdk-private-ec2-s3-access',
        version,
        informationUri: 'https://github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access',
        rules: ids.map(id => ({
          id,
          shortDescription: { text: CATALOG[id].title },
          fullDescription: { text: CATALOG[id].meaning },
          help: { text: CATALOG[id].fix },
          defaultConfiguration: { level: CATALOG[id].severity },
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: [...open, ...accepted].flatMap(finding =>
      finding.places.map((place, index) => resultOf(finding, place, index, ids.indexOf(finding.id))),
    ),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return JSON.stringify(log, undefined, 2);
}

function resultOf(finding: Finding, place: Place, index: number, ruleIndex: number): object {
  const { id, severity, message, because, fix, reason, fingerprints } = finding;
  const { name, file, line, column } = place;
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  const text = [message, ...(because === undefined ? [] : [`Because: ${because}.`]), `Fix: ${fix.join('; ')}.`];
  return {
    ruleId: id,
    ruleIndex,
    level: severity,
    message: { text: text.join(' ') },
    locations: [
      {
        ...(file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }),
        logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'finding/v1': fingerprints[index] ?? fingerprints[0] },
    ...(reason === undefined ? {} : { suppressions: [{ kind: 'external', justification: reason }] }),
  };
}

function uriOf(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
