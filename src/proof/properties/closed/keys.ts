import { exemptionsOf } from '../../exemptions';
import { KeyInput, ProofInput } from '../../proof-input';
import { arnOf, Counterexample, eachOf, Finding, PropertyCheck } from '../../property-check';

/** A finding for each key whose policy is known. */
export function eachKey(check: PropertyCheck, find: (key: KeyInput) => Finding): readonly Counterexample[] {
  const { keys } = check.space.input;
  keys
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ arn }) => check.assume(`the policy of ${arn} keeps everybody else out`));
  const known = keys.filter(({ policy }) => policy !== 'unknown');
  return eachOf(known, arnOf, find);
}

/** The same for the keys that were made for the workload. */
export function eachExclusiveKey(check: PropertyCheck, find: (key: KeyInput) => Finding): readonly Counterexample[] {
  return eachKey(check, key => (key.exclusive ? find(key) : undefined));
}

/** Whom the buckets that are encrypted with a key exempt. */
export function exemptFrom({ arn }: KeyInput, input: ProofInput): readonly string[] {
  return input.buckets
    .filter(({ encryption }) => encryption?.keyArn === arn)
    .flatMap(bucket => exemptionsOf(bucket, input));
}

/** Why nothing is to be decided about keys. */
export function withoutKeys({ input: { keys } }: { readonly input: ProofInput }): string | undefined {
  return keys.length === 0 ? 'no data bucket has a customer-managed key' : undefined;
}
