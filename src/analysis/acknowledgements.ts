import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FINDING_IDS, isFindingId, propertiesOf } from './catalog';
import { AcceptedViolation, pathOf, Violation } from './violation';
import type { Acknowledgement } from '../cloudformation';
import { nearest, RULE_METADATA } from '../rules';

/** What stands before the ids of this library, as the CDK names them: `<plugin>::<rule>`. */
export const PLUGIN_NAME = 'cdk-private-ec2-s3-access';

const PREFIX = `${PLUGIN_NAME}::`;
const REPORT = 'validation-report.json';

/** What is accepted, and what is not. */
export interface Sorted {
  readonly violations: readonly Violation[];
  readonly accepted: readonly AcceptedViolation[];
}

/** Takes the violations apart that the app accepts, on their construct or on one that it is in. */
export function withAcknowledgements(all: readonly Violation[], acknowledgements: readonly Acknowledgement[]): Sorted {
  const accepted: AcceptedViolation[] = [];
  const violations: Violation[] = [];
  for (const violation of all) {
    const by = acknowledgements.find(each => accepts(each, violation));
    if (by === undefined) {
      violations.push(violation);
    } else {
      const { causes, ...rest } = violation;
      accepted.push({ ...rest, accepted: by });
    }
  }
  return { violations, accepted };
}

function accepts(acknowledgement: Acknowledgement, violation: Violation): boolean {
  return (
    acknowledgement.id === `${PREFIX}${violation.rule}` &&
    violation.severity !== 'fatal' &&
    (isOnPath(acknowledgement, violation) || isOnResource(acknowledgement, violation))
  );
}

function isOnPath({ constructPath }: Acknowledgement, violation: Violation): boolean {
  const path = pathOf(violation);
  return path !== undefined && (constructPath === '' || path === constructPath || path.startsWith(`${constructPath}/`));
}

function isOnResource({ resource }: Acknowledgement, { where, workload }: Violation): boolean {
  const { logicalId, stack } = where ?? workload ?? {};
  return resource !== undefined && ['', logicalId, `${stack}/${logicalId}`].includes(resource);
}

/** The acknowledgements that are for no property and no rule: each is refused, since it would be void. */
export function refused(acknowledgements: readonly Acknowledgement[]): Violation[] {
  return acknowledgements
    .filter(({ id }) => id.startsWith(PREFIX) && !isFindingId(id.slice(PREFIX.length)))
    .map(({ id, constructPath }) => {
      const name = id.slice(PREFIX.length);
      const place = constructPath === '' ? 'the app' : constructPath;
      return {
        rule: 'acknowledgement',
        construct: constructPath,
        description: `${place}: acknowledged: got ${id}, ${allowedFor(name)}`,
        fix: RULE_METADATA.acknowledgement.fix,
        severity: 'fatal',
      };
    });
}

function allowedFor(name: string): string {
  const properties = propertiesOf(name);
  if (properties.length > 0) {
    const ids = properties.map(each => `${PREFIX}${each}`).join(', ');
    return `which is a whole claim, allowed: the ids of its properties: ${ids}`;
  }
  const meant = nearest(name, FINDING_IDS);
  const all = 'the id of a property or a rule, as docs/RULES.md lists them';
  return `which is the id of nothing, allowed: ${meant === undefined ? all : `${PREFIX}${meant}`}`;
}

/**
 * What was accepted when the assembly was synthesized. The metadata of stacks does not have what was acknowledged on
 * an app or a stage: the report of the validation does.
 */
export function acknowledgedInReport(path: string): Acknowledgement[] {
  const isDirectory = existsSync(path) && statSync(path).isDirectory();
  const file = join(isDirectory ? path : dirname(path), REPORT);
  if (!existsSync(file)) {
    return [];
  }
  const { pluginReports = [] } = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport;
  return pluginReports
    .flatMap(({ suppressedViolations = [] }) => suppressedViolations)
    .flatMap(({ acknowledgedId: id, acknowledgedAt = '', reason = '' }) =>
      id === undefined ? [] : [{ id, constructPath: acknowledgedAt, reason }],
    );
}

/** The report of the CDK, as far as it matters here. */
interface ValidationReport {
  readonly pluginReports?: ReadonlyArray<{
    readonly suppressedViolations?: ReadonlyArray<{
      readonly acknowledgedId?: string;
      readonly acknowledgedAt?: string;
      readonly reason?: string;
    }>;
  }>;
}
