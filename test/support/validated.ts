import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';

/** What the CDK reports of a violation. */
export interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly constructPaths: readonly string[];
}

/** How a synthesis with validation plugins ended. */
export interface Validated {
  /** The error that the synthesis threw, with the report in it. */
  readonly error?: string;
  readonly violations: readonly ReportedViolation[];
  readonly suppressed: readonly ReportedViolation[];
}

/** Synthesizes an app, and says what the plugin of this library reported, each property and each rule by itself. */
export function validated(define: (app: App) => unknown): Validated {
  const { violations, ...result } = validatedByCause(define);
  return { ...result, violations: violations.flatMap(oneByOne) };
}

/** What comes from one cause stands below the line of the cause. */
const BROKEN = /^ {2}(\S+)(?: on ([^:\s]+))?: (.*)$/;

function oneByOne(violation: ReportedViolation): ReportedViolation[] {
  const [, ...lines] = violation.description.split('\n');
  const parts = lines.flatMap(line => BROKEN.exec(line) ?? []).length;
  return parts === 0
    ? [violation]
    : lines.flatMap(line => {
        const [, ruleName, path, description] = BROKEN.exec(line) ?? [];
        const constructPaths = path === undefined ? violation.constructPaths : [path];
        return ruleName === undefined ? [] : [{ ...violation, ruleName, description, constructPaths }];
      });
}

/** The same as it is reported: one finding for each cause. */
export function validatedByCause(define: (app: App) => unknown): Validated {
  const outdir = mkdtempSync(join(tmpdir(), 'validated-'));
  const app = new App({ outdir });
  define(app);
  try {
    const error = thrownBy(() => app.synth());
    return { error, ...reportIn(outdir) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The same for an app of one stack. */
export function validatedStack(define: (stack: Stack) => unknown): Validated {
  return validated(app => define(new Stack(app, 'Training')));
}

function thrownBy(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function reportIn(outdir: string): Pick<Validated, 'violations' | 'suppressed'> {
  const file = join(outdir, 'validation-report.json');
  if (!existsSync(file)) {
    return { violations: [], suppressed: [] };
  }
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8'));
  const report = pluginReports.find(
    ({ pluginName }: { pluginName: string }) => pluginName === 'cdk-private-ec2-s3-access',
  );
  return {
    violations: (report?.violations ?? []).map(violationOf),
    suppressed: (report?.suppressedViolations ?? []).map(violationOf),
  };
}

function violationOf(violation: Record<string, unknown>): ReportedViolation {
  const { ruleName, description, suggestedFix, violatingConstructs } = violation as unknown as ReportedViolation & {
    readonly violatingConstructs: ReadonlyArray<{ readonly constructPath: string }>;
  };
  return {
    ruleName,
    description,
    suggestedFix,
    constructPaths: violatingConstructs.map(({ constructPath }) => constructPath),
  };
}
