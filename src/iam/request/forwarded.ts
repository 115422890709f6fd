import type { ContextValue, RequestParts } from './parts';

/** The host name by which KMS knows a service of a Region: the KMS guide has this suffix for every partition. */
export function viaService(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com`;
}

/** An object that S3 encrypts or decrypts, and how. */
export interface EncryptedObject {
  readonly region: string;
  readonly bucketArn: string;
  readonly objectArn: string;
  /** Whether the bucket has a key of its own between that of KMS and those of the objects. */
  readonly bucketKey: boolean;
}

/**
 * What S3 says when it asks AWS KMS with the caller's credentials: the request comes from S3 itself, so it carries
 * nothing of the caller's network.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
export function byS3({ region, bucketArn, objectArn, bucketKey }: EncryptedObject): RequestParts {
  const parameters: Record<string, ContextValue> = {
    'kms:EncryptionContext:aws:s3:arn': bucketKey ? bucketArn : objectArn,
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
  };
  return {
    network: { source: {} },
    callerChain: { forwarding: { viaService: viaService('s3', region) } },
    channel: { authType: undefined, signatureVersion: undefined },
    parameters,
  };
}
