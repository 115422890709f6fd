import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Environment, Stack } from 'aws-cdk-lib';

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

/** What an app wrote, read back. */
export interface Synthesized {
  /** The template, byte by byte. */
  readonly text: string;
  readonly resources: Record<string, TemplateResource>;
  /** The assets of the stack, by their hash. */
  readonly assets: {
    readonly files: Record<string, { displayName: string }>;
    readonly dockerImages: Record<string, unknown>;
  };
  /** The context look-ups that the app asks for. */
  readonly missingContext: unknown;
  /** The names of the files of the cloud assembly. */
  readonly files: string[];
}

/** Where and how an app is synthesized. */
export interface AppOptions {
  readonly env?: Environment;
  readonly context?: Record<string, unknown>;
}

/** Environments of each partition, and none. */
export const ENVIRONMENTS: Array<[string, Environment | undefined]> = [
  ['no environment', undefined],
  ['us-east-1', { account: '111122223333', region: 'us-east-1' }],
  ['cn-north-1', { account: '111122223333', region: 'cn-north-1' }],
  ['us-gov-west-1', { account: '111122223333', region: 'us-gov-west-1' }],
];

/** Synthesizes an app of one stack, without the validation that the CDK adds to it, and leaves no files behind. */
export function synthesize(define: (stack: Stack) => unknown, options: AppOptions = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesized-'));
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    const app = new App({
      outdir,
      context: options.context,
      analyticsReporting: false,
      stackTraces: false,
      treeMetadata: false,
    });
    const stack = new Stack(app, 'Training', { env: options.env });
    define(stack);
    const { manifest } = app.synth();
    return readAssembly(outdir, stack.artifactId, manifest.missing);
  } finally {
    if (validation === undefined) {
      delete process.env.CDK_VALIDATION;
    } else {
      process.env.CDK_VALIDATION = validation;
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}

function readAssembly(directory: string, stackId: string, missingContext: unknown): Synthesized {
  const text = readFileSync(join(directory, `${stackId}.template.json`), 'utf8');
  return {
    text,
    resources: JSON.parse(text).Resources,
    assets: JSON.parse(readFileSync(join(directory, `${stackId}.assets.json`), 'utf8')),
    missingContext,
    files: readdirSync(directory).sort(),
  };
}
