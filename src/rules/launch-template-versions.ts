import type { Evidence, Finding, Rule } from './rule';
import { nameOf } from '../cloudformation';

/**
 * Machines are started from the version of their launch template that the template shows, which is the newest one.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
 */
export const launchTemplateVersions: Rule = {
  id: 'launch-template-versions',
  check: ({ workload }: Evidence): Finding[] =>
    (workload.otherVersions ?? []).map(version => ({
      where: workload.where,
      description:
        `${nameOf(workload.where)} uses the version ${version} of its launch template, and the app shows the newest ` +
        'one: what that version says is not proven',
      fix: 'use the attribute LatestVersionNumber of the launch template as the version',
      ...(/^\d+$/.test(version) ? {} : { isDoubt: true }),
    })),
};
