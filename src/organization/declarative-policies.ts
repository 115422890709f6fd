import { DeclarativeEc2Guardrails } from './declarative-ec2-guardrails';

/** A setting of a declarative policy. */
const assign = (value: string) => ({ '@@assign': value });

/**
 * The declarative policy for EC2; `undefined` where everything is off.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export function declarativeEc2Policy(guardrails: DeclarativeEc2Guardrails): object | undefined {
  const { exceptionMessage, imageBlockPublicAccess, snapshotBlockPublicAccess, vpcBlockPublicAccess } = guardrails;
  const { instanceMetadataDefaults, instanceMetadataHopLimit = 1 } = guardrails;
  const attributes = {
    ...unlessOff(imageBlockPublicAccess, { image_block_public_access: { state: assign('block_new_sharing') } }),
    ...unlessOff(instanceMetadataDefaults, { instance_metadata_defaults: instanceMetadata(instanceMetadataHopLimit) }),
    ...unlessOff(snapshotBlockPublicAccess, { snapshot_block_public_access: { state: assign('block_all_sharing') } }),
    ...unlessOff(vpcBlockPublicAccess, { vpc_block_public_access: { internet_gateway_block: vpcBlock() } }),
  };
  const message = exceptionMessage === undefined ? {} : { exception_message: assign(exceptionMessage) };
  return Object.keys(attributes).length === 0 ? undefined : { ec2_attributes: { ...message, ...attributes } };
}

/** A guardrail is on where nothing is said. */
function unlessOff(isOn: boolean | undefined, attributes: object): object {
  return isOn === false ? {} : attributes;
}

function instanceMetadata(hopLimit: number): object {
  return {
    http_endpoint: assign('enabled'),
    http_put_response_hop_limit: assign(String(hopLimit)),
    http_tokens: assign('required'),
  };
}

function vpcBlock(): object {
  return { exclusions_allowed: assign('disabled'), mode: assign('block_bidirectional') };
}

/**
 * The policy for S3 that blocks public access to every bucket of the accounts, with all four settings.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html
 */
export function s3BlockPublicAccessPolicy(): object {
  return { s3_attributes: { public_access_block_configuration: assign('all') } };
}
