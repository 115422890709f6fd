import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Every finding before acknowledgements, as `<plugin>::<rule>`. */
  readonly raw: Set<string>;
}

/** Remembers what a plugin reports before the CDK takes the acknowledged findings out. */
class Recorder implements IPolicyValidationPlugin {
  public readonly name: string;
  public readonly ruleIds?: string[];
  public readonly version?: string;

  constructor(
    private readonly plugin: IPolicyValidationPlugin,
    private readonly raw: Set<string>,
  ) {
    this.name = plugin.name;
    this.ruleIds = plugin.ruleIds;
    this.version = plugin.version;
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = this.plugin.validate(context);
    report.violations.forEach(({ ruleName }) => this.raw.add(`${this.name}::${ruleName}`));
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

/** Synthesizes a stack with cdk-nag (AwsSolutions, NIST 800-53 R5) and the Control Tower guard rules. */
export function scan(define: (stack: Stack) => void, stackProps: StackProps = {}): Scan {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'scan-')) });
  const scanned = scanOf(app);
  define(new Stack(app, 'Scanned', stackProps));
  return scanned();
}

/**
 * Adds the scanners to an app.
 *
 * @returns what synthesizes the app, and reads what the scanners and the proof say
 */
export function scanOf(app: App): () => Scan {
  const raw = new Set<string>();
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
