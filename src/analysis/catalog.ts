import {
  BROKEN_SENTENCES,
  CLAIM_METADATA,
  ClaimName,
  claimOf,
  Metadata,
  PROPERTY_METADATA,
  PropertyId,
} from '../proof';
import { RULE_METADATA, RuleId } from '../rules';

/** The id of a property or a rule: what is found has it, and is acknowledged by it. */
export type FindingId = PropertyId | RuleId;

/** What is told of each property and each rule. */
export const CATALOG: Readonly<Record<FindingId, Metadata>> = { ...PROPERTY_METADATA, ...RULE_METADATA };

/** The ids of the properties and of the rules, in the order in which they are told. */
export const FINDING_IDS = Object.keys(CATALOG) as readonly FindingId[];

const PROPERTY_IDS = Object.keys(PROPERTY_METADATA) as readonly PropertyId[];

/** Whether there is a property or a rule of that id. */
export function isFindingId(id: string): id is FindingId {
  return Object.hasOwn(CATALOG, id);
}

/** The properties of a claim; none if it is no claim. */
export function propertiesOf(claim: string): readonly PropertyId[] {
  return PROPERTY_IDS.filter(id => claimOf(id) === claim);
}

/** What it means that a property does not hold. */
export function violatedMeaning(id: PropertyId): string {
  return CLAIM_METADATA[claimOf(id)].violated;
}

/** The claims, each with its properties. */
export function claims(): ReadonlyArray<{ readonly claim: ClaimName; readonly properties: readonly PropertyId[] }> {
  return (Object.keys(CLAIM_METADATA) as readonly ClaimName[]).map(claim => ({
    claim,
    properties: propertiesOf(claim),
  }));
}

/** What it means that a property does not hold, in a sentence that needs no other; rules say it themselves. */
export const BROKEN: ReadonlyMap<FindingId, string> = new Map(
  Object.entries(BROKEN_SENTENCES) as ReadonlyArray<readonly [FindingId, string]>,
);
