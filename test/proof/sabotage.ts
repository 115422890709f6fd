import { asList, PolicyJson, StatementJson } from '../../src/iam/document';
import type { BucketInput, KeyInput, LogBucketInput, ProofInput } from '../../src/proof';

/** The FullAWSAccess that an account begins with. */
export const FULL_ACCESS: PolicyJson = {
  Version: '2012-10-17',
  Statement: { Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' },
};

/** An Allow of everything for everybody. */
export const ALLOW_ALL: StatementJson = {
  Sid: 'Extra',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
};

/** An Allow of everything with a key for its account. */
export const ACCOUNT_KEY: StatementJson = {
  Sid: 'Extra',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};

/** Changes to the statements of a policy. */
export type Edit = (statements: readonly StatementJson[]) => readonly StatementJson[];

/** Denies everything with a bucket itself from elsewhere than an endpoint. */
export function denyingOn(Resource: string): Edit {
  return adding({
    Sid: 'Extra',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource,
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  });
}

/** Takes the statements of these names away. */
export function without(...sids: readonly string[]): Edit {
  return statements => {
    const missing = sids.filter(sid => statements.every(({ Sid }) => Sid !== sid));
    if (missing.length > 0) {
      throw new Error(`no statement ${missing.join()}`);
    }
    return statements.filter(({ Sid }) => !sids.includes(String(Sid)));
  };
}

/** Adds a statement. */
export function adding(statement: StatementJson): Edit {
  return statements => [...statements, statement];
}

/** Replaces parts of the statement of this name. */
export function changing(sid: string, change: (statement: StatementJson) => Partial<StatementJson>): Edit {
  return statements => {
    if (statements.every(({ Sid }) => Sid !== sid)) {
      throw new Error(`no statement ${sid}`);
    }
    return statements.map(each => (each.Sid === sid ? { ...each, ...change(each) } : each));
  };
}

/** A Deny that spares whoever has a value of a key, by a negated operator. */
export function spared(
  statement: StatementJson,
  operator: string,
  key: string,
  value: string | string[],
): StatementJson {
  const { Condition = {} } = statement;
  return { ...statement, Condition: { ...Condition, [operator]: { ...Condition[operator], [key]: value } } };
}

/** The conditions of every statement without one key. */
export function unpinned(key: string): Edit {
  return statements =>
    statements.map(statement =>
      statement.Effect === 'Deny'
        ? statement
        : {
            ...statement,
            Condition: Object.fromEntries(
              Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
                operator,
                Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key)),
              ]),
            ),
          },
    );
}

export function withRole(input: ProofInput, edit: Edit): ProofInput {
  return { ...input, role: { ...input.role, policies: input.role.policies.map(policy => edited(policy, edit)) } };
}

export function withTrust(input: ProofInput, edit: Edit): ProofInput {
  return { ...input, role: { ...input.role, trust: edited(input.role.trust, edit) } };
}

export function withEndpoint(input: ProofInput, edit: Edit): ProofInput {
  return { ...input, endpoints: input.endpoints.map(each => ({ ...each, policy: edited(each.policy, edit) })) };
}

export function withBucket(
  input: ProofInput,
  edit: Edit,
  more: (bucket: BucketInput) => Partial<BucketInput> = () => ({}),
): ProofInput {
  return {
    ...input,
    buckets: input.buckets.map(each =>
      each.policy === 'unknown' ? each : { ...each, policy: edited(each.policy, edit), ...more(each) },
    ),
  };
}

/** The same for access points alone. */
export function withAccessPoint(input: ProofInput, edit: Edit): ProofInput {
  const isMeant = ({ policy, accessPointOf }: BucketInput) => policy !== 'unknown' && accessPointOf !== undefined;
  return {
    ...input,
    buckets: input.buckets.map(each => (isMeant(each) ? { ...each, policy: edited(each.policy, edit) } : each)),
  };
}

export function withKey(input: ProofInput, edit: Edit, more: Partial<KeyInput> = {}): ProofInput {
  return { ...input, keys: input.keys.map(each => ({ ...each, policy: edited(each.policy, edit), ...more })) };
}

export function withLogs(input: ProofInput, edit: Edit, more: Partial<LogBucketInput> = {}): ProofInput {
  return {
    ...input,
    logBuckets: (input.logBuckets ?? []).map(each => ({ ...each, policy: edited(each.policy, edit), ...more })),
  };
}

function edited(policy: PolicyJson | 'unknown' | undefined, edit: Edit): PolicyJson {
  if (policy === 'unknown') {
    throw new Error('the policy is not known');
  }
  return { Version: '2012-10-17', ...policy, Statement: edit(asList(policy?.Statement)) };
}
