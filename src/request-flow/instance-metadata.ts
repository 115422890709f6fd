import { broken, fine, FlowCheck, FlowStep, stepOf } from './model';
import { statementRefs } from './statements';
import { nameOf, RoleModel, WorkloadModel } from '../cloudformation';
import { byService, decide, Decision, PolicyJson, requestOf } from '../iam';

/**
 * Step 1: whether the instance metadata service answers version 2 only, and whether AWS issues credentials to it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
 */
export function metadataStep(workload: WorkloadModel): FlowStep {
  const service =
    workload.kind === 'instance profile'
      ? [elsewhere(workload)]
      : isOff(workload)
        ? [enabled(workload)]
        : [enabled(workload), tokens(workload), hopLimit(workload)];
  const checks = [...service, profile(workload), trust(workload)];
  return stepOf(1, 'The instance asks the metadata service (IMDSv2) for the credentials of its role', checks);
}

/** Of instances that are made elsewhere nothing is in the template. */
function elsewhere({ where, instanceProfile }: WorkloadModel): FlowCheck {
  return fine(where, 'the instances are made elsewhere', [
    `the instances with the profile ${instanceProfile} answer IMDSv2 only, with hop limit 1, ` +
      'and are in the subnets and the security groups of the construct',
  ]);
}

/** A service that is off answers nobody, in no version. */
function isOff({ metadataOptions }: WorkloadModel): boolean {
  return metadataOptions.httpEndpoint === 'disabled';
}

function enabled(workload: WorkloadModel): FlowCheck {
  const { where } = workload;
  return isOff(workload)
    ? broken(
        where,
        `${nameOf(where)} turns the metadata service off, so that its programs get no credentials`,
        'set HttpEndpoint to enabled',
      )
    : fine(where, 'the metadata service is on');
}

/** What is not stated comes from the account or the image, which the template does not show. */
function tokens({ where, metadataOptions: { httpTokens } }: WorkloadModel): FlowCheck {
  if (httpTokens === 'required') {
    return fine(where, 'only IMDSv2 is answered: HttpTokens is required');
  }
  const is = httpTokens === undefined ? 'is not stated' : `is ${httpTokens}`;
  return broken(
    where,
    `HttpTokens of ${nameOf(where)} ${is}: IMDSv1, without a token, may hand out the credentials of the role`,
    'set HttpTokens to required in the metadata options',
  );
}

function hopLimit({ where, metadataOptions: { hopLimit: limit }, declaration }: WorkloadModel): FlowCheck {
  if (limit === '2' && declaration?.hopLimit === 2) {
    return fine(where, 'the answer reaches containers on the instance, as the construct says: its hop limit is 2');
  }
  if (limit === '1') {
    return fine(where, 'the answer stays on the instance: its hop limit is 1');
  }
  const is = limit === undefined ? 'is not stated, and some images make it 2' : `is ${limit}`;
  return broken(
    where,
    `HttpPutResponseHopLimit of ${nameOf(where)} ${is}: the answer may leave the instance`,
    'set HttpPutResponseHopLimit to 1 in the metadata options',
  );
}

function profile({ where, instanceProfile, role }: WorkloadModel): FlowCheck {
  if (instanceProfile === undefined) {
    return broken(
      where,
      `${nameOf(where)} has no instance profile, so there is no role to get credentials of`,
      'attach an instance profile with the role of the workload',
    );
  }
  if (role !== undefined) {
    return fine(
      where,
      `the instance profile has the role ${role.where === undefined ? role.name : nameOf(role.where)}`,
    );
  }
  return fine(where, `the instance profile ${instanceProfile} is attached`, [
    `the instance profile ${instanceProfile} exists and has a role`,
  ]);
}

function trust({ where, role, environment }: WorkloadModel): FlowCheck {
  const define = 'define the instance profile and its role in the app';
  if (role === undefined) {
    return broken(where, 'the role of the workload is not known, and with it nothing that it may do', define);
  }
  const { trustPolicy, name } = role;
  if (role.where === undefined) {
    return fine(where, `the role ${name} is not in the assembly`, [`the role ${name} trusts ec2.amazonaws.com`]);
  }
  const readable = 'write it without functions that only the deployment resolves';
  if (trustPolicy === undefined) {
    return broken(role.where, `${nameOf(role.where)} has no trust policy that can be read`, readable);
  }
  const services = new Set(['ec2.amazonaws.com', `ec2.${environment.urlSuffix}`]);
  const decisions = [...services].map(service => decideTrust(service, role, trustPolicy.document));
  const decision = decisions.find(({ verdict }) => verdict === 'Allowed') ?? decisions[0];
  const check =
    decision.verdict === 'Allowed'
      ? fine(role.where, 'its trust policy lets EC2 issue credentials')
      : broken(
          role.where,
          `the trust policy of ${nameOf(role.where)} does not let ec2.amazonaws.com assume the role: no credentials`,
          'allow sts:AssumeRole to the service ec2.amazonaws.com in the trust policy',
        );
  return { ...check, statements: statementRefs(decision, { resource: trustPolicy }) };
}

/** A trust policy has no resource element, so that it is about the role whatever the request names. */
function decideTrust(service: string, role: RoleModel, resourcePolicy: PolicyJson): Decision {
  return decide(requestOf('sts:AssumeRole', byService(service), { target: { arn: role.arn, account: role.account } }), {
    resourcePolicy,
  });
}
