import { GUARDRAILS_OF_RESOURCES, GUARDRAILS_OF_SERVICES, listedInput } from './inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread } from './results';
import { changing, Edit, FULL_ACCESS } from './sabotage';
import type { PolicyJson, StatementJson } from '../../src/iam';
import { asList } from '../../src/iam/document';
import type { ProofInput, PropertyId } from '../../src/proof';

interface Changes {
  /** Of the service control policies. */
  readonly scps?: readonly Edit[];
  /** Of the resource control policies. */
  readonly rcps?: readonly Edit[];
  readonly input?: ProofInput;
}

/** The workload under all guardrails of the library, perhaps after a change of their statements. */
export function guarded({ scps = [], rcps = [], input = listedInput() }: Changes = {}): ProofInput {
  const edited = (documents: readonly PolicyJson[], edits: readonly Edit[]) =>
    documents.map(document => ({
      ...document,
      Statement: edits.reduce((statements, edit) => edit(statements), asList(document.Statement)),
    }));
  return {
    ...input,
    serviceControlPolicies: [[FULL_ACCESS, ...edited(GUARDRAILS_OF_SERVICES, scps)]],
    resourceControlPolicies: edited(GUARDRAILS_OF_RESOURCES, rcps),
  };
}

/** Replaces the conditions of the statement of this name. */
export function condition(
  sid: string,
  change: (Condition: Record<string, Record<string, string | string[]>>) => object,
): Edit {
  return changing(sid, ({ Condition }) => ({ Condition: change(Condition as never) as never }));
}

/** A Deny of some actions for everybody. */
export function denying(Sid: string, Action: string, more: Partial<StatementJson> = {}): StatementJson {
  return { Sid, Effect: 'Deny', Action, Resource: '*', ...more };
}

/** What somebody gets through whom no guardrail stops. */
export const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: listedInput().name };

/**
 * A property holds under all guardrails of the library, and does not apply without any, or where none of them looks at
 * what it is about.
 */
export function isAboutGuardrails(id: PropertyId, beside: ProofInput, reason: string): void {
  holdsFor(id, { 'all guardrails of the library': guarded() });
  doesNotApplyTo(
    id,
    { 'a workload without guardrails': listedInput() },
    'the assembly has no guardrails of the organization',
  );
  doesNotApplyTo(id, { 'guardrails on something else': beside }, reason);
  isNotProvenWhereUnread(id, guarded());
}
