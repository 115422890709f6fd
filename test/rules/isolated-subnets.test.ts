import { CfnInternetGateway, CfnRoute, CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { lines, linesOf, resourceOn } from './support';
import { Compute, PrivateEc2S3AccessProps } from '../../src';
import type { RouteModel, RouteTableModel, RouteTarget, SubnetModel } from '../../src/cloudformation/models';
import { isolatedSubnets } from '../../src/rules/isolated-subnets';
import { synthesizedStack } from '../cloudformation/support';
import { quickStart } from '../support/scenarios';

const OWN = 'Training/App/Network/IsolatedSubnet1';

function subnet(more: Partial<SubnetModel> = {}, path = OWN): SubnetModel {
  return {
    id: 'subnet-1',
    where: resourceOn(path, 'AWS::EC2::Subnet'),
    ipv6Cidrs: [],
    isIpv6Only: false,
    publicIps: false,
    ...more,
  };
}

function routedTo(target: RouteTarget): { routeTable: RouteTableModel } {
  const route: RouteModel = {
    where: resourceOn('Training/Way'),
    destination: '0.0.0.0/0',
    target,
    targetId: 'target-1',
  };
  return { routeTable: { id: 'rtb-1', routes: [route], propagations: [] } };
}

describe('subnets of the construct', () => {
  test.each<[RouteTarget]>([
    ['internet gateway'],
    ['egress-only internet gateway'],
    ['NAT gateway'],
    ['network interface'],
    ['instance'],
    ['carrier gateway'],
  ])('have no route to: %s', target => {
    expect(lines(isolatedSubnets, [], { subnets: [subnet(routedTo(target))] })).toEqual([
      `Training/Way leads from the isolated subnet ${OWN} to the ${target} target-1 for 0.0.0.0/0, allowed: routes to VPC endpoints only` +
        ' > remove the route, or give the workload a VPC of your own with vpc and vpcSubnets',
    ]);
  });

  test.each<[RouteTarget]>([['peering connection'], ['transit gateway'], ['virtual private gateway'], ['unknown']])(
    'are judged elsewhere for: %s',
    target => {
      expect(lines(isolatedSubnets, [], { subnets: [subnet(routedTo(target))] })).toEqual([]);
    },
  );

  test('may share a route table, whose routes are reported once', () => {
    const [route] = routedTo('NAT gateway').routeTable.routes;
    const routes = [route, ...['Other', 'Third'].map(id => ({ ...route, where: resourceOn(`Training/${id}`) }))];
    const shared = { routeTable: { id: 'rtb-1', routes, propagations: [] } };
    expect(
      lines(isolatedSubnets, [], {
        subnets: [subnet(shared), subnet(shared, 'Training/App/Network/IsolatedSubnet2')],
      }).map(line => line.split(' leads ')[0]),
    ).toEqual(['Training/Way', 'Training/Other', 'Training/Third']);
  });

  test('assign no public addresses', () => {
    expect(lines(isolatedSubnets, [], { subnets: [subnet({ publicIps: true }), subnet()] })).toEqual([
      `the isolated subnet ${OWN} gives its instances public addresses > leave MapPublicIpOnLaunch out`,
    ]);
  });
});

test.each([
  ['Training/App/Compute/Instance/Resource', 'Training/Vpc/IsolatedSubnet1'],
  ['Training/App/Compute/Instance/Resource', 'Training/Other/Network/IsolatedSubnet1'],
  ['Training/App/Compute/Instance/Resource', 'Training/App/Network/Vpc/PublicSubnet1/Subnet'],
  ['Training/Compute/Web/Resource', 'Training/Network/IsolatedSubnet1'],
  ['Training/App/Instance/Resource', OWN],
])('routes of others are legitimate: %s in %s', (workload, path) => {
  expect(
    lines(isolatedSubnets, [], {
      where: resourceOn(workload),
      subnets: [subnet({ ...routedTo('NAT gateway'), publicIps: true }, path)],
    }),
  ).toEqual([]);
  expect(
    lines(isolatedSubnets, [], {
      where: { ...resourceOn(workload), constructPath: undefined },
      subnets: [{ ...subnet(routedTo('NAT gateway')), where: undefined }],
    }),
  ).toEqual([]);
});

test('no workload has a public address, wherever it is', () => {
  const where = resourceOn('Training/Web', 'AWS::EC2::Instance');
  expect(lines(isolatedSubnets, [], { where, publicIp: true })).toEqual([
    'Training/Web gets a public address, so that the internet can be a way in and out > place it in subnets that assign no public addresses, and do not ask for one',
  ]);
  expect(lines(isolatedSubnets, [], { where })).toEqual([]);
});

describe('in a synthesized app', () => {
  /** What is said of an app with a route from the first subnet of the construct to an internet gateway. */
  function withWayOut(props: Partial<PrivateEc2S3AccessProps> = {}): string[] {
    return linesOf(
      isolatedSubnets,
      synthesizedStack(stack => {
        const { vpc } = quickStart(stack, { ...props, proveAtSynthesis: false });
        const {
          routeTable: { routeTableId },
        } = vpc.isolatedSubnets[0];
        new CfnRoute(stack, 'WayOut', {
          routeTableId,
          destinationCidrBlock: '0.0.0.0/0',
          gatewayId: new CfnInternetGateway(stack, 'Way').ref,
        });
      }),
    );
  }

  test('a route out of the network of the construct is found for an instance and a fleet', () => {
    const found = `Training/WayOut leads from the isolated subnet ${OWN} to the internet gateway igw-<Training.Way> for 0.0.0.0/0, allowed: routes to`;
    expect(withWayOut()).toEqual([expect.stringContaining(found)]);
    expect(withWayOut({ compute: Compute.fleet({ minCapacity: 1, maxCapacity: 2 }) })).toEqual([
      expect.stringContaining(found),
    ]);
  });

  test('a subnet that assigns public addresses gives the workload one', () => {
    const assembly = synthesizedStack(stack => {
      const app = quickStart(stack, { proveAtSynthesis: false });
      (app.node.findChild('Network').node.findChild('IsolatedSubnet1') as CfnSubnet).mapPublicIpOnLaunch = true;
    });
    expect(linesOf(isolatedSubnets, assembly).map(line => line.split(' > ')[0])).toEqual([
      `the isolated subnet ${OWN} gives its instances public addresses`,
      expect.stringMatching(/^Training\/App\/Compute\/Instance.* gets a public address/),
    ]);
  });
});
