import type { Json, JsonObject } from '../../../src/cloudformation/json';
import { assemblyOf } from '../../../src/cloudformation/models';
import type { RequestFlow } from '../../../src/request-flow/request-flows';
import { allFlows } from '../support';

/** Properties of resources by logical id, laid over the network of the matrix; `null` takes one out. */
export type Change = Readonly<Record<string, Resource | JsonObject | null>>;

/** A resource that the network of the matrix does not have. */
export interface Resource {
  readonly Type: string;
  readonly Properties: JsonObject;
}

/** Where a packet is stopped, or that it gets there and back, or that it does if something is as it is taken to be. */
export type Hop =
  | 'through'
  | 'through, assuming'
  | 'name'
  | 'group'
  | 'ACL'
  | 'route'
  | 'group of the endpoint'
  | 'family'
  | 'no endpoint'
  | 'way out';

const HOPS: ReadonlyArray<readonly [sentence: RegExp, hop: Hop]> = [
  [/: a way out beside the endpoint$/, 'way out'],
  [/nothing resolves|does not lead to it|blocks the names of S3/, 'name'],
  [/lets HTTPS out to the S3 endpoint$/, 'group'],
  [/^the network ACL .* does not let/, 'ACL'],
  [/more specific than the prefix list of the gateway endpoint$/, 'route'],
  [/lets HTTPS in from the workload$/, 'group of the endpoint'],
  [/has addresses of IPv/, 'family'],
  [/leads to no S3 endpoint/, 'no endpoint'],
];

const ref = (id: string): Json => ({ Ref: id });

const BASE: Readonly<Record<string, Resource>> = {
  Vpc: {
    Type: 'AWS::EC2::VPC',
    Properties: { CidrBlock: '10.0.0.0/16', EnableDnsSupport: true, EnableDnsHostnames: true },
  },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('Subnet'), RouteTableId: ref('Table') },
  },
  OtherSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' } },
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      ServiceName: 'com.amazonaws.eu-west-1.s3',
      VpcEndpointType: 'Gateway',
      RouteTableIds: [ref('Table')],
    },
  },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'workload',
      VpcId: ref('Vpc'),
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
      },
      Policies: [
        {
          PolicyName: 'p',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-data/*' }],
          },
        },
      ],
    },
  },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'example-data' } },
  Instance: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      IamInstanceProfile: ref('Profile'),
      SubnetId: ref('Subnet'),
      SecurityGroupIds: [ref('Group')],
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    },
  },
};

/** The resources of the network after changes, one after the other. */
export function networkWith(...changes: readonly Change[]): Record<string, Resource> {
  const resources: Record<string, Resource> = { ...BASE };
  for (const [id, change] of changes.flatMap(each => Object.entries(each))) {
    if (change === null) {
      delete resources[id];
    } else if (isResource(change)) {
      resources[id] = change;
    } else {
      resources[id] = { ...resources[id], Properties: { ...resources[id].Properties, ...change } };
    }
  }
  return resources;
}

function isResource(change: Resource | JsonObject): change is Resource {
  return typeof change.Type === 'string' && change.Properties !== undefined;
}

/** The flow of the machine in the network, in eu-west-1 unless said otherwise. */
export function flowIn(resources: Readonly<Record<string, Resource>>, region?: string): RequestFlow {
  const environment = region === '' ? {} : { region: region ?? 'eu-west-1', account: '111122223333' };
  const flows = allFlows(assemblyOf('Hand', { Resources: resources as unknown as JsonObject }, environment));
  return flows.find(({ workload }) => workload.logicalId === 'Instance') ?? flows[0];
}

/** The first hop that stops packets. */
export function hopOf({ steps }: RequestFlow): Hop {
  const { checks } = steps[2];
  const broken = checks.find(({ ok }) => !ok);
  if (broken !== undefined) {
    const known = HOPS.find(([sentence]) => sentence.test(broken.sentence));
    if (known === undefined) {
      throw new Error(`no hop says: ${broken.sentence}`);
    }
    return known[1];
  }
  return checks.some(({ assumes = [] }) => assumes.length > 0) ? 'through, assuming' : 'through';
}
