import { FLAG, Fields, Problem, isConcrete, optional, ruledText, whole } from '../private';

/**
 * The settings that a declarative policy for EC2 gives every account under the target. EC2 enforces them itself, for
 * every principal, service-linked roles included.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html
 */
export interface DeclarativeEc2Guardrails {
  /**
   * What EC2 tells somebody whom a setting stops, such as where to ask for help.
   *
   * @default - the message of EC2
   */
  readonly exceptionMessage?: string;

  /**
   * Whether images cannot be shared with the public.
   *
   * @default true
   */
  readonly imageBlockPublicAccess?: boolean;

  /**
   * Whether instances require IMDSv2, with the hop limit, unless their launch says otherwise. These are defaults: the
   * guardrail `requireImdsV2` of the service control policies enforces IMDSv2.
   *
   * @default true
   */
  readonly instanceMetadataDefaults?: boolean;

  /**
   * The default hop limit of the instance metadata service, 1 to 64. Containers on an instance need 2.
   *
   * @default 1
   */
  readonly instanceMetadataHopLimit?: number;

  /**
   * Whether snapshots cannot be shared with the public, and those that are shared already become private.
   *
   * @default true
   */
  readonly snapshotBlockPublicAccess?: boolean;

  /**
   * Whether internet gateways carry no traffic in either direction, and accounts cannot exclude VPCs from that.
   *
   * @default true
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
   */
  readonly vpcBlockPublicAccess?: boolean;
}

const MOST_MESSAGE = 1_000;

const MESSAGE = { allowed: `1 to ${MOST_MESSAGE} characters`, fix: 'write one sentence and an address' };

/** The guardrails by their names. */
export const DECLARATIVE_FIELDS: Fields<DeclarativeEc2Guardrails> = {
  exceptionMessage: optional(ruledText(MESSAGE.allowed, MESSAGE.fix, messageProblems)),
  imageBlockPublicAccess: optional(FLAG),
  instanceMetadataDefaults: optional(FLAG),
  instanceMetadataHopLimit: optional(
    whole(1, 64, 'a whole number from 1 to 64', 'use 1, or 2 where containers need credentials'),
  ),
  snapshotBlockPublicAccess: optional(FLAG),
  vpcBlockPublicAccess: optional(FLAG),
};

function messageProblems(prop: string, message: string): Problem[] {
  const isFine = !isConcrete(message) || (message !== '' && message.length <= MOST_MESSAGE);
  return isFine ? [] : [{ prop, got: `a text of ${message.length} characters`, ...MESSAGE }];
}
