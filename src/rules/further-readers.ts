import { bucketsWith } from './buckets-with';
import type { Evidence, Finding, Rule } from './rule';
import { DeliveryModel, nameOf } from '../cloudformation';
import { asList, StatementJson } from '../iam';

const COPIES: ReadonlyArray<DeliveryModel['kind']> = ['replication', 'inventory', 'analytics'];

/** What keeps everybody else out, where it names the accounts of the app or their organization. */
const PINS = /^aws:(PrincipalAccount|PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|SourceAccount)$/i;

/**
 * What is in the buckets, and what happens there, goes nowhere that is not proven: services that copy objects with
 * rights of their own, topics and event buses that pass events on, access control lists.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 */
export const furtherReaders: Rule = {
  id: 'further-readers',
  check: evidence => [...passedOn(evidence), ...openLists(evidence), ...openCopies(evidence)],
};

function passedOn(evidence: Evidence): Finding[] {
  const names = bucketsWith(evidence);
  return evidence.model.readers
    .filter(({ buckets }) => buckets.some(name => names.has(name)))
    .map(({ where, does, roleArn }) => ({
      where,
      description: `${nameOf(where)} ${does}: what that opens is not proven`,
      fix: 'remove it, or acknowledge the rule with the reason why whoever is behind it may know',
      ...(isExempt(roleArn, evidence) ? { isDoubt: true } : {}),
    }));
}

/** Whether the access list lets the role in: then what it does is meant. */
function isExempt(roleArn: string | undefined, { workload: { declaration } }: Evidence): boolean {
  return roleArn !== undefined && declaration?.exemptPrincipalArns.includes(roleArn) === true;
}

/** A data bucket's perimeter denies what its lists allow; logs and copies have none. */
function openLists(evidence: Evidence): Finding[] {
  const { flow, model } = evidence;
  const names = bucketsWith(evidence);
  return model.buckets
    .filter(({ name, openByAcl }) => openByAcl !== undefined && names.has(name) && !flow.buckets.includes(name))
    .map(({ where, name, openByAcl }) => ({
      where,
      description: `the bucket ${where === undefined ? name : nameOf(where)} receives logs or copies, and ${openByAcl}`,
      fix: 'set ObjectOwnership to BucketOwnerEnforced, and block public access',
    }));
}

/** Copies of the data and lists of its keys are as closed as the policy of the bucket that receives them. */
function openCopies({ flow, model }: Evidence): Finding[] {
  const copies = model.deliveries.filter(
    ({ kind, source, destination }) =>
      COPIES.includes(kind) && flow.buckets.includes(source) && !flow.buckets.includes(destination),
  );
  const accounts = new Set(model.buckets.map(({ account }) => account));
  return copies.flatMap(({ kind, where, destination }) => {
    const bucket = model.buckets.find(({ name }) => name === destination);
    const opening = asList(bucket?.policy?.document.Statement).find(each => opens(each, accounts));
    const receiver = bucket?.where === undefined ? destination : nameOf(bucket.where);
    return opening === undefined
      ? []
      : [
          {
            where,
            description:
              `${kind} goes to the bucket ${receiver}, whose policy lets others in` +
              (opening.Sid === undefined ? '' : ` (${opening.Sid})`),
            fix: 'keep others out of the bucket that receives it as of the data bucket itself',
          },
        ];
  });
}

function opens(
  { Effect, Principal, NotPrincipal, Condition = {} }: StatementJson,
  accounts: ReadonlySet<string>,
): boolean {
  if (Effect !== 'Allow') {
    return false;
  }
  const named = typeof Principal === 'string' ? [Principal] : asList(Principal?.AWS);
  const pins = Object.values(Condition).flatMap(keys => Object.entries(keys));
  const isPinned = pins.some(
    ([key, values]) => PINS.test(key) && asList(values).every(value => !isForeign(String(value), accounts)),
  );
  return NotPrincipal !== undefined || named.some(each => (each === '*' ? !isPinned : isForeign(each, accounts)));
}

function isForeign(principal: string, accounts: ReadonlySet<string>): boolean {
  const [account] = /\d{12}/.exec(principal) ?? [];
  return account === undefined ? /^[*?]+$/.test(principal) : !accounts.has(account);
}
