import { bucketsWith } from './buckets-with';
import type { Evidence, Finding, Rule } from './rule';
import { nameOf } from '../cloudformation';

/**
 * What is in the buckets, and what happens there, goes nowhere that is not proven: services that copy objects with
 * rights of their own, topics and event buses that pass events on, access control lists.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 */
export const furtherReaders: Rule = {
  id: 'further-readers',
  check: evidence => [...passedOn(evidence), ...openLists(evidence)],
};

function passedOn(evidence: Evidence): Finding[] {
  const names = bucketsWith(evidence);
  return evidence.model.readers
    .filter(({ buckets }) => buckets.some(name => names.has(name)))
    .map(({ where, does }) => ({
      where,
      description: `${nameOf(where)} ${does}: what that opens is not proven`,
      fix: 'remove it, or acknowledge the rule with the reason why whoever is behind it may know',
    }));
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
