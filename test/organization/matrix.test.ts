import {
  ALL,
  Case,
  CREDENTIALS,
  EXEMPTIONS,
  NETWORKS,
  NOT_COVERED,
  RESOURCE_CONTROL,
  SERVICE_CONTROL,
  WORKLOAD,
} from './cases';
import { documentsOf } from './documents';
import { decided } from './world';
import { Guardrail } from '../../src';

const nameOf = ({ who, what, expect: expected, about }: Case) =>
  `${who}: ${what.action} on ${what.resource ?? '*'} ${JSON.stringify([what.owner, what.context])}: ${expected}${about === undefined ? '' : ` (${about})`}`;

describe.each([
  ['service control policies', SERVICE_CONTROL],
  ['protection of the workload', WORKLOAD],
  ['credentials of instances', CREDENTIALS],
  ['resource control policies', RESOURCE_CONTROL],
  ['what is not covered', NOT_COVERED],
  ['networks of the organization', NETWORKS],
  ['exemptions', EXEMPTIONS],
])('%s', (_, cases) => {
  test.each(cases.map((each): [string, Case] => [nameOf(each), each]))(
    '%s',
    (__, { who, what, attached, expect: expected }) => {
      const outcome = decided(who, what, attached);
      if (expected === 'allowed') {
        expect(outcome).toBe('allowed');
      } else {
        expect(outcome).toMatch(
          new RegExp(`^denied by statement ${expected} of the (service|resource) control policy`),
        );
      }
    },
  );
});

test('the matrix is large, and no case is in it twice', () => {
  expect(ALL.length).toBeGreaterThanOrEqual(80);
  expect(new Set(ALL.map(each => `${nameOf(each)} ${each.attached}`)).size).toBe(ALL.length);
});

test('every statement denies something in the matrix', () => {
  const statements = [
    ...documentsOf('SERVICE_CONTROL_POLICY'),
    ...documentsOf('RESOURCE_CONTROL_POLICY', { resourceControl: { requireOrganizationNetworks: Guardrail.on() } }),
  ].flatMap(({ Statement }) => Statement as ReadonlyArray<{ Sid: string }>);
  const denied = new Set(ALL.map(({ expect: expected }) => expected));

  expect(statements.map(({ Sid }) => Sid).filter(sid => !denied.has(sid))).toEqual([]);
});
