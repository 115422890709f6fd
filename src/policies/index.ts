export { accessPointNames, accessPointStatements, delegationStatements, endpointsOfUsers } from './access-point-policy';
export type { AccessPointUser, EndpointUser } from './access-point-policy';
export {
  bucketStatements,
  denyOutsideOrganization,
  encryptionStatements,
  networkStatements,
  transportStatements,
} from './bucket-policy';
export { accountAllowStatements } from './cross-account-policy';
export { endpointStatements } from './endpoint-policy';
export { keyStatements, useStatements } from './key-policy';
export { accessLogStatements, flowLogKeyStatement, flowLogStatements } from './log-bucket-policy';
export { credentialBindingStatements, roleStatements } from './role-policy';
export {
  MESSAGE_ACTIONS,
  decryptSessions,
  findLogGroups,
  sessionManagerEndpointStatement,
  sessionManagerRoleStatement,
  systemsManagerActions,
  writeSessionLogs,
} from './session-manager-policy';
export type { Side } from './session-manager-policy';
export { denyServiceOutsideEndpoint, serviceEndpointStatements } from './service-policy';
export { denyCaller, denyEveryone, withUniqueSids } from './statements';
export { taggedAllowStatements, taggedRoles, taggedUseStatements } from './tagged-policy';
export type { TaggedGrant } from './tagged-policy';
