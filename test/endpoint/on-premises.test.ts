import { Stack } from 'aws-cdk-lib';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { PerimeterExemption, S3EndpointMode } from '../../src';
import { workload } from '../support/resources';
import { validatedStack } from '../support/validated';

const ROLE = 'arn:aws:iam::111122223333:role/OnPremises';

/** A workload whose endpoints let a role of on-premises networks through; the bucket may exempt it. */
function opened(stack: Stack, through: string, exempt: string[]): void {
  const app = workload(stack, {
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    perimeterExemptions: exempt.map(roleArn => PerimeterExemption.roleArn(roleArn)),
  });
  app.s3Endpoint.interfaceEndpoint?.connections.allowFrom(Peer.ipv4('192.168.0.0/16'), Port.tcp(443));
  app.s3Endpoint.addToPolicy(
    new PolicyStatement({
      sid: 'OnPremises',
      principals: [new StarPrincipal()],
      actions: ['s3:GetObject'],
      resources: [app.dataBucket('UserData').arnForObjects('*')],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': through },
        StringEquals: { 'aws:ResourceAccount': stack.account },
      },
    }),
  );
}

const rules = (through: string, exempt: string[]) =>
  validatedStack(stack => opened(stack, through, exempt)).violations.map(({ ruleName }) => ruleName);

describe('the three locks of an on-premises network', () => {
  test('are proven, when all three are open for the same role', () => expect(rules(ROLE, [ROLE])).toEqual([]));

  test('fail the proof, when the endpoint lets a role through that the bucket does not exempt', () => {
    expect(rules(ROLE, [])).toContain('closed[endpoint-to-others]');
  });

  test('fail the proof, when the endpoint lets another role through than the bucket exempts', () => {
    expect(rules('arn:aws:iam::111122223333:role/Another', [ROLE])).toContain('closed[endpoint-to-others]');
  });
});
