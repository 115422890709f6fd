import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import {
  App,
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  Stack,
  StackProps,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';

/** One finding of a scanner that nobody acknowledged. */
export interface Finding {
  readonly plugin: string;
  readonly rule: string;
  readonly constructPaths: string[];
}

/** What the scanners say of a stack. */
export interface Scan {
  /** How each plugin ended: `success`, `failure`, or the error that it failed with. */
  readonly conclusions: Record<string, string>;
  /** The findings that are not acknowledged. */
  readonly findings: Finding[];
  /** Every finding before acknowledgements. */
  readonly raw: readonly RawFinding[];
}

/** What a plugin reports before the CDK takes the acknowledged findings out. */
export interface RawFinding {
  /** `<plugin>::<rule>`. */
  readonly id: string;
  /** The template, or the construct where the plugin knows it. */
  readonly where: string;
}

/** Remembers what a plugin reports before the CDK takes the acknowledged findings out. */
class Recorder implements IPolicyValidationPlugin {
  public readonly name: string;
  public readonly ruleIds?: string[];
  public readonly version?: string;

  constructor(
    private readonly plugin: IPolicyValidationPlugin,
    private readonly raw: RawFinding[],
  ) {
    this.name = plugin.name;
    this.ruleIds = plugin.ruleIds;
    this.version = plugin.version;
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = this.plugin.validate(context);
    for (const { ruleName, violatingResources } of report.violations) {
      for (const { constructPath, templatePath } of violatingResources) {
        this.raw.push({ id: `${this.name}::${ruleName}`, where: constructPath ?? basename(templatePath ?? '') });
      }
    }
    return report;
  }
}

interface Report {
  readonly pluginReports: Array<{
    readonly pluginName: string;
    readonly conclusion: string;
    readonly metadata?: { readonly error?: string };
    readonly violations: Array<{
      readonly ruleName: string;
      readonly violatingConstructs: Array<{ readonly constructPath: string }>;
    }>;
  }>;
}

/** A stack to be scanned. */
export interface ScannedStack {
  readonly define: (stack: Stack) => unknown;
  readonly props?: StackProps;
}

/**
 * Synthesizes stacks, by their ids, in one app with cdk-nag (AwsSolutions, NIST 800-53 R5) and the Control Tower guard
 * rules: the scanners start once.
 */
export function scanStacks(stacks: Readonly<Record<string, ScannedStack>>): Scan {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'scan-')) });
  const scanned = scanOf(app);
  Object.entries(stacks).forEach(([id, { define, props }]) => void define(new Stack(app, id, props)));
  return scanned();
}

/**
 * Adds the scanners to an app.
 *
 * @returns what synthesizes the app, and reads what the scanners and the proof say
 */
export function scanOf(app: App): () => Scan {
  const raw: RawFinding[] = [];
  const plugins = [new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new CfnGuardValidator()];
  Validations.of(app).addPlugins(...plugins.map(plugin => new Recorder(plugin, raw)));
  return () => {
    synthesize(app);
    const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
    return {
      conclusions: Object.fromEntries(
        pluginReports.map(({ pluginName, conclusion, metadata }) => [pluginName, metadata?.error ?? conclusion]),
      ),
      findings: pluginReports.flatMap(({ pluginName, violations }) =>
        violations.map(({ ruleName, violatingConstructs }) => ({
          plugin: pluginName,
          rule: ruleName,
          constructPaths: violatingConstructs.map(({ constructPath }) => constructPath),
        })),
      ),
      raw,
    };
  };
}

/** Findings make `synth` throw after it has written the report; they are read from there. */
function synthesize(app: App): void {
  delete process.env.CDK_VALIDATION;
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const consoleError = jest.spyOn(console, 'error').mockReturnValue(undefined);
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error && /Validation ?failed/i.test(`${error.name} ${error.message} ${error.stack}`))) {
      throw error;
    }
  } finally {
    stderr.mockRestore();
    consoleError.mockRestore();
  }
}
