import { EXACT_ROLE_ARN, Kind, checked, listOf, markAs, oneOfOurs, text } from '../private';

/** The exact ARN of a role in a list of them. */
export const EXEMPT_ROLE_ARN = text({
  allowed: 'the exact ARN of a role, with its account and path and without wildcards',
  fix: 'name the role, not a session of it, as in arn:aws:iam::111122223333:role/path/Name',
  pattern: EXACT_ROLE_ARN,
});

/** A guardrail. */
export const GUARDRAIL: Kind<Guardrail> = oneOfOurs<Guardrail>(
  'Guardrail',
  'make it with Guardrail.on(), exempting(roleArns) or off()',
);

/**
 * Whether one guardrail is on, and which roles it spares.
 *
 * @example
 * new WorkloadsOuGuardrails(this, 'Guardrails', {
 *   organizationId: 'o-a1b2c3d4e5',
 *   targetIds: ['ou-ab12-11111111'],
 *   serviceControl: {
 *     denyNatGateways: Guardrail.off(),
 *     denySendCommand: Guardrail.exempting(['arn:aws:iam::111122223333:role/ops/PatchRunner']),
 *   },
 * });
 */
export class Guardrail {
  /** The guardrail holds for everybody whom its type of policy can restrict. */
  public static on(): Guardrail {
    return new Guardrail(true, []);
  }

  /**
   * The guardrail holds, except for these roles.
   *
   * @param roleArns exact ARNs of roles, each with its account and path and without wildcards
   * @throws when the list is empty, or an ARN is not that of one role
   */
  public static exempting(roleArns: string[]): Guardrail {
    checked(
      'Guardrail.exempting',
      { roleArns },
      { roleArns: listOf(EXEMPT_ROLE_ARN, 'one ARN or more', 'use Guardrail.on() to spare nobody') },
    );
    return new Guardrail(true, [...roleArns]);
  }

  /** The guardrail is left out. */
  public static off(): Guardrail {
    return new Guardrail(false, []);
  }

  private constructor(
    /** Whether the guardrail holds. */
    public readonly isOn: boolean,
    /** The roles that it spares. */
    public readonly exemptRoleArns: string[],
  ) {
    markAs(this, 'Guardrail');
  }
}
