import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How something was refused: the type of the exception, and what it says. */
export interface Refusal {
  readonly type: string;
  readonly message: string;
}

/** The templates of all cloud assemblies below a folder, with sorted keys, by their paths. */
export function templatesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder, '.template.json').map(name => [name, sorted(readFileSync(join(folder, name), 'utf8'))]),
  );
}

/** What validation plugins reported, without the lines of the program, by the path of the report. */
export function reportsBelow(folder: string): Record<string, unknown> {
  return Object.fromEntries(
    filesBelow(folder, 'validation-report.json').map(name => {
      const { pluginReports } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      const withoutLines = JSON.stringify(pluginReports, (key, each) => (key === 'stackTraces' ? undefined : each));
      return [name, JSON.parse(sorted(withoutLines))];
    }),
  );
}

/** What was refused, by the name of the attempt. */
export function refusalsIn(folder: string): Record<string, Refusal> {
  const file = join(folder, 'errors.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * What a refusal says, without what the bindings add: the type of the error in JavaScript before it, its stack behind
 * it, the lines of the program. The lines are sorted, since the maps of some languages have no order.
 */
export function saidBy({ message }: Refusal): string[] {
  const lines = message
    .replace(/^(Error|ValidationFailed): /, '')
    .replace(/(can be found in:) \S+/g, '$1 <file>')
    .split('\n');
  const stack = lines.findIndex(line => /^(@jsii\/kernel|Error: | {4}at )/.test(line));
  const said = stack < 0 ? lines : lines.slice(0, stack);
  return said.filter(line => !/^\S+:\d+:\d+$/.test(line)).sort();
}

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(suffix))
    .sort();
}

function sorted(json: string): string {
  const value = JSON.parse(json, (_, each) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(byName)) : each,
  );
  return JSON.stringify(value, undefined, 1);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const byName = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);
