import { createRequire } from 'node:module';
import { kept } from './kept';
import type { AwsOwnedInput, GrantInput, ProofInput } from '../../src/proof';

/** What the library renders: to load the CDK for it takes longer than most tests of a property, so it is kept. */
const RENDERED = kept('proof-inputs', () => {
  const { render } = createRequire(__filename)('./rendered') as typeof import('./rendered');
  return render();
});

/** What an example grants on its buckets, by a part of their names, and which buckets of AWS it needs. */
export interface ExampleAccess {
  readonly buckets: Readonly<Record<string, readonly GrantInput[]>>;
  readonly awsOwned: readonly AwsOwnedInput[];
}

/** The access list of the quick start. */
export const QUICK_START_ACCESS: ExampleAccess = RENDERED.quickStartAccess;

/** The access list of every option. */
export const EVERY_OPTION_ACCESS: ExampleAccess = RENDERED.everyOptionAccess;

/** The quick start. */
export function quickStartInput(): ProofInput {
  return RENDERED.quickStart;
}

/** Every option, with a bucket of another account whose policy is not in the assembly. */
export function everyOptionInput(): ProofInput {
  return RENDERED.everyOption;
}

/** Keys of S3, through an interface endpoint. */
export function s3ManagedInput(): ProofInput {
  return RENDERED.s3ManagedThroughInterface;
}

/** A workload that comes to a bucket through an access point, of its own account and of another one. */
export const LAKES = {
  own: known(RENDERED.lake),
  ofAnotherAccount: known(RENDERED.lakeOfAnotherAccount),
};

/** The quick start with its access list. */
export function listedInput(): ProofInput {
  return LISTED;
}

/** The input with its access list. */
export function withAccessList(input: ProofInput, { buckets, awsOwned }: ExampleAccess): ProofInput {
  const grantsOf = (arn: string) =>
    Object.entries(buckets)
      .filter(([name]) => arn.includes(name))
      .flatMap(([, grants]) => grants);
  return { ...input, awsOwned, buckets: input.buckets.map(bucket => ({ ...bucket, declared: grantsOf(bucket.arn) })) };
}

const LISTED = withAccessList(RENDERED.quickStart, RENDERED.quickStartAccess);

/** The library's guardrails, all of them. */
export const { serviceControlPolicies: GUARDRAILS_OF_SERVICES, resourceControlPolicies: GUARDRAILS_OF_RESOURCES } =
  RENDERED;

function known(input: ProofInput | undefined): ProofInput {
  if (input === undefined) {
    throw new Error('the workload is not read');
  }
  return input;
}
