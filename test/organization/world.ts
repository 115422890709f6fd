import { documentsOf, ORGANIZATION } from './documents';
import { Guardrail, WorkloadsOuGuardrailsProps } from '../../src';
import { AccessRequest, decide, PolicyJson } from '../../src/iam';

export const MANAGEMENT = '000011112222';
export const ACCOUNT = '111122223333';
export const NEIGHBOUR = '222233334444';
export const PARTNER = '555566667777';
export const OUTSIDER = '999900001111';

export const BREAK_GLASS = `arn:aws:iam::${ACCOUNT}:role/break-glass/BreakGlass`;

/** Who makes a request. */
export type Who = keyof typeof WHO;

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

const WHO = {
  workload: role(ACCOUNT, 'Training-AppRole'),
  'account administrator': role(ACCOUNT, 'Admin'),
  'user of the account': `arn:aws:iam::${ACCOUNT}:user/dev`,
  'root of the account': `arn:aws:iam::${ACCOUNT}:root`,
  'organization administrator': role(MANAGEMENT, 'OrganizationAdmin'),
  'root of the management account': `arn:aws:iam::${MANAGEMENT}:root`,
  'access role of the organization': role(ACCOUNT, 'OrganizationAccountAccessRole'),
  'break glass': BREAK_GLASS,
  'namesake of break glass': role(ACCOUNT, 'BreakGlass'),
  cloudformation: role(ACCOUNT, `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-eu-west-1`),
  stacksets: role(ACCOUNT, 'stacksets-exec-0123456789abcdef0123456789abcdef'),
  'almost stacksets': role(ACCOUNT, 'my-stacksets-exec-1'),
  'ec2 infrastructure': role(ACCOUNT, 'aws:ec2-infrastructure'),
  'service-linked role': role(ACCOUNT, 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'),
  'neighbour in the organization': role(NEIGHBOUR, 'Admin'),
  partner: role(PARTNER, 'Exchange'),
  outsider: role(OUTSIDER, 'Admin'),
  anybody: 'anonymous',
  'log delivery': 'delivery.logs.amazonaws.com',
  cloudtrail: 'cloudtrail.amazonaws.com',
} as const;

/** What a request is about. */
export interface What {
  readonly action: string;
  readonly resource?: string;
  /** The account of the resource; that of the workload unless said otherwise. */
  readonly owner?: string;
  readonly context?: AccessRequest['context'];
}

/** Which guardrails are attached: all of them, those by default, or all with trusted accounts and exemptions. */
export type Attached = 'default' | 'networks' | 'exemptions' | 'workload roles';

const PROPS: Readonly<Record<Attached, Partial<WorkloadsOuGuardrailsProps>>> = {
  default: {},
  networks: {
    resourceControl: { requireOrganizationNetworks: Guardrail.exempting([BREAK_GLASS]), trustedAccounts: [PARTNER] },
  },
  exemptions: {
    exemptRoleArns: [BREAK_GLASS],
    serviceControl: { denyIamUsers: Guardrail.exempting([role(ACCOUNT, 'Admin')]) },
    resourceControl: {
      requireOrganizationIdentities: Guardrail.exempting([role(PARTNER, 'Exchange')]),
      trustedAccounts: ['666677778888'],
    },
  },
  'workload roles': { workloadRoleArns: ['arn:aws:iam::*:role/Training-*'] },
};

const FULL_ACCESS: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Full', Effect: 'Allow', Action: '*', Resource: '*' }],
};
const OPEN: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Open', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** The accounts under the target. */
const UNDER_TARGET: ReadonlySet<string> = new Set([ACCOUNT, NEIGHBOUR]);

const rendered = new Map<Attached, { scps: PolicyJson[]; rcps: PolicyJson[] }>();

function documents(attached: Attached) {
  const known = rendered.get(attached) ?? {
    scps: documentsOf('SERVICE_CONTROL_POLICY', PROPS[attached]),
    rcps: documentsOf('RESOURCE_CONTROL_POLICY', PROPS[attached]),
  };
  rendered.set(attached, known);
  return known;
}

/** What comes of a request if everything but the guardrails allows it. */
export function decided(
  who: Who,
  { action, resource = '*', owner = ACCOUNT, context = {} }: What,
  attached: Attached = 'default',
): string {
  const arn: string = WHO[who];
  const account = arn.startsWith('arn:') ? arn.split(':')[4] : undefined;
  const { scps, rcps } = documents(attached);
  const decision = decide(
    {
      action,
      resource,
      resourceAccount: owner,
      principal: principalOf(arn),
      context: { ...identityOf(arn, account), ...context },
    },
    {
      identityPolicies: [FULL_ACCESS],
      resourcePolicy: OPEN,
      resourcePolicyKind: action.startsWith('kms:') ? 'key' : 'bucket',
      serviceControlPolicies:
        account !== undefined && UNDER_TARGET.has(account) ? [[FULL_ACCESS], [FULL_ACCESS, ...scps]] : undefined,
      resourceControlPolicies: UNDER_TARGET.has(owner) ? rcps : [],
    },
  );
  return decision.verdict === 'Allowed' ? 'allowed' : decision.reason;
}

function principalOf(arn: string): string {
  const [, , service, , account, path] = arn.split(':');
  return service === 'iam' && path.startsWith('role/')
    ? `arn:aws:sts::${account}:assumed-role/${arn.split('/').pop()}/session`
    : arn;
}

function identityOf(arn: string, account: string | undefined): AccessRequest['context'] {
  if (arn === 'anonymous') {
    return {};
  }
  if (account === undefined) {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': arn, 'aws:ViaAWSService': 'false' };
  }
  const inOrganization = account !== OUTSIDER && account !== PARTNER;
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    ...(inOrganization ? { 'aws:PrincipalOrgID': ORGANIZATION } : {}),
    ...(account === PARTNER ? { 'aws:PrincipalOrgID': 'o-partner0000' } : {}),
  };
}
