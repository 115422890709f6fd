import { Component, type IResolver, type awscdk, type github } from 'projen';
import { actionNames, pinned, withVersions } from './actions';

type Job = github.workflows.Job;
type JobStep = github.workflows.JobStep;

/**
 * What every workflow has and projen has no option for: actions by commit, no more than reading by default, no token
 * left in a checkout.
 */
export class Hardening extends Component {
  constructor(private readonly library: awscdk.AwsCdkConstructLibrary) {
    super(library);
    actionNames.forEach(action => library.github!.actions.set(action, pinned(action)));
  }

  public preSynthesize(): void {
    for (const workflow of this.library.github!.workflows) {
      for (const [id, job] of Object.entries(workflow.jobs)) {
        if ('steps' in job) {
          workflow.updateJob(id, { ...job, steps: withoutToken(job.steps) });
        }
      }
      workflow.file!.addOverride('permissions', { contents: 'read' });
      writeVersions(workflow.file!);
    }
  }
}

/** projen knows the YAML as data only: the comments are written into the text. */
function writeVersions(file: object): void {
  const yaml = file as { synthesizeContent(resolver: IResolver): string };
  const synthesizeContent = yaml.synthesizeContent.bind(yaml);
  yaml.synthesizeContent = resolver => withVersions(synthesizeContent(resolver));
}

/** The steps, whose checkouts leave no token on the disk; projen writes some steps as late as at synthesis. */
function withoutToken(steps: JobStep[] | (() => JobStep[])): Job['steps'] {
  if (typeof steps === 'function') {
    return (() => withoutToken(steps())) as unknown as JobStep[];
  }
  return steps.map(step =>
    step.uses?.startsWith('actions/checkout@')
      ? { ...step, with: { ...step.with, 'persist-credentials': false } }
      : step,
  );
}
