import { Stack } from 'aws-cdk-lib';
import { IPeer, ISecurityGroup, Peer, Port, PrefixList, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { reportOn } from './support';
import { PrivateEc2S3Access } from '../../src';
import { IRELAND, workload } from '../support/resources';
import { validated } from '../support/validated';

const CLEAN = { error: undefined, violations: [], suppressed: [] };

type Source = (stack: Stack, app: PrivateEc2S3Access) => IPeer | ISecurityGroup;

const list = (stack: Stack, ...ranges: readonly string[]) =>
  new PrefixList(stack, 'List', { entries: ranges.map(cidr => ({ cidr })) });

const define = (source: Source) => (stack: Stack) => {
  const app = workload(stack);
  app.connections.allowFrom(source(stack, app), Port.tcp(8080), 'from the load balancer');
};

function control(source: Source): { readonly standing: string; readonly note: string } {
  const { controls } = reportOn(define(source));
  const found = controls.find(({ title }) => title === 'Nothing comes in from the internet');
  return found as unknown as { readonly standing: string; readonly note: string };
}

const INTENDED: ReadonlyArray<readonly [string, Source]> = [
  ['a load balancer', (stack, { vpc }) => new SecurityGroup(stack, 'Balancer', { vpc })],
  ['the networks of a company', () => Peer.ipv4('10.20.0.0/16')],
  ['a public range of a company', () => Peer.ipv4('198.51.100.0/24')],
  ['a list of public ranges', stack => Peer.prefixList(list(stack, '198.51.100.0/24', '203.0.113.7/32').prefixListId)],
];

test.each(INTENDED)('what a server lets in on purpose is said, and meets the control: %s', (_, source) => {
  expect(JSON.stringify(control(source))).toMatch(/intended: rules let in /);
  expect(validated(app => define(source)(new Stack(app, 'Training', { env: IRELAND })))).toEqual(CLEAN);
});

const OPEN: ReadonlyArray<readonly [string, Source]> = [
  ['everybody', () => Peer.anyIpv4()],
  ['everybody over IPv6', () => Peer.anyIpv6()],
  ['half of the internet', () => Peer.ipv4('128.0.0.0/1')],
  ['a list that holds the internet', stack => Peer.prefixList(list(stack, '0.0.0.0/1', '128.0.0.0/1').prefixListId)],
];

test.each(OPEN)('the internet is said to get in: %s', (_, source) => {
  expect(JSON.stringify(control(source))).toMatch(/rules let the internet in/);
});
