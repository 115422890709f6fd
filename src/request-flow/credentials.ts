import { FlowCheck, FlowStep, stepOf } from './model';
import { staticKeys } from './static-keys';
import { AssemblyModel, nameOf, WorkloadModel } from '../cloudformation';

/**
 * Step 2: whether the credentials are those of a role session, which expire and are renewed, and no static keys lie
 * about.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html
 */
export function credentialsStep(workload: WorkloadModel, { otherTexts }: AssemblyModel): FlowStep {
  const texts = new Map([...otherTexts, ...workload.texts].map(each => [`${nameOf(each.where)} ${each.path}`, each]));
  const keys = staticKeys([...texts.values()]).map(({ found, sign }) => ({
    ok: false,
    where: found.where,
    sentence: `${found.path} of ${nameOf(found.where)} contains ${sign}`,
    fix: 'remove it: the workload gets temporary credentials of its role from the instance metadata service',
  }));
  const none: FlowCheck = {
    ok: true,
    sentence: 'no static key is in user data, tags, launch templates or the environment of other compute',
  };
  return stepOf(2, 'AWS answers with temporary credentials, which expire and are renewed', [
    session(workload),
    ...(keys.length === 0 ? [none] : keys),
  ]);
}

function session({ where, role }: WorkloadModel): FlowCheck {
  return role === undefined
    ? {
        ok: false,
        where,
        sentence: `${nameOf(where)} has no role that is known here, so no session of one`,
        fix: 'define the instance profile and its role in the app',
      }
    : {
        ok: true,
        where: role.where,
        sentence: `the credentials are a session of ${role.where === undefined ? role.name : nameOf(role.where)}`,
      };
}
