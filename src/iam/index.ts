export { conditionsHold } from './conditions';
export { decide, decideView } from './decide';
export { allowed } from './decision';
export type { Decision, PolicyKind, PolicyReference, Verdict } from './decision';
export { anyOf, asList, nameOfPolicy, originalOf, supportsVariables, withSource } from './document';
export type {
  ConditionJson,
  ConditionValue,
  OneOrMany,
  PolicyJson,
  PolicySource,
  PolicySourceKind,
  PrincipalJson,
  PrincipalMapJson,
  StatementJson,
} from './document';
export {
  ACCESS_POINT_CONTROL_ACTIONS,
  ACCOUNT_ACTIONS,
  BUCKET_ACTIONS,
  CONFIGURATION_READS,
  BUCKET_POLICY_ACTIONS,
  CONTROL_ACTIONS,
  ENCRYPTING_ACTIONS,
  KEY_ACTIONS,
  KEY_CONTROL_ACTIONS,
  KEY_KIND_ACTIONS,
  KEY_USES,
  LIST_ACTIONS,
  OBJECT_ACTIONS,
  OWNERS_ACTIONS,
  PROTECTABLE_ACTIONS,
  ROLE_ACTIONS,
  S3_KEY_ACTIONS,
  VOLUME_ACTIONS,
  actionsOn,
  isObject,
  keyActionsFor,
} from './facts/actions';
export { conditionKey, documentedKeys, isServiceComplete, serviceOf } from './facts/condition-keys';
export type { ConditionKey, ValueType } from './facts/condition-keys';
export { CDK_EXECUTION_ROLE, STACK_SETS_ROLE_NAMES } from './facts/deployment-roles';
export { ESCALATIONS, PASS_ROLE, UNSEEN_USES } from './facts/escalations';
export type { Escalation, EscalationTarget, UnseenUse } from './facts/escalations';
export { ORGANIZATIONS_QUOTAS } from './facts/organizations-quotas';
export type { OrganizationsPolicyType } from './facts/organizations-quotas';
export { partitionOfRegion } from './facts/partitions';
export { patchingBuckets } from './facts/patching-buckets';
export { POLICY_LIMITS } from './facts/policy-limits';
export { managedPoliciesQuota } from './facts/role-quotas';
export { addressesAround, ipInRange, ipRangeOf, ipText, PRIVATE_RANGES } from './ip';
export type { IpRange } from './ip';
export { expandText } from './variables';
export { assertWellFormed, malformedIn, wellFormed } from './policy-grammar';
export type { Malformed } from './policy-grammar';
export { operatorNamed } from './operators';
export type { PolicySet } from './policy-types';
export { statementsOn } from './statement-index';
export { identify, isServiceLinkedRole } from './principal-identity';
export type { PrincipalIdentity } from './principal-identity';
export { PrincipalMatch, matchGatewayPrincipal, matchPrincipal } from './principal';
export type { AccessRequest, RequestView } from './request/access-request';
export { isFarPolicy } from './facts/aws-managed-policies';
export {
  attributeOf,
  attributesOf,
  isChosen,
  isInEveryRequest,
  keysAbout,
  keysGatedBy,
  keysIn,
  partsWith,
  letsHave,
  saidOf,
} from './request/attributes';
export type { Attributes } from './request/attributes';
export { ofInstance, requestOf, viewOf } from './request/build';
export { byS3, viaService } from './request/forwarded';
export { byInstance, byService, NOW, SIGNED, throughEndpoint, userIdOf } from './request/instance';
export type { Instance, Organization } from './request/instance';
export { LAWS } from './request/laws';
export type { ContextValue, EndpointSource, PrincipalName, RequestParts, TargetPart } from './request/parts';
export { ANONYMOUS, networkThrough, identityOf, principalNamed, servicePrincipal } from './request/principals';
export { containerOf, isAccessPoint, objectsIn } from './s3-arn';
export { parseDate, parseNumber } from './scalars';
export { matchStatement } from './statement';
export type { StatementRules } from './statement';
export { arnMatch, wildcardMatch } from './wildcard';
