import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { groupBy } from './permissions';
import { allow, allowThroughEndpoint, viaService } from './statements';
import { AccessList, AssetGrant } from '../access';
import { roleArnOf } from '../private';

/** The ARN of the one object that an asset is. */
export function assetArn({ asset }: AssetGrant): string {
  return asset.bucket.arnForObjects(asset.s3ObjectKey);
}

/**
 * What a role needs to read its assets: the object of each, and the key of their bucket where that has a key of its
 * own. The default key of a bootstrapped account, and the one that bootstrapping makes, let the account in by
 * themselves.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export function readAssets(list: AccessList, role: IRole): PolicyStatement[] {
  const grants = list.assetGrants.filter(grant => grant.role.node.path === role.node.path);
  const keys = grants.flatMap(
    ({ asset, encryptionKey }) => encryptionKey?.keyArn ?? asset.bucket.encryptionKey?.keyArn ?? [],
  );
  return [
    ...groupBy(grants, accountOf).map(group =>
      allow({
        sid: 'ReadAssets',
        actions: ['s3:GetObject'],
        resources: [...new Set(group.map(assetArn))],
        conditions: {
          StringEquals: { 'aws:ResourceAccount': accountOf(group[0]), 'aws:SourceVpce': list.vpcEndpointIds },
        },
      }),
    ),
    ...(keys.length === 0
      ? []
      : [
          allow({
            sid: 'UseKeysOfAssets',
            actions: ['kms:Decrypt'],
            resources: [...new Set(keys)],
            conditions: { StringEquals: { 'kms:ViaService': viaService('s3', grants[0].asset.bucket.env.region) } },
          }),
        ]),
  ];
}

/** What the endpoint lets through of it: the same objects, for their roles. */
export function readAssetsThroughEndpoint(list: AccessList): PolicyStatement[] {
  const organizationId = list.organization?.organizationId;
  return groupBy(list.assetGrants, grant => `${accountOf(grant)} ${grant.role.node.path}`).map(group =>
    allowThroughEndpoint({
      sid: 'ReadAssets',
      actions: ['s3:GetObject'],
      resources: [...new Set(group.map(assetArn))],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': roleArnOf(group[0].role) },
        StringEquals: {
          'aws:ResourceAccount': accountOf(group[0]),
          ...(organizationId && { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId }),
        },
      },
    }),
  );
}

function accountOf({ asset }: AssetGrant): string {
  return asset.bucket.env.account;
}
