import { isTrusted, isVouchedFor } from './aws-owned-buckets';
import { channelsOf, namesOf } from './channels';
import { guardrailsFor } from './guardrails';
import { logBucketsOf } from './log-deliveries';
import { documentOf } from './policy-sources';
import type { BucketInput, EndpointInput, KeyInput, OrganizationInput, PeerInput, ProofInput } from './proof-input';
import {
  AccessPointModel,
  AssemblyModel,
  BucketModel,
  DeclarationModel,
  EndpointModel,
  isBelow,
  KeyModel,
  PolicyPart,
  ResourceRef,
  RoleModel,
  WorkloadModel,
} from '../cloudformation';
import { unknownPoliciesOf, unreadOf, unreadPartsOf, unreadPolicies } from './unread';
import { asList, containerOf, isAccessPoint } from '../iam';
import { RequestFlow, routesOutOf } from '../request-flow';

/** A input, and the workload that it is about. */
export interface WorkloadInput extends ProofInput {
  readonly where: ResourceRef;
}

/**
 * What there is to prove about an assembly: a input for each workload whose role is granted something in a bucket.
 *
 * @param model what the assembly defines
 * @param flows the request flow of each of its workloads, in their order
 */
export function proofInputsOf(model: AssemblyModel, flows: readonly RequestFlow[]): WorkloadInput[] {
  return model.workloads.flatMap((workload, index) => {
    const flow = flows[index];
    if (workload.role === undefined || flow.buckets.length === 0) {
      return [];
    }
    return [{ where: workload.where, ...new Maker(model, workload, flow).input(workload.role) }];
  });
}

function organizationIn(declaration: DeclarationModel): OrganizationInput | undefined {
  const { organizationId: id, organizationalUnitPaths: unitPaths, accounts } = declaration;
  return id === undefined && unitPaths.length + accounts.length === 0 ? undefined : { id, unitPaths, accounts };
}

/** Makes the input of one workload. */
class Maker {
  private readonly declaration?: DeclarationModel;

  constructor(
    private readonly model: AssemblyModel,
    private readonly workload: WorkloadModel,
    private readonly flow: RequestFlow,
  ) {
    this.declaration = workload.declaration;
  }

  public input(role: RoleModel): ProofInput {
    const { environment, where, metadataOptions, publicIp } = this.workload;
    const { account, region, partition } = environment;
    const { assumptions, ...guardrails } = guardrailsFor(this.model.guardrails, environment, this.declaration);
    const declared = (this.declaration?.buckets ?? []).map(({ arn }) => arn);
    const isMeant = ({ name, arn }: BucketModel) => this.flow.buckets.includes(name) || declared.includes(arn);
    const buckets = this.model.buckets.filter(isMeant);
    const accessPoints = this.model.accessPoints.filter(isMeant);
    const names = new Set([...this.flow.buckets, ...buckets.map(({ name }) => name)]);
    return {
      name: where.constructPath ?? `${where.stack}/${where.logicalId}`,
      partition,
      region,
      account,
      role: roleOf(role),
      endpoints: [...this.endpoints().map(endpoint => this.endpoint(endpoint)), ...this.foreignEndpoints()],
      ...channelsOf(this.workload, this.model, {
        used: this.flow.requests.map(({ endpointId }) => endpointId),
        isOwn: made => this.declaration !== undefined && this.isOwn(made),
      }),
      names: namesOf(this.workload),
      buckets: [
        ...buckets.map(bucket => this.bucket(bucket)),
        ...accessPoints.map(each => this.accessPoint(each)),
        ...this.foreignBuckets([...buckets, ...accessPoints]),
      ],
      logBuckets: logBucketsOf(this.workload, buckets, this.model, made => this.isOwn(made)),
      keys: this.keys(buckets),
      peers: peersOf(this.workload, this.model.declarations),
      onPremisesRoles: this.declaration?.onPremisesRoles,
      awsOwned: this.declaration?.awsOwned,
      credentialBinding: this.declaration?.credentialBinding,
      organization: this.declaration && organizationIn(this.declaration),
      deploymentRoleArns: together([this.deployers(), ...buckets.map(each => this.deployersOf(each))]),
      perimeterArns: this.perimeterArns(),
      // who launches instances elsewhere says how
      launch:
        this.workload.kind === 'instance profile' ? undefined : { httpTokens: metadataOptions.httpTokens, publicIp },
      ...routesOutOf(this.workload, this.model),
      ...guardrails,
      unread: [...unreadOf(unreadPartsOf(this.workload, this.model, names).inItsStacks), ...unreadPolicies(role)],
      assumptions: [
        ...this.model.assumptions.map(({ kind, name }) => `${kind} ${name}`),
        ...(role.assumes ?? []),
        ...assumptions,
      ],
    };
  }

