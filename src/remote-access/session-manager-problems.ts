import { Stack } from 'aws-cdk-lib';
import { IInterfaceVpcEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { RemoteAccessPlace } from './remote-access-context';
import { sessionLogBucketProblems } from './session-log-bucket';
import { SessionManagerOptions } from './session-manager-options';
import { knownAddressProblems } from '../endpoint';
import { Problem, isConcrete, otherRegionProblems, unless } from '../private';

/** What is wrong with Session Manager in its place, before anything is made there. */
export function sessionManagerProblems(
  options: SessionManagerOptions,
  { scope, s3Regions, vpc }: RemoteAccessPlace,
): Problem[] {
  const stack = Stack.of(scope);
  return [
    ...otherRegionProblems('remoteAccess.encryptionKey', options.encryptionKey, stack.region),
    ...logGroupProblems(options, stack),
    ...sessionLogBucketProblems(s3Regions, options, stack),
    ...(vpc === undefined ? [] : existingProblems(vpc, options)),
  ];
}

/** The agent writes to the log groups of its own account and Region. */
function logGroupProblems({ logGroup }: SessionManagerOptions, { account, region }: Stack): Problem[] {
  const differs = (there: string | undefined, here: string) => isConcrete(there) && isConcrete(here) && there !== here;
  const [, , , there, owner] = isConcrete(logGroup?.logGroupArn) ? logGroup.logGroupArn.split(':') : [];
  return unless(!differs(there, region) && !differs(owner, account), {
    prop: 'remoteAccess.logGroup',
    got: logGroup,
    allowed: `a log group of the account ${account} in ${region}: sessions are logged nowhere else`,
    fix: 'use one there, and send it on with a subscription',
  });
}

function existingProblems(vpc: IVpc, { endpoints = {} }: SessionManagerOptions): Problem[] {
  return Object.entries(endpoints).flatMap(([name, endpoint]: [string, IInterfaceVpcEndpoint | undefined]) =>
    endpoint === undefined
      ? []
      : knownAddressProblems(
          `remoteAccess.endpoints.${name}`,
          endpoint,
          vpc,
          'InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes',
        ),
  );
}
