import {
  CfnElement,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { DISABLE_LOGICAL_ID_METADATA } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct } from 'constructs';
import type { Acknowledgement, Examination, Violation } from './analysis';

/** Loaded when the proof is made, so that an app that turns it off does not pay for it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
const proof = () => require('./analysis') as typeof import('./analysis');

type Examined = Pick<Examination, 'violations'> & { readonly examination: Examination };

/** The environment variable that keeps a green proof silent, with the value `1`. */
const QUIET = 'CDK_PRIVATE_EC2_S3_ACCESS_QUIET';

const REGISTERED = Symbol.for('cdk-private-ec2-s3-access.validation');

/**
 * Proves at every synthesis of the app that only the intended path of a workload is open.
 *
 * The CDK runs validation plugins when an `App` is synthesized, for all stages and nested stacks, and not when
 * somebody calls `synth()` on a stage alone: there, `npx cdk-private-ec2-s3-access prove` does the same.
 *
 * @param construct the construct of the workload: what is violated is reported on its path, where it can be
 * acknowledged
 */
export function proveAtSynthesis(construct: Construct): void {
  const { root } = construct.node;
  if (Stage.isStage(root)) {
    pluginOf(root).watch(construct.node.path);
  }
}

/** The one plugin of an app, also where several copies of this library are loaded. */
function pluginOf(root: Stage): ProofPlugin {
  const known = (root as { [REGISTERED]?: ProofPlugin })[REGISTERED];
  if (known !== undefined) {
    return known;
  }
  const plugin = new ProofPlugin(root);
  Object.defineProperty(root, REGISTERED, { value: plugin });
  Validations.of(root).addPlugins(plugin);
  return plugin;
}

/** Reports what is violated on the constructs that asked for the proof. */
class ProofPlugin implements IPolicyValidationPlugin {
  public readonly name = 'cdk-private-ec2-s3-access';

  private readonly watched: string[] = [];

  constructor(private readonly app: Stage) {}

  public get ruleIds(): string[] {
    return [...proof().FINDING_IDS];
  }

  public watch(path: string): void {
    this.watched.push(path);
  }

  public validate(): PolicyValidationPluginReport {
    try {
      const examined = this.examine();
      const report = this.reportOf(examined);
      if (report.success) {
        this.tell(examined);
      }
      return report;
    } catch (error) {
      return this.reportOf({ violations: [proof().internalError(error, { construct: this.watched[0] })] });
    }
  }

  /** The CDK itself takes out what is acknowledged: all that is found is reported. */
  private examine(): Examined {
    const examination = proof().examine(this.app.outdir, {
      entries: this.app.node.tryGetContext(DISABLE_LOGICAL_ID_METADATA) ? entriesOf(this.app) : [],
      only: ({ where, declaration }) => this.ownerOf(declaration?.constructPath ?? where.constructPath) !== undefined,
      acknowledgements: acknowledgementsIn(this.app),
    });
    const { violations, accepted, flows } = examination;
    const missing = this.watched.filter(path =>
      flows.every(({ workload, construct }) => this.ownerOf(construct ?? workload.constructPath) !== path),
    );
    return { violations: [...violations, ...accepted, ...missing.map(withoutWorkload)], examination };
  }

  /** One line for each construct whose proof is green: where nothing is wrong, the CDK prints nothing. */
  private tell({ examination }: Examined): void {
    if (process.env[QUIET] === '1') {
      return;
    }
    for (const path of this.watched) {
      const isOwn = (name?: string) => this.ownerOf(name) === path;
      const own = {
        ...examination,
        proofs: examination.proofs.filter(({ name }) => isOwn(name)),
        flows: examination.flows.filter(({ construct, workload }) => isOwn(construct ?? workload.constructPath)),
        accepted: examination.accepted.filter(each => isOwn(each.construct ?? each.workload?.constructPath)),
      };
      if (own.proofs.length > 0) {
        process.stderr.write(`${this.name}  ${path}  ${proof().greenLine(own)}\n`);
      }
    }
  }

  private reportOf({ violations }: Pick<Examined, 'violations'>): PolicyValidationPluginReport {
    return { success: proof().holds(violations), violations: violations.map(each => this.report(each)) };
  }

  private report({ rule, workload, construct, where, description, fix, severity }: Violation): PolicyViolation {
    const path = construct ?? workload?.constructPath;
    const constructPath = where?.constructPath ?? this.ownerOf(path) ?? path;
    return { ruleName: rule, description, fix, severity, violatingResources: [{ constructPath, locations: [] }] };
  }

  private ownerOf(path: string | undefined): string | undefined {
    return this.watched.find(each => path === each || path?.startsWith(`${each}/`));
  }
}

/** The path and the logical id of every element, which an app can leave out of its cloud assembly. */
function entriesOf(app: IConstruct): Array<readonly [path: string, logicalId: string]> {
  return app.node
    .findAll()
    .filter(CfnElement.isCfnElement)
    .map(element => [element.node.path, String(Stack.of(element).resolve(element.logicalId))] as const);
}

/** What is acknowledged anywhere in an app. */
function acknowledgementsIn(app: IConstruct): Acknowledgement[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>))
      .map(([id, reason]) => ({ constructPath: node.path, id, reason })),
  );
}

function withoutWorkload(construct: string): Violation {
  return {
    rule: 'no-workload',
    construct,
    description:
      'no instance or fleet of this construct that may use S3 is in the templates, so there is nothing to prove',
    fix: proof().CATALOG['no-workload'].fix,
    severity: 'error',
  };
}