  /**
   * The buckets that the role's policies name and the assembly does not define, but for those of AWS and the assets
   * of the account.
   */
  private foreignBuckets(known: readonly BucketModel[]): BucketInput[] {
    const { environment } = this.workload;
    const awsOwned = this.declaration?.awsOwned.map(each => ({ ...each, account: undefined }));
    const isKnown = (action: string, arn: string) =>
      isTrusted(action, arn, environment) || isVouchedFor(action, arn, { awsOwned });
    return this.flow.buckets
      .filter(name => known.every(each => each.name !== name))
      .flatMap(name => {
        const ofS3 = this.flow.requests.filter(
          ({ request, bucket }) =>
            bucket === name && request.action.startsWith('s3:') && !isKnown(request.action, request.resource),
        );
        return ofS3.slice(0, 1).map(({ request: { resource, resourceAccount } }): BucketInput => {
          const arn = containerOf(resource);
          return { arn, account: resourceAccount, policy: 'unknown', exclusive: false, ...this.grants(arn) };
        });
      });
  }

  /**
   * The S3 endpoints of the VPC; for a workload of this library those that it uses, declares or has made, and those
   * without a policy, which let everybody through.
   */
  private endpoints(): readonly EndpointModel[] {
    const inVpc = this.model.endpoints.filter(({ isS3, vpcId }) => isS3 && vpcId === this.workload.vpcId);
    const used = new Set([
      ...this.flow.requests.map(({ endpointId }) => endpointId),
      ...(this.declaration?.endpointIds ?? []),
    ]);
    return this.declaration === undefined
      ? inVpc
      : inVpc.filter(({ id, where, policy }) => policy === undefined || used.has(id) || this.isOwn(where));
  }

  /** Endpoints that requests go through and the assembly does not define. */
  private foreignEndpoints(): EndpointInput[] {
    const ids = new Set([
      ...this.flow.requests.flatMap(({ endpointId }) => endpointId ?? []),
      ...(this.declaration?.endpointIds ?? []),
    ]);
    return [...ids]
      .filter(id => this.model.endpoints.every(each => each.id !== id))
      .map(id => ({ id, kind: 'gateway', policy: 'unknown', vpcId: this.workload.vpcId ?? '', exclusive: false }));
  }

  /** The ids of what the workload is kept in by, as ARNs of EC2 and of CloudFormation. */
  private perimeterArns(): readonly string[] {
    const { environment, subnets, securityGroups, where } = this.workload;
    const { partition, region, account } = environment;
    const arn = (service: string, kind: string, id: string) =>
      `arn:${partition}:${service}:${region}:${account}:${kind}/${id}`;
    const tables = subnets.flatMap(({ routeTable }) => (routeTable === undefined ? [] : [routeTable.id]));
    return [
      ...this.endpoints().map(({ id }) => arn('ec2', 'vpc-endpoint', id)),
      ...[...new Set(tables)].map(id => arn('ec2', 'route-table', id)),
      ...securityGroups.map(({ id }) => arn('ec2', 'security-group', id)),
      arn('cloudformation', 'stack', `${where.stack}/id`),
    ];
  }

  private keys(buckets: readonly BucketModel[]): KeyInput[] {
    const found = buckets.flatMap(({ encryption, account }): KeyInput[] => {
      if (encryption?.key !== undefined) {
        return [this.key(encryption.key)];
      }
      if (encryption?.keyId === undefined) {
        return [];
      }
      return [
        {
          arn: encryption.keyId,
          account: encryption.keyId.split(':')[4] ?? account,
          policy: 'unknown',
          exclusive: false,
        },
      ];
    });
    return [...new Map([...this.foreignKeys(), ...found].map(key => [key.arn, key])).values()];
  }

  /**
   * The keys that the role uses through S3 and the assembly does not define: those of imported buckets. A key that it
   * uses itself is none of theirs.
   */
  private foreignKeys(): KeyInput[] {
    const statements = (this.workload.role?.policies ?? [])
      .flatMap(({ document }) => asList(document.Statement))
      .filter(({ Effect, Condition }) => Effect === 'Allow' && /"s3\.[^"]+"/.test(JSON.stringify(Condition ?? {})));
    return statements
      .flatMap(({ Resource }) => asList(Resource))
      .filter(arn => /^arn:[^:]+:kms:[^:*?]+:[^:*?]+:key\/[^*?]+$/.test(arn))
      .filter(arn => this.model.keys.every(key => key.arn !== arn))
      .map(arn => ({ arn, account: arn.split(':')[4], policy: 'unknown', exclusive: false }));
  }

  private endpoint({ id, kind, policy, vpcId, where }: EndpointModel): EndpointInput {
    return {
      id,
      kind: kind === 'interface' ? 'interface' : 'gateway',
      policy: policy && documentOf(policy, 'endpoint policy'),
      vpcId,
      exclusive: this.isOwn(where),
    };
  }

