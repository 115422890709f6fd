import { App } from 'aws-cdk-lib';
import { settingOf, WorldName, WORLDS } from '../policy-matrix/worlds';
import { agreementIn } from '../support/agreement';

/** Parts by hand, without an instance. */
const WITHOUT_WORKLOAD: readonly WorldName[] = ['access point of the account', 'access point behind an open endpoint'];

test.each(Object.keys(WORLDS) as WorldName[])('flow, proof and report decide alike: %s', name => {
  const { stack } = settingOf(name).stack as unknown as { readonly stack: { readonly node: { readonly root: App } } };
  const { compared, differences } = agreementIn(stack.node.root.synth().directory);
  expect(differences).toEqual([]);
  expect(compared > 0).toBe(!WITHOUT_WORKLOAD.includes(name));
});
