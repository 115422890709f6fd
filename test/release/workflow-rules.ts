import { readFileSync, readdirSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { ROOT } from '../support/packed';

/** The parser that projen writes the workflows with. */
const { parse } = createRequire(require.resolve('projen'))('yaml') as { parse(text: string): unknown };
const FOLDER = join(ROOT, '.github', 'workflows');

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

export interface Job {
  readonly needs?: string | string[];
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Record<string, string> | string;
  readonly env?: Record<string, string>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly text: string;
  readonly on: Record<string, unknown>;
  readonly permissions?: Record<string, string> | string;
  readonly jobs: Record<string, Job>;
}

export const workflowOf = (text: string): Workflow => ({ ...(parse(text) as Omit<Workflow, 'text'>), text });

/** The workflows of the repository, by file. */
export const workflows: Record<string, Workflow> = Object.fromEntries(
  readdirSync(FOLDER)
    .sort()
    .map(file => [file, workflowOf(readFileSync(join(FOLDER, file), 'utf8'))]),
);

/** Every rule, over one workflow. */
export function violations(workflow: Workflow): string[] {
  return [...unpinned(workflow), ...permissive(workflow), ...careless(workflow)];
}

/** Actions that are not named by a commit, or whose version nobody can read. */
function unpinned({ text }: Workflow): string[] {
  return [...text.matchAll(/\buses:\s*(.*)$/gm)]
    .map(([, uses]) => uses)
    .filter(uses => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map(uses => `not pinned: ${uses}`);
}

/** Permissions that are not said, or that are more than what a list of them says. */
function permissive({ permissions, jobs }: Workflow): string[] {
  return [
    ...(JSON.stringify(permissions) === '{"contents":"read"}' ? [] : ['by default, a job may do more than read']),
    ...Object.entries(jobs).flatMap(([id, job]) =>
      typeof job.permissions === 'object' ? [] : [`${id}: says no permissions of its own`],
    ),
  ];
}

/** Tokens that stay on the disk, code of strangers beside secrets, and text of strangers in a shell. */
function careless({ on, jobs }: Workflow): string[] {
  const steps = Object.entries(jobs).flatMap(([id, job]) => job.steps.map(step => ({ id, step })));
  return [
    ...['pull_request_target', 'workflow_run'].filter(trigger => trigger in on).map(trigger => `started by ${trigger}`),
    ...steps
      .filter(({ step }) => step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
      .map(({ id }) => `${id}: leaves the token in its checkout`),
    ...steps
      .filter(({ step }) => /\$\{\{[^}]*\b(inputs|head_ref|github\.event)\b/.test(step.run ?? ''))
      .map(({ id }) => `${id}: runs text of strangers`),
  ];
}

/** What each job may write. */
export function writes({ jobs }: Workflow): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(jobs)
      .map(
        ([id, { permissions }]) =>
          [
            id,
            Object.entries(permissions ?? {})
              .filter(([, access]) => access !== 'read')
              .map(([scope]) => scope)
              .sort(),
          ] as const,
      )
      .filter(([, scopes]) => scopes.length > 0),
  );
}

/** The secrets that each job is given. */
export function secrets({ jobs }: Workflow): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(jobs)
      .map(
        ([id, job]) =>
          [
            id,
            [...new Set([...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))].sort(),
          ] as const,
      )
      .filter(([, names]) => names.length > 0),
  );
}
