import type { JsonObject } from '../src/cloudformation/json';
import { assemblyOf, modelsOf } from '../src/cloudformation/models';
import { requestFlows } from '../src/request-flow/request-flows';
import { networkWith, Resource } from '../test/request-flow/packets/network';

const SUBNETS = 50;
const TABLES = 20;
const RULES = 40;
const ENDPOINTS = 30;
const ROUNDS = 15;
const MOST_MILLISECONDS = 500;

const ref = (id: string) => ({ Ref: id });

const times = (count: number, make: (at: number) => object): Record<string, Resource> =>
  Object.assign({}, ...Array.from({ length: count }, (_, at) => make(at))) as Record<string, Resource>;

const rule = (at: number, protocol = 'tcp'): JsonObject => ({
  IpProtocol: protocol,
  FromPort: 8000 + at,
  ToPort: 8000 + at,
  CidrIp: `10.${at}.0.0/16`,
});

/** Subnets with ACLs, and route tables, each with its routes. */
function subnets(): Record<string, Resource> {
  return {
    ...times(TABLES, at => ({
      [`Table${at}`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
      ...times(RULES, route => ({
        [`Route${at}x${route}`]: {
          Type: 'AWS::EC2::Route',
          Properties: {
            RouteTableId: ref(`Table${at}`),
            DestinationCidrBlock: `172.16.${route}.0/24`,
            TransitGatewayId: 'tgw-0abc',
          },
        },
      })),
    })),
    ...times(SUBNETS, at => ({
      [`Subnet${at}`]: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: ref('Vpc'), CidrBlock: `10.0.${100 + at}.0/24` },
      },
      [`Association${at}`]: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: ref(`Subnet${at}`), RouteTableId: ref(`Table${at % TABLES}`) },
      },
      [`AclOf${at}`]: {
        Type: 'AWS::EC2::SubnetNetworkAclAssociation',
        Properties: { SubnetId: ref(`Subnet${at}`), NetworkAclId: ref('Acl') },
      },
    })),
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
    ...times(RULES, at => ({
      [`Entry${at}`]: {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: {
          NetworkAclId: ref('Acl'),
          RuleNumber: at + 1,
          Egress: at % 2 === 0,
          Protocol: -1,
          RuleAction: at < RULES - 2 ? 'deny' : 'allow',
          CidrBlock: at < RULES - 2 ? `198.51.${at}.0/24` : '0.0.0.0/0',
        },
      },
    })),
  };
}

/** Endpoints with groups of their own. */
function endpoints(): Record<string, Resource> {
  return times(ENDPOINTS, at => ({
    [`GroupOf${at}`]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { VpcId: ref('Vpc'), SecurityGroupIngress: Array.from({ length: RULES }, (_, port) => rule(port)) },
    },
    [`Service${at}`]: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: ref('Vpc'),
        ServiceName: `com.amazonaws.eu-west-1.service${at}`,
        VpcEndpointType: 'Interface',
        SubnetIds: [ref(`Subnet${at}`), ref(`Subnet${at + 1}`)],
        SecurityGroupIds: [ref(`GroupOf${at}`)],
      },
    },
  }));
}

function template(): JsonObject {
  const egress = [
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-6da54004' },
    ...Array.from({ length: RULES - 1 }, (_, at) => rule(at)),
  ];
  const changes = {
    Group: { SecurityGroupEgress: egress },
    Endpoint: { RouteTableIds: Array.from({ length: TABLES }, (_, at) => ref(`Table${at}`)) },
    Instance: null,
    Fleet: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        VPCZoneIdentifier: Array.from({ length: SUBNETS }, (_, at) => ref(`Subnet${at}`)),
        LaunchTemplate: {
          LaunchTemplateId: ref('Template'),
          Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] },
        },
      },
    },
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateData: {
          IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
          SecurityGroupIds: [ref('Group')],
          MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        },
      },
    },
  };
  return { Resources: networkWith(subnets(), endpoints(), changes) as unknown as JsonObject };
}

/** Milliseconds from the text of a template to the flows of its workloads. */
function round(text: string): number {
  const start = process.hrtime.bigint();
  const flows = modelsOf(assemblyOf('Bench', JSON.parse(text) as JsonObject, { region: 'eu-west-1' })).flatMap(
    requestFlows,
  );
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  const broken = flows.flatMap(({ steps }) => steps[2].checks).filter(({ ok }) => !ok);
  if (flows.length === 0 || broken.length > 0) {
    throw new Error(`the path is not open: ${broken[0]?.sentence ?? 'there is no workload'}`);
  }
  return milliseconds;
}

function main(): void {
  const text = JSON.stringify(template());
  const figures = Array.from({ length: ROUNDS }, () => round(text)).sort((left, right) => left - right);
  const [median, slowest] = [figures[Math.floor(ROUNDS / 2)], figures[ROUNDS - 1]];
  console.log(
    `${SUBNETS} subnets, ${TABLES} route tables, ${RULES} rules each, ${ENDPOINTS} endpoints; node ${process.version}`,
  );
  console.log(
    `median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms of ${ROUNDS}; budget ${MOST_MILLISECONDS} ms`,
  );
  if (median > MOST_MILLISECONDS) throw new Error('too slow');
}

main();
