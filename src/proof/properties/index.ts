import type { Property } from '../property-check';
import { allPolicies as boundAllPolicies } from './bound/all-policies';
import { binding as boundBinding } from './bound/binding';
import { keys as boundKeys } from './bound/keys';
import { rolePolicies as boundRolePolicies } from './bound/role-policies';
import { trust as boundTrust } from './bound/trust';
import { accessPointOutsideEndpoint as closedAccessPointOutsideEndpoint } from './closed/access-point-outside-endpoint';
import { accessPointToOthers as closedAccessPointToOthers } from './closed/access-point-to-others';
import { bucketConfiguration as closedBucketConfiguration } from './closed/bucket-configuration';
import { bucketPolicyAlone as closedBucketPolicyAlone } from './closed/bucket-policy-alone';
import { endpointToOthers as closedEndpointToOthers } from './closed/endpoint-to-others';
import { exemptions as closedExemptions } from './closed/exemptions';
import { keyAdministration as closedKeyAdministration } from './closed/key-administration';
import { keyExemptions as closedKeyExemptions } from './closed/key-exemptions';
import { keyGrants as closedKeyGrants } from './closed/key-grants';
import { keyPolicyAlone as closedKeyPolicyAlone } from './closed/key-policy-alone';
import { keyUse as closedKeyUse } from './closed/key-use';
import { listsOutsideEndpoint as closedListsOutsideEndpoint } from './closed/lists-outside-endpoint';
import { logBucketConfiguration as closedLogBucketConfiguration } from './closed/log-bucket-configuration';
import { logBucketObjects as closedLogBucketObjects } from './closed/log-bucket-objects';
import { objectsOutsideEndpoint as closedObjectsOutsideEndpoint } from './closed/objects-outside-endpoint';
import { objectsToOthers as closedObjectsToOthers } from './closed/objects-to-others';
import { onPremisesRoles as closedOnPremisesRoles } from './closed/on-premises-roles';
import { outsideOrganization as closedOutsideOrganization } from './closed/outside-organization';
import { byDefault as encryptedByDefault } from './encrypted/default';
import { otherKeys as encryptedOtherKeys } from './encrypted/other-keys';
import { transport as encryptedTransport } from './encrypted/transport';
import { administrators as guardedAdministrators } from './guarded/administrators';
import { credentials as guardedCredentials } from './guarded/credentials';
import { deployment as guardedDeployment } from './guarded/deployment';
import { deputies as guardedDeputies } from './guarded/deputies';
import { exemptions as guardedExemptions } from './guarded/exemptions';
import { networks as guardedNetworks } from './guarded/networks';
import { outsiders as guardedOutsiders } from './guarded/outsiders';
import { noDeadStatement } from './no-dead-statement';
import { dns as noWayOutDns } from './no-way-out/dns';
import { otherOrganizations as noWayOutOtherOrganizations } from './no-way-out/other-organizations';
import { otherServices as noWayOutOtherServices } from './no-way-out/other-services';
import { role as noWayOutRole } from './no-way-out/role';
import { routes as noWayOutRoutes } from './no-way-out/routes';
import { s3Endpoint as noWayOutS3Endpoint } from './no-way-out/s3-endpoint';
import { bucketConfiguration as notLockedOutBucketConfiguration } from './not-locked-out/bucket-configuration';
import { bucketLists as notLockedOutBucketLists } from './not-locked-out/bucket-lists';
import { keyConfiguration as notLockedOutKeyConfiguration } from './not-locked-out/key-configuration';
import { volumes as notLockedOutVolumes } from './not-locked-out/volumes';
import { agreement as worksAgreement } from './works/agreement';
import { awsOwnedBuckets as worksAwsOwnedBuckets } from './works/aws-owned-buckets';
import { defaultEncryption as worksDefaultEncryption } from './works/default-encryption';
import { grants as worksGrants } from './works/grants';
import { keys as worksKeys } from './works/keys';
import { logDelivery as worksLogDelivery } from './works/log-delivery';
import { noEscalation as worksNoEscalation } from './works/no-escalation';
import { noOtherKeys as worksNoOtherKeys } from './works/no-other-keys';
import { nothingElse as worksNothingElse } from './works/nothing-else';
import { otherServices as worksOtherServices } from './works/other-services';
import { serviceCalls as worksServiceCalls } from './works/service-calls';
import { trust as worksTrust } from './works/trust';

/** The properties, in the order in which they are decided: each has a file that its id names. */
export const PROPERTIES: readonly Property[] = [
  worksGrants,
  worksNothingElse,
  worksNoEscalation,
  worksAgreement,
  worksDefaultEncryption,
  worksAwsOwnedBuckets,
  worksKeys,
  worksNoOtherKeys,
  worksTrust,
  worksServiceCalls,
  worksOtherServices,
  worksLogDelivery,
  closedObjectsOutsideEndpoint,
  closedObjectsToOthers,
  closedBucketConfiguration,
  closedBucketPolicyAlone,
  closedListsOutsideEndpoint,
  closedOutsideOrganization,
  closedExemptions,
  closedAccessPointToOthers,
  closedAccessPointOutsideEndpoint,
  closedEndpointToOthers,
  closedOnPremisesRoles,
  closedKeyPolicyAlone,
  closedKeyAdministration,
  closedKeyGrants,
  closedKeyUse,
  closedKeyExemptions,
  closedLogBucketObjects,
  closedLogBucketConfiguration,
  noWayOutS3Endpoint,
  noWayOutRole,
  noWayOutOtherOrganizations,
  noWayOutOtherServices,
  noWayOutRoutes,
  noWayOutDns,
  encryptedTransport,
  encryptedOtherKeys,
  encryptedByDefault,
  boundAllPolicies,
  boundRolePolicies,
  boundBinding,
  boundKeys,
  boundTrust,
  notLockedOutBucketConfiguration,
  notLockedOutBucketLists,
  notLockedOutKeyConfiguration,
  notLockedOutVolumes,
  guardedDeployment,
  guardedAdministrators,
  guardedOutsiders,
  guardedDeputies,
  guardedNetworks,
  guardedCredentials,
  guardedExemptions,
  noDeadStatement,
];