  private bucket(model: BucketModel): BucketInput {
    const { arn, account, policy, encryption, where, tagNames } = model;
    const kind = isAccessPoint(arn) ? 'access point policy' : 'bucket policy';
    const unknown = where === undefined ? 'unknown' : undefined;
    return {
      arn,
      account,
      policy: policy === undefined ? unknown : documentOf(policy, kind),
      encryption: encryption && { algorithm: encryption.algorithm, keyArn: encryption.key?.arn ?? encryption.keyId },
      exclusive: this.isOwn(where),
      ...(tagNames === undefined ? {} : { tagNames }),
      deploymentRoleArns: this.deployersOf(model),
      exemptPrincipalArns: this.model.declarations
        .filter(({ buckets }) => buckets.some(each => each.arn === arn))
        .flatMap(({ exemptPrincipalArns }) => exemptPrincipalArns),
      taskRoles: this.model.declarations
        .flatMap(({ buckets }) => buckets.filter(each => each.arn === arn))
        .flatMap(({ taskRoles = [] }) => taskRoles),
      visitors: this.model.visitors.filter(({ bucketArn }) => bucketArn === arn).flatMap(({ visitors }) => visitors),
      ...this.grants(arn),
    };
  }

  /** Who deploys the workload: as the manifest says, and as the construct takes it. */
  private deployers(): readonly string[] | undefined {
    return this.withDeclared(this.workload.environment.deploymentRoleArns);
  }

  /** A bucket can be in another stack than the workload. */
  private deployersOf({ deploymentRoleArns, where }: BucketModel): readonly string[] | undefined {
    return this.isOwn(where) ? this.withDeclared(deploymentRoleArns) : deploymentRoleArns;
  }

  /** A manifest that names no role says nothing about a template that no construct of ours declares. */
  private withDeclared(named: readonly string[] | undefined): readonly string[] | undefined {
    const isSilent = this.declaration === undefined && named?.length === 0;
    return together([isSilent ? undefined : named, this.declaration?.deploymentRoleArns]);
  }

  /** Its owner made it, in whatever stack. */
  private accessPoint(model: AccessPointModel): BucketInput {
    const accessPointOf = this.model.buckets.find(({ name }) => name === model.bucketName)?.arn ?? model.bucketName;
    return { ...this.bucket(model), accessPointOf, exclusive: false };
  }

  private key({ arn, account, policy, where, tagNames }: KeyModel): KeyInput {
    return {
      arn,
      account,
      policy: policy === undefined ? 'unknown' : documentOf(policy, 'key policy'),
      exclusive: this.isOwn(where),
      ...(tagNames === undefined ? {} : { tagNames }),
    };
  }

  /**
   * Whether something was made for this workload alone: by its construct, or, where there is none, in the same
   * assembly.
   */
  private isOwn(where: ResourceRef | undefined): boolean {
    const { constructPath, isOfParts } = this.declaration ?? { isOfParts: true };
    return where !== undefined && (isOfParts === true || isBelow(where.constructPath, constructPath));
  }

  private grants(arn: string): Pick<BucketInput, 'declared' | 'keepsOwnPolicy'> {
    const lines = this.declaration?.buckets.filter(each => each.arn === arn);
    if (lines === undefined) {
      return {};
    }
    return {
      declared: lines.flatMap(({ grants }) => grants),
      keepsOwnPolicy: lines.length > 0 && lines.every(({ hasPerimeter }) => !hasPerimeter),
    };
  }
}

/** The roles of lists of which some are not known. */
function together(lists: ReadonlyArray<readonly string[] | undefined>): readonly string[] | undefined {
  const known = lists.filter(list => list !== undefined);
  return known.length === 0 ? undefined : [...new Set(known.flat())];
}

/** A policy of AWS that nothing is known of is taken to allow everything. */
function anything(arn: string): PolicyPart {
  return {
    name: `AWS-managed policy ${arn.replace(/^.*:policy\//, '')}, which is not known here`,
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  };
}

function roleOf(role: RoleModel): ProofInput['role'] {
  const { arn, policies, tags, trustPolicy, permissionsBoundary, unknownPolicies, unknownBoundary } = role;
  const own = [...policies, permissionsBoundary].map(part => part?.arn);
  return {
    arn,
    policyArns: [...own, ...unknownPolicies, unknownBoundary].filter(
      each => each !== undefined && !each.includes(':iam::aws:'),
    ) as string[],
    tags,
    policies: [...policies, ...unknownPoliciesOf(role).map(anything)].map(policy =>
      documentOf(policy, 'identity policy'),
    ),
    trust: trustPolicy && documentOf(trustPolicy, 'trust policy'),
    boundary: permissionsBoundary && documentOf(permissionsBoundary, 'permissions boundary'),
  };
}

/** Other workloads, as their access lists say. */
function peersOf(
  { declaration, role }: WorkloadModel,
  declarations: readonly DeclarationModel[],
): readonly PeerInput[] {
  return declarations
    .filter(({ roleArn }) => roleArn !== declaration?.roleArn && roleArn !== role?.arn)
    .map(({ roleArn, buckets, endpointIds }) => ({ roleArn, bucketArns: buckets.map(({ arn }) => arn), endpointIds }));
}
