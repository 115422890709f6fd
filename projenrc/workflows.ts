import { github, type awscdk } from 'projen';
import { pinned } from './actions';

const { JobPermission } = github.workflows;
const NODE = '22.x';
const RUNNER = ['ubuntu-latest'];
const READ = { contents: JobPermission.READ };

/**
 * What projen takes about the workflow of pull requests: it changes no branch, and knows the last release also in a
 * fork.
 */
export const buildOptions = {
  workflowNodeVersion: NODE,
  buildWorkflowOptions: {
    mutableBuild: false,
    permissions: READ,
    workflowTriggers: { push: { branches: ['main'] }, pullRequest: {}, workflowDispatch: {} },
    preBuildSteps: [
      {
        name: 'Fetch the tags of the releases',
        // HEAD, since git fails when there is no tag yet and nothing else to fetch
        run: 'git fetch --depth=1 --no-tags "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" HEAD "+refs/tags/v*:refs/tags/v*"',
      },
    ],
  },
  githubOptions: {
    mergify: false,
    pullRequestLint: false,
    dependencyReview: true,
    dependencyReviewOptions: { commentSummaryInPr: 'never', failOnSeverity: 'moderate' },
  },
} satisfies Partial<awscdk.AwsCdkConstructLibraryOptions>;

/** The gate on a clean clone, in every language, and what looks at the code and at the repository. */
export function configureWorkflows(project: awscdk.AwsCdkConstructLibrary): void {
  project.github!.tryFindWorkflow('build')!.addJob('gate', {
    name: 'The gate, and every language',
    runsOn: RUNNER,
    permissions: READ,
    timeoutMinutes: 90,
    env: { CI: 'true', REQUIRE_LANGUAGES: 'python,java,go' },
    tools: { node: { version: NODE }, python: { version: '3.x' }, java: { version: '17' }, go: { version: '>=1.25' } },
    steps: [github.WorkflowSteps.checkout(), { name: 'Run the gate', run: '.ci/run' }],
  });
  codeQl(project.github!.addWorkflow('codeql'));
  scorecard(project.github!.addWorkflow('scorecard'));
}

function codeQl(workflow: github.GithubWorkflow): void {
  workflow.on({ push: { branches: ['main'] }, pullRequest: {}, schedule: [{ cron: '23 4 * * 1' }] });
  workflow.addJob('analyze', {
    name: 'Analyze ${{ matrix.language }}',
    runsOn: RUNNER,
    permissions: { ...READ, securityEvents: JobPermission.WRITE },
    strategy: { matrix: { domain: { language: ['javascript-typescript', 'actions'] } } },
    steps: [
      github.WorkflowSteps.checkout(),
      {
        name: 'Initialize',
        uses: pinned('github/codeql-action/init'),
        with: { languages: '${{ matrix.language }}', 'build-mode': 'none', queries: 'security-extended' },
      },
      {
        name: 'Analyze',
        uses: pinned('github/codeql-action/analyze'),
        with: { category: '/language:${{ matrix.language }}' },
      },
    ],
  });
}

function scorecard(workflow: github.GithubWorkflow): void {
  workflow.on({ branchProtectionRule: {}, push: { branches: ['main'] }, schedule: [{ cron: '41 5 * * 1' }] });
  workflow.addJob('analyze', {
    name: 'OpenSSF Scorecard',
    runsOn: RUNNER,
    // the identity token signs the published result
    permissions: {
      ...READ,
      actions: JobPermission.READ,
      idToken: JobPermission.WRITE,
      securityEvents: JobPermission.WRITE,
    },
    steps: [
      github.WorkflowSteps.checkout(),
      {
        name: 'Analyze',
        uses: pinned('ossf/scorecard-action'),
        with: { results_file: 'results.sarif', results_format: 'sarif', publish_results: true },
      },
      github.WorkflowSteps.uploadArtifact({ with: { name: 'scorecard', path: 'results.sarif', retentionDays: 5 } }),
      { name: 'Report', uses: pinned('github/codeql-action/upload-sarif'), with: { sarif_file: 'results.sarif' } },
    ],
  });
}
