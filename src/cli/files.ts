import { isRecord, textIn } from './values';
import { Acknowledgement, Finding, isFindingId, PLUGIN_NAME, readData } from '../analysis';
import { Problem, refuse } from '../base';

/** The findings that a file accepts: a list of `id`, `on` (a construct path or a logical id) and `reason`. */
export function acknowledgementsFrom(file: string | undefined): readonly Acknowledgement[] {
  const given = file === undefined ? [] : listIn(file);
  return given.map((each, index) => {
    const id = textIn(each, 'id');
    const reason = textIn(each, 'reason')?.trim() ?? '';
    refuse(`${file}`, [
      ...(id === undefined || !isFindingId(id)
        ? [problem(`[${index}].id`, id, 'the id of a property or a rule', 'take it from what prove prints')]
        : []),
      ...(reason === '' ? [problem(`[${index}].reason`, reason, 'a text', 'say why it is accepted')] : []),
    ]);
    const on = textIn(each, 'on') ?? '';
    return { id: `${PLUGIN_NAME}::${id}`, constructPath: on, resource: on, reason };
  });
}

/** The values of parameters: a map, or the list that the AWS CLI takes. */
export function parametersFrom(file: string | undefined): Readonly<Record<string, string>> | undefined {
  if (file === undefined) {
    return undefined;
  }
  const given = readData(file);
  const inner = isRecord(given) && isRecord(given.Parameters) ? given.Parameters : given;
  const entries = Array.isArray(inner)
    ? inner.map(each => [textIn(each, 'ParameterKey'), textIn(each, 'ParameterValue')] as const)
    : Object.entries(isRecord(inner) ? inner : {}).map(([name, value]) => [name, valueText(value)] as const);
  if (entries.length === 0 || entries.some(([name, value]) => name === undefined || value === undefined)) {
    const allowed = 'a map of names and values, or a list of ParameterKey and ParameterValue';
    refuse(file, [problem('parameters', given, allowed, 'write {"Name": "value"}')]);
  }
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

function valueText(value: unknown): string | undefined {
  return Array.isArray(value)
    ? value.join(',')
    : ['string', 'number', 'boolean'].includes(typeof value)
      ? String(value)
      : undefined;
}

/** Leaves out what an earlier run found. */
export function withoutBaseline(open: readonly Finding[], file: string | undefined): readonly Finding[] {
  if (file === undefined) {
    return open;
  }
  const before = readData(file);
  const findings = isRecord(before) && Array.isArray(before.findings) ? (before.findings as unknown[]) : undefined;
  if (findings === undefined) {
    const allowed = 'what prove --json prints';
    return refuse(file, [problem('baseline', before, allowed, 'make it with prove --json > FILE')]);
  }
  const known = new Set(
    findings.flatMap(each =>
      isRecord(each) && Array.isArray(each.fingerprints) ? (each.fingerprints as unknown[]) : [],
    ),
  );
  return open.flatMap(finding => {
    const isNew = finding.fingerprints.map(each => !known.has(each));
    return isNew.includes(true)
      ? [
          {
            ...finding,
            places: finding.places.filter((_, index) => isNew[index] ?? true),
            fingerprints: finding.fingerprints.filter((_, index) => isNew[index]),
          },
        ]
      : [];
  });
}

function listIn(file: string): readonly unknown[] {
  const given = readData(file);
  if (Array.isArray(given)) {
    return given;
  }
  return refuse(file, [problem('acknowledgements', given, 'a list', 'write [{"id": ..., "on": ..., "reason": ...}]')]);
}

function problem(prop: string, got: unknown, allowed: string, fix: string): Problem {
  return { prop, got, allowed, fix };
}
