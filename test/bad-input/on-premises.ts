import { Role } from 'aws-cdk-lib/aws-iam';
import { BadInput, line } from './bad-input';
import {
  BucketAccess,
  OnPremisesAccess,
  OnPremisesAccessOptions,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { IRELAND, OTHER_ACCOUNT, newStack, workload } from '../support/resources';

const FACTORY = 'OnPremisesAccess.fromRole';
const APP = 'Training/App';
const ACCESS = { UserData: [BucketAccess.writeOnly('in/')] };
const NETWORKS = ['192.168.0.0/16'];
const arn = (account: string) => `arn:aws:iam::${account}:role/Uploader`;

function options(name: string, given: Partial<OnPremisesAccessOptions>, ...error: string[]): BadInput {
  const act = () =>
    OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Uploader', arn(OTHER_ACCOUNT)), {
      networks: NETWORKS,
      access: ACCESS,
      ...given,
    });
  return { name, act, error };
}

function place(name: string, props: Partial<PrivateEc2S3AccessProps>, ...error: (string | RegExp)[]): BadInput {
  return {
    name,
    act: () => workload(newStack(IRELAND), { s3Endpoint: S3EndpointMode.gatewayAndInterface(), ...props }),
    error,
  };
}

const uploader = (access = ACCESS, account = IRELAND.account) =>
  OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(IRELAND), 'Uploader', arn(account)), {
    networks: NETWORKS,
    access,
  });
const network = (name: string, value: string) =>
  options(
    `an on-premises network that is ${name}`,
    { networks: [value] },
    line(
      FACTORY,
      'networks',
      JSON.stringify(value),
      'IPv4 CIDRs that are not the whole internet',
      "name the network, such as '192.168.0.0/16'",
    ),
  );
const own = Role.fromRoleArn(newStack(IRELAND), 'Worker', arn(IRELAND.account));

/** Roles of on-premises networks that no way leads for, or that ask for too much. */
export const ON_PREMISES: readonly BadInput[] = [
  network('everywhere', '0.0.0.0/0'),
  network('an address', '192.168.0.1'),
  network('of IPv6', 'fd00::/8'),
  network('a name', 'data-centre'),
  options(
    'no on-premises network',
    { networks: [] },
    line(FACTORY, 'networks', 'an empty list', 'one network or more', "name it, such as '192.168.0.0/16'"),
  ),
  options(
    'no data bucket for an on-premises network',
    { access: {} },
    line(
      FACTORY,
      'access',
      'an empty map',
      'one data bucket or more',
      'add one, such as { UserData: [BucketAccess.writeOnly()] }',
    ),
  ),
  options(
    'no access for an on-premises network',
    { access: { UserData: [] } },
    line(
      FACTORY,
      'access.UserData',
      'an empty list',
      'one BucketAccess or more',
      'add BucketAccess.readOnly(), writeOnly() or readWrite()',
    ),
  ),
  place(
    'an on-premises network without an interface endpoint',
    { s3Endpoint: S3EndpointMode.gateway(), onPremises: { Uploads: uploader() } },
    line(
      APP,
      'onPremises',
      '"Uploads"',
      'nobody without an interface endpoint that is made here: no other way leads to S3 from on-premises networks',
      'use S3EndpointMode.gatewayAndInterface()',
    ),
  ),
  place(
    'an on-premises network for a bucket that is not there',
    { onPremises: { Uploads: uploader({ ...ACCESS, ...{ Other: ACCESS.UserData } }) } },
    line(APP, 'onPremises.Uploads.access', '"Other"', 'UserData', 'name a key of dataBuckets'),
  ),
  place(
    'an on-premises role of another account',
    { onPremises: { Uploads: uploader(ACCESS, OTHER_ACCOUNT) } },
    line(
      APP,
      'onPremises.Uploads',
      'Training/Uploader',
      `a role of the account ${IRELAND.account}`,
      'make a role in this account for the networks, such as one for IAM Roles Anywhere',
    ),
  ),
  place(
    'an on-premises role twice',
    { onPremises: { One: uploader(), Two: uploader() } },
    line(
      APP,
      'onPremises.Two',
      'Training/Uploader',
      'each role once, and One has this one',
      'add its networks and its access to One',
    ),
  ),
  place(
    'the role of the workload as an on-premises role',
    { role: own, onPremises: { Own: OnPremisesAccess.fromRole(own, { networks: NETWORKS, access: ACCESS }) } },
    line(
      APP,
      'onPremises.Own',
      'Training/Worker',
      'another role than that of the workload, whose credentials are for its instances',
      'make a role for the networks',
    ),
  ),
  place(
    'an on-premises key with a slash',
    { onPremises: { 'a/b': uploader() } },
    line(APP, 'onPremises', '"a/b"', 'construct ids of letters, digits and any of _.- as keys', 'rename the key'),
  ),
  place(
    'a role in the place of an OnPremisesAccess',
    { onPremises: { Uploads: own as unknown as OnPremisesAccess } },
    line(APP, 'onPremises.Uploads', 'Training/Worker', 'an OnPremisesAccess', 'make it with OnPremisesAccess.fromRole'),
  ),
];
