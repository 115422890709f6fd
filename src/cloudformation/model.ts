import type { AssumedComparison } from './conditions';
import type {
  NetworkInterfaceModel,
  RelayModel,
  SecurityGroupModel,
  ServiceNetworkModel,
  SubnetModel,
  VpcModel,
} from './network-model';
import type { Environment } from './resolution';
import type { ResourceRef, Unresolved } from './template-location';
import type { DeclaredAccess, DeclaredVisitors } from '../base';
import type { PolicyJson } from '../iam';

export type * from './network-model';

/** A policy document, and what it is part of. */
export interface PolicyPart {
  /** What the policy is called in a sentence. */
  readonly name: string;
  readonly document: PolicyJson;
  /**
   * The resource that contains it; absent for policies of AWS, whose documents are known here, and for what is
   * assumed.
   */
  readonly where?: ResourceRef;
  /** The ARN of a managed policy that is not one of AWS's. */
  readonly arn?: string;
  /** Whether it is not in the assembly, and taken to be what its owner was told to attach. */
  readonly isAssumed?: boolean;
}

/** The role of a workload. */
export interface RoleModel {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /**
   * Absent if the role is not in the assembly: then it has no trust policy here, and only the policies that the
   * assembly attaches.
   */
  readonly where?: ResourceRef;
  readonly trustPolicy?: PolicyPart;
  /** Managed, inline and AWS-managed policies, attached from the side of the role or of the policy. */
  readonly policies: readonly PolicyPart[];
  /** The ARNs of attached policies whose documents are not known. */
  readonly unknownPolicies: readonly string[];
  readonly permissionsBoundary?: PolicyPart;
  /** The ARN of a boundary whose document is not known. */
  readonly unknownBoundary?: string;
  /** What is taken for granted about its policies. */
  readonly assumes?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A VPC endpoint. */
export interface EndpointModel {
  readonly id: string;
  readonly where: ResourceRef;
  readonly kind: 'gateway' | 'interface' | 'other';
  /** The name of the service, such as `com.amazonaws.eu-west-1.s3`. */
  readonly service: string;
  /** The Region that its service is in, if it is another one than the endpoint's. */
  readonly serviceRegion?: string;
  readonly usesIpv6: boolean;
  /** The families of its addresses, or of what it routes. */
  readonly addressType: 'ipv4' | 'ipv6' | 'dualstack';
  readonly isS3: boolean;
  /** Whether the usual names of S3 do not lead to it. */
  readonly hasOtherNames: boolean;
  readonly vpcId: string;
  readonly routeTableIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly subnets: readonly SubnetModel[];
  readonly securityGroups: readonly SecurityGroupModel[];
  /** Whose name look-ups return the addresses of an interface endpoint. */
  readonly privateDns: 'nobody' | 'other networks only' | 'the VPC';
  /** Absent if it has the default, which allows everything. */
  readonly policy?: PolicyPart;
}

/** A key of AWS KMS. */
export interface KeyModel {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly where: ResourceRef;
  /** The default, which delegates to the account's IAM policies, if the template has none. */
  readonly policy?: PolicyPart;
  readonly aliases: readonly string[];
  readonly rotated: boolean;
  /** The names of its tags; absent if one of them is not known. */
  readonly tagNames?: readonly string[];
  /** Why S3 cannot use it, as the end of a sentence. */
  readonly unusable?: string;
  /** Whether AWS may have copies of it in other Regions, each with a policy of its own. */
  readonly isMultiRegion?: boolean;
  /** The ARN of the key that it is a copy of. */
  readonly replicaOf?: string;
}

/** How S3 encrypts the new objects of a bucket. */
export interface BucketEncryptionModel {
  /** `AES256`, which is also the default of S3, `aws:kms` or `aws:kms:dsse`. */
  readonly algorithm: string;
  /** What the template names as the key; absent for S3's own keys and for the key `aws/s3` of the account. */
  readonly keyId?: string;
  /** The key, if it is in the assembly. */
  readonly key?: KeyModel;
  readonly bucketKey: boolean;
  /** Kinds of encryption that S3 refuses in this bucket, such as `SSE-C`. */
  readonly blockedTypes: readonly string[];
}

/** An S3 bucket. */
export interface BucketModel {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /**
   * Absent if it is not in the assembly: then its encryption and, unless the assembly attaches one, its policy are
   * not known.
   */
  readonly where?: ResourceRef;
  readonly policy?: PolicyPart;
  readonly encryption?: BucketEncryptionModel;
  readonly blocksPublicAccess: boolean;
  /** Who deploys its stack, as far as the assembly tells. */
  readonly deploymentRoleArns?: readonly string[];
  readonly versioned: boolean;
  /** Whether it stays when its stack is deleted; absent if it is not in the assembly. */
  readonly retained?: boolean;
  /** The names of the tags that policies see; absent if they are not known. */
  readonly tagNames?: readonly string[];
  /** Whom access control lists let in beside the policies, as the end of a sentence; absent if nobody. */
  readonly openByAcl?: string;
}

/**
 * An access point of a bucket: what S3 is asked through it, it decides on both. It goes by its ARN: its name is
 * unique in an account and Region only.
 */
export interface AccessPointModel extends BucketModel {
  /** The name of its bucket. */
  readonly bucketName: string;
}

/** The settings of the instance metadata service that the template states. */
export interface MetadataOptionsModel {
  readonly httpTokens?: string;
  readonly hopLimit?: string;
  readonly httpEndpoint?: string;
}

/**
 * An instance, or the instances of an Auto Scaling group, of a launch template, or elsewhere with an instance
 * profile.
 */
export interface WorkloadModel {
  readonly where: ResourceRef;
  readonly kind: 'instance' | 'fleet' | 'launch template' | 'instance profile' | 'machines of a service';
  /** What the construct says whose workload it is: it is below, or has its instance profile. */
  readonly declaration?: DeclarationModel;
  readonly environment: Environment;
  /** The resources that describe the instances: the workload itself and its launch template. */
  readonly describedBy: readonly ResourceRef[];
  readonly metadataOptions: MetadataOptionsModel;
  /** The instance profile as the template names it. */
  readonly instanceProfile?: string;
  readonly role?: RoleModel;
  /** Absent if nothing in the assembly tells it. */
  readonly vpcId?: string;
  readonly vpc?: VpcModel;
  readonly subnets: readonly SubnetModel[];
  readonly securityGroups: readonly SecurityGroupModel[];
  /** Every network interface, also those that are attached afterwards. */
  readonly interfaces: readonly NetworkInterfaceModel[];
  /** Whether the template asks for a public address, gives one, or the subnet assigns one. */
  readonly publicIp: boolean;
  /** How many network interfaces each instance has, as far as the template tells; one, if it does not. */
  readonly networkInterfaces?: number;
  /** Whether one of them has more private IPv4 addresses than the primary one. */
  readonly hasSecondaryAddresses?: boolean;
  /** Its volumes, as far as the template tells. */
  readonly volumes?: readonly VolumeModel[];
  /** The versions of launch templates that it uses, where those are not the newest, which the template shows. */
  readonly otherVersions?: readonly string[];
  /** The texts of which a key could be part, by the place where they stand. */
  readonly texts: readonly PlacedText[];
}

/** A volume of a machine. */
export interface VolumeModel {
  /** The resource that says it. */
  readonly where: ResourceRef;
  /** Absent where nothing is said of the volume of the image. */
  readonly device?: string;
  /** Absent where the image and the account decide. */
  readonly encrypted?: 'yes' | 'no';
}

/** A text in a template. */
export interface PlacedText {
  readonly where: ResourceRef;
  /** The property. */
  readonly path: string;
  readonly text: string;
}

/** What an assumption is about. */
export type AssumptionKind =
  | 'account'
  | 'partition'
  | 'parameter'
  | 'export'
  | 'organization'
  | 'VPC'
  | 'subnet'
  | 'route table'
  | 'endpoint'
  | 'security group'
  | 'prefix list'
  | 'network interface'
  | 'launch template'
  | 'instance profile'
  | 'role'
  | 'managed policy'
  | 'bucket'
  | 'key';

/** Something that the templates refer to and do not define. */
export interface Assumption {
  readonly kind: AssumptionKind;
  /** The id, the name or the ARN. */
  readonly name: string;
}

/** What a service of AWS writes into a bucket by itself. */
export interface DeliveryModel {
  readonly kind: 'access logs' | 'flow logs' | 'inventory' | 'analytics' | 'replication' | 'events';
  /** The resource that makes the service do it. */
  readonly where: ResourceRef;
  /** The name of the bucket that it is about; for flow logs the id of the VPC, the subnet or the network interface. */
  readonly source: string;
  /** The name of the bucket that receives it; for events the ARN of the function, the queue or the topic. */
  readonly destination: string;
  /** What the keys of the objects begin with. */
  readonly prefix: string;
}

/**
 * A policy of AWS Organizations that restricts what the accounts under its targets may do, or who may use what they
 * own.
 */
export interface GuardrailModel {
  readonly kind: 'service control policy' | 'resource control policy';
  /** The ids of organizational units, accounts or the root. */
  readonly targets: readonly string[];
  /** The partition of the organization. */
  readonly partition: string;
  readonly policy: PolicyPart;
}

/** What the access list of a construct says, where the assembly tells it. */
export interface DeclarationModel extends DeclaredAccess {
  /** The path of the construct: its workload is below. */
  readonly constructPath: string;
}

/** Something that an assembly defines for the second time, and AWS has one of. */
export interface ConflictModel {
  readonly kind: 'bucket policy' | 'route table' | 'network ACL';
  /** The name of the bucket, or the id of the subnet. */
  readonly owner: string;
  readonly first: ResourceRef;
  readonly where: ResourceRef;
}

/** Something that passes on what is in a bucket, or what happens there. */
export interface ReaderModel {
  readonly where: ResourceRef;
  /** The names of the buckets. */
  readonly buckets: readonly string[];
  /** What it does, as a sentence without its subject. */
  readonly does: string;
  /** The ARN of the role that it does it with, where it names one. */
  readonly roleArn?: string;
  /** Whether somebody outside the accounts of the assembly surely gets it. */
  readonly isForeign: boolean;
}

/** What a statement of an identity policy allows a role. */
export interface GrantedModel {
  /** The policy. */
  readonly where: ResourceRef;
  readonly role: ResourceRef;
  readonly roleArn?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What an assembly defines, as far as the pattern is concerned. */
export interface AssemblyModel {
  /** What is assumed about conditions that are decided at deployment only; usually nothing. */
  readonly assumed: readonly AssumedComparison[];
  readonly workloads: readonly WorkloadModel[];
  readonly buckets: readonly BucketModel[];
  readonly accessPoints: readonly AccessPointModel[];
  readonly keys: readonly KeyModel[];
  readonly endpoints: readonly EndpointModel[];
  readonly serviceNetworks: readonly ServiceNetworkModel[];
  readonly relays: readonly RelayModel[];
  /** The ids of the security groups that it defines. */
  readonly securityGroupIds: readonly string[];
  readonly deliveries: readonly DeliveryModel[];
  readonly declarations: readonly DeclarationModel[];
  /** Whom the owners of buckets let into them. */
  readonly visitors: readonly DeclaredVisitors[];
  /** The guardrails of the organization that the assembly defines. */
  readonly guardrails: readonly GuardrailModel[];
  /** The guardrails that are attached to nothing. */
  readonly unattachedGuardrails: readonly ResourceRef[];
  /** The loops that were written out, each with its stack. */
  readonly loops: readonly string[];
  readonly conflicts: readonly ConflictModel[];
  readonly readers: readonly ReaderModel[];
  /** What its policies allow its roles. */
  readonly granted: readonly GrantedModel[];
  /** Texts of other resources in which keys could be stored, such as the environments of Lambda functions. */
  readonly otherTexts: readonly PlacedText[];
  readonly assumptions: readonly Assumption[];
  readonly unresolved: readonly Unresolved[];
}
