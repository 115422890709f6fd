import { isConcrete, Problem, refuse } from '../private';

/** Whether one guardrail is on, and which roles it spares. */
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
    refuse('Guardrail.exempting', [...emptyProblems(roleArns), ...exactRoleProblems('roleArns', roleArns)]);
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
  ) {}
}

const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/:-]+$/;

/** What is wrong with exact ARNs of roles. */
export function exactRoleProblems(prop: string, roleArns: readonly string[] = []): Problem[] {
  return roleArns
    .filter(each => isConcrete(each) && !ROLE_ARN.test(each))
    .map(got => ({
      prop,
      got,
      allowed: 'the exact ARN of a role, with its account and path and without wildcards',
      fix: 'name the role, not a session of it, as in arn:aws:iam::111122223333:role/path/Name',
    }));
}

function emptyProblems(roleArns: readonly string[]): Problem[] {
  return roleArns.length > 0
    ? []
    : [{ prop: 'roleArns', got: roleArns, allowed: 'one ARN or more', fix: 'use Guardrail.on() to spare nobody' }];
}
