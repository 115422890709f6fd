import type { ProofInput } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';

const ID = 'no-way-out[routes]';
const route = {
  destination: '0.0.0.0/0',
  leads: 'Default sends 0.0.0.0/0 to the NAT gateway nat-1',
  subject: 'Default',
};
const withRoute = (openBecause?: string): ProofInput => ({
  ...quickStartInput(),
  routesOut: [{ ...route, openBecause }],
});

holdsFor(ID, { 'the quick start': quickStartInput(), 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStartInput());

test('holds where the security groups let nothing take the route to a NAT gateway', () => {
  expect(resultOf(withRoute(), ID).outcome).toBe('holds');
});

isViolatedWhere(ID, [
  [
    'a route to a NAT gateway that traffic may take',
    withRoute('a security group lets traffic to 0.0.0.0/0 out'),
    {
      request: 'a packet of the workload to 0.0.0.0/0',
      decision: /NAT gateway nat-1, and a security group lets/,
      expected: 'no way out beside the endpoint',
      subject: 'Default',
    },
  ],
  [
    'a route to somebody else that traffic may take, beside one that it may not',
    {
      ...withRoute(),
      routesOut: [
        route,
        {
          destination: '10.9.0.0/16',
          leads: 'Peer sends 10.9.0.0/16 to the peering connection pcx-1',
          openBecause: 'the security group lets it',
          subject: 'Peer',
        },
      ],
    },
    {
      request: 'a packet of the workload to 10.9.0.0/16',
      decision: 'Peer sends 10.9.0.0/16 to the peering connection pcx-1, and the security group lets it',
      expected: 'no way out beside the endpoint',
      subject: 'Peer',
    },
  ],
]);

test('assumes, by name, that a route table that is not in the assembly leads nowhere', () => {
  expect(resultOf({ ...quickStartInput(), unseenRouteTables: ['subnet-1'] }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: ['the route table of subnet-1 leads nowhere else'],
  });
});
