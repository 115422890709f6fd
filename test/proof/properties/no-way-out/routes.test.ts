import type { ProofInput } from '../../../../src/proof';
import { quickStartInput } from '../../inputs';
import { resultOf } from '../../results';

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

test('holds where no route leads out', () => {
  expect(resultOf(quickStartInput(), ID).outcome).toBe('holds');
});

test('holds where the security groups let nothing take the route to a NAT gateway', () => {
  expect(resultOf(withRoute(), ID).outcome).toBe('holds');
});

test('is violated beside a route to a NAT gateway that traffic may take', () => {
  expect(resultOf(withRoute('a security group lets traffic to 0.0.0.0/0 out'), ID)).toMatchObject({
    outcome: 'violated',
    counterexamples: [{ decision: expect.stringMatching(/NAT gateway nat-1, and a security group lets/) }],
  });
});

test('assumes, by name, that a route table that is not in the assembly leads nowhere', () => {
  expect(resultOf({ ...quickStartInput(), unseenRouteTables: ['subnet-1'] }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: ['the route table of subnet-1 leads nowhere else'],
  });
});
