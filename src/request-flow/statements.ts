import type { StatementRef } from './model';
import type { PolicyPart } from '../cloudformation';
import type { Decision, PolicyReference } from '../iam';

/** The policies that a request was decided with, by what they are. */
export interface DecidingParts {
  readonly identity?: readonly PolicyPart[];
  readonly boundary?: PolicyPart;
  readonly endpoint?: PolicyPart;
  /** The policy of the bucket, the key or the role. */
  readonly resource?: PolicyPart;
}

/** The statements that decided a request, with the policies that they are in. */
export function statementRefs({ decidedBy }: Decision, parts: DecidingParts): StatementRef[] {
  return decidedBy.flatMap(reference => {
    const part = partOf(reference, parts);
    if (part === undefined || reference.statementIndex === undefined) {
      return [];
    }
    const { name: policy, where } = part;
    return [{ policy, where, sid: reference.sid, index: reference.statementIndex }];
  });
}

/** Why a request was not allowed, as the end of a sentence, with the policies called by their names. */
export function explain(decision: Decision, parts: DecidingParts): string {
  if (decision.verdict === 'Allowed' || decision.decidedBy.length === 0) {
    return decision.reason;
  }
  const [denying] = statementRefs(decision, parts);
  if (denying !== undefined) {
    return `denied by statement ${denying.sid ?? `#${denying.index + 1}`} of the ${denying.policy}`;
  }
  const lacking = decision.decidedBy.map(reference => lackingName(reference, parts));
  return `no statement of the ${lacking.join(' and the ')} allows it`;
}

function lackingName(reference: PolicyReference, parts: DecidingParts): string {
  if (reference.policyKind === 'identity policy') {
    return 'policies of the role';
  }
  return partOf(reference, parts)?.name ?? reference.policyKind;
}

function partOf({ policyKind, policyIndex }: PolicyReference, parts: DecidingParts): PolicyPart | undefined {
  switch (policyKind) {
    case 'identity policy':
      return parts.identity?.[policyIndex ?? 0];
    case 'permissions boundary':
      return parts.boundary;
    case 'endpoint policy':
      return parts.endpoint;
    default:
      return parts.resource;
  }
}
