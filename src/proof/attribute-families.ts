/** Keys whose values are of one kind, so that a policy variable may compare one with the other. */
export const FAMILIES = {
  accounts: keySet(
    'aws:PrincipalAccount kms:CallerAccount aws:ResourceAccount s3:ResourceAccount aws:VpceAccount aws:SourceAccount ' +
      's3:DataAccessPointAccount',
  ),
  principals: keySet('aws:PrincipalArn'),
  organizations: keySet('aws:PrincipalOrgID aws:ResourceOrgID aws:VpceOrgID aws:SourceOrgID'),
  paths: keySet('aws:PrincipalOrgPaths aws:ResourceOrgPaths aws:VpceOrgPaths aws:SourceOrgPaths'),
  services: keySet('aws:PrincipalServiceName aws:PrincipalServiceNamesList'),
  callers: keySet('aws:CalledVia aws:CalledViaFirst aws:CalledViaLast'),
  vpcs: keySet('aws:SourceVpc aws:Ec2InstanceSourceVpc'),
  vpcArns: keySet('aws:SourceVpcArn'),
  endpoints: keySet('aws:SourceVpce'),
  accessPoints: keySet('s3:DataAccessPointArn'),
  privateAddresses: keySet('aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4'),
  publicAddresses: keySet('aws:SourceIp'),
} as const;

/** One kind of values. */
export type Family = keyof typeof FAMILIES;

/** The names of keys, in lower case. */
export function keySet(names: string): ReadonlySet<string> {
  return new Set(names.toLowerCase().split(' '));
}
