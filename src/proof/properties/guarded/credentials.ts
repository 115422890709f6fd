import { ofIdentities, withoutGuardrailOn } from './guardrails';
import { CHOSEN_ENDPOINTS, unlessSpared } from './spared-by-choice';
import { Dimension, narrowed, NETWORK, PRINCIPAL } from '../../candidate-request';
import { CREDENTIALS } from '../../dimensions';
import { about, allDenied, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

const KEYS = ['aws:Ec2InstanceSourceVpc', 'ec2:SourceInstanceARN'];

export const credentials: Property = {
  id: 'guarded[credentials]',
  inapplicable: space => withoutGuardrailOn(space, ofIdentities(space), KEYS),
  decide: check => {
    const { space } = check;
    const dimensions = unlessSpared(check, ofIdentities(space), KEYS, stolen(space), CHOSEN_ENDPOINTS);
    const { account } = space.input;
    const target = { words: 'the account', arn: '*', account, ...space.organizationOf(account) };
    const found = first(['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'ssm:GetParameter'], action =>
      allDenied(check, { action, target, dimensions }, space.authorizers.guardrails()),
    );
    return about(space.input.name, found);
  },
};

/** Credentials of the instance, on the internet and in another VPC. */
function stolen(space: RequestSpace): readonly Dimension[] {
  const ofWorkload = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const elsewhere = narrowed(
    ofWorkload,
    NETWORK,
    ({ network }) => network?.kind === 'internet' || network?.kind === 'other VPC',
  );
  return narrowed(
    elsewhere,
    CREDENTIALS,
    ({ parts: { credentials: issued } }) =>
      issued?.instance?.instanceArn !== undefined && issued.instance.vpcId === space.input.endpoints[0]?.vpcId,
  );
}
