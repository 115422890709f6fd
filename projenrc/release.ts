import { Component, ReleasableCommits, github, javascript, release, type awscdk } from 'projen';
import { pinned } from './actions';

const { AppPermission, JobPermission } = github.workflows;

/** Logical ids and the API are kept within a major version: raising it is what allows to break them. */
const MAJOR_VERSION = 0;
const BUMP = 'commit-and-tag-version';
/** npx fetches what bumps and what publishes, as it was on this day: what those depend on is no younger either. */
const TOOLS_AS_OF = { NPM_CONFIG_BEFORE: '2026-11-01T00:00:00.000Z' };
const SBOM = 'sbom.cdx.json';
const PUBLISHING = 'Release';
/** What the first release through the workflow is, after a 0.0.0 by hand or none: projen itself would take 0.0.0. */
const FIRST = '0.1.0';
const NOT_DRY = '${{ !inputs.dry_run }}';

/**
 * What projen takes about releases and upgrades. Nothing is released but by hand, through the protected environment.
 */
export const releaseOptions = {
  release: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release',
  majorVersion: MAJOR_VERSION,
  nextVersionCommand: `case "$LATEST_TAG" in ''|v0.0.0) echo ${FIRST};; esac`,
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  npmTrustedPublishing: true,
  npmProvenance: true,
  bumpPackage: `${BUMP}@12.7.3`,
  jsiiReleaseVersion: '0.2.1061',
  depsUpgrade: true,
  depsUpgradeOptions: {
    cooldown: 7,
    workflowOptions: {
      schedule: javascript.UpgradeDependenciesSchedule.WEEKLY,
      labels: ['dependencies'],
      projenCredentials: github.GithubCredentials.fromApp({
        permissions: {
          contents: AppPermission.WRITE,
          pullRequests: AppPermission.WRITE,
          workflows: AppPermission.WRITE,
        },
      }),
    },
  },
} satisfies Partial<awscdk.AwsCdkConstructLibraryOptions>;

/**
 * What is checked against the last release, and what a release has beside its packages: bill of materials and
 * attestations.
 */
export function configureRelease(project: awscdk.AwsCdkConstructLibrary): void {
  project.deps.removeDependency(BUMP);
  project.tasks.tryFind('bump')!.env('NPM_CONFIG_BEFORE', TOOLS_AS_OF.NPM_CONFIG_BEFORE);
  // every type is experimental, and jsii-diff would only warn of a change of such a type
  project.tasks.tryFind('compat')!.env('JSII_DIFF_ERROR_ON', 'all');
  project.postCompileTask.spawn(
    project.addTask('contracts', {
      description: 'Compare the logical ids and the API with those of the last release of this major version',
      exec: `tsx scripts/contracts.ts ${MAJOR_VERSION}`,
    }),
  );
  project.packageTask.spawn(
    project.addTask('sbom', {
      description: 'Write the bill of materials of the package',
      exec: `tsx scripts/sbom.ts dist/${SBOM}`,
    }),
  );
  project.release!.publisher.addGitHubPostPublishingSteps({
    name: 'Attach the bill of materials',
    if: NOT_DRY,
    run: `gh release upload "$(cat dist/releasetag.txt)" dist/${SBOM} --clobber --repo "$GITHUB_REPOSITORY"`,
    env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
  });
  new ReleaseJobs(project);
}

/** What the jobs of the release workflow have and projen has no option for. */
class ReleaseJobs extends Component {
  constructor(private readonly library: awscdk.AwsCdkConstructLibrary) {
    super(library);
  }

  public preSynthesize(): void {
    // tags are made by the job that makes the GitHub release: this one only reads
    this.change('release', job => ({
      ...job,
      if: "github.ref == 'refs/heads/main'",
      permissions: { contents: JobPermission.READ },
    }));
    // npm knows trusted publishers as of version 11.5, which comes with Node.js 24
    this.change('release_npm', job => ({ ...job, tools: { ...job.tools, node: { version: '24.x' } } }));
    this.change('release_npm', job =>
      attested(
        job,
        { 'subject-path': 'dist/js/*.tgz' },
        { 'subject-path': 'dist/js/*.tgz', 'sbom-path': `dist.old/${SBOM}` },
      ),
    );
    this.change('release_pypi', job => attested(job, { 'subject-path': 'dist/python/*' }));
    this.change('release_maven', job => attested(job, { 'subject-path': 'dist/java/**/*.jar' }));
    this.change('release_nuget', job => attested(job, { 'subject-path': 'dist/dotnet/*.nupkg' }));
    ['npm', 'pypi', 'maven', 'nuget', 'golang'].forEach(registry =>
      this.change(`release_${registry}`, job => ({
        ...job,
        steps: job.steps.map(step =>
          step.name === PUBLISHING ? { ...step, env: { ...withoutProfile(step.env), ...TOOLS_AS_OF } } : step,
        ),
      })),
    );
  }

  private change(id: string, to: (job: github.workflows.Job) => github.workflows.Job): void {
    const workflow = this.library.github!.tryFindWorkflow('release')!;
    workflow.updateJob(id, to(workflow.getJob(id) as github.workflows.Job));
  }
}

/** The old portal of Maven Central had staging profiles. */
function withoutProfile({ MAVEN_STAGING_PROFILE_ID, ...env }: Record<string, string> = {}): Record<string, string> {
  return env;
}

/** Signs, right before a job publishes its packages, that this workflow built them. */
function attested(job: github.workflows.Job, ...subjects: Array<Record<string, string>>): github.workflows.Job {
  const publishing = job.steps.findIndex(({ name }) => name === PUBLISHING);
  const attest = subjects.map(subject => ({
    name: `Attest ${subject['sbom-path'] ? 'bill of materials' : 'provenance'}`,
    if: NOT_DRY,
    uses: pinned('actions/attest'),
    with: subject,
  }));
  return {
    ...job,
    permissions: { ...job.permissions, attestations: JobPermission.WRITE, idToken: JobPermission.WRITE },
    steps: [...job.steps.slice(0, publishing), ...attest, ...job.steps.slice(publishing)],
  };
}
