import type { Who } from './world';
import type { PolicyJson } from '../../src/iam';
import type { DeployedStack } from '../support/deployed';

/** A bucket or a key, as the policies know it. */
export interface Thing {
  readonly arn: string;
  /** The account that owns it; the workload's unless it is said otherwise. */
  readonly account?: string;
  readonly policy?: PolicyJson;
}

/** An endpoint that the stack does not make. */
export interface ExistingEndpoint {
  readonly id: string;
  readonly kind: 'gateway' | 'interface';
  readonly policy: PolicyJson;
  /** The VPC of the endpoint, if it is not the workload's. */
  readonly vpc?: string;
}

/** A deployed stack, and what stands around it. */
export interface Setting {
  readonly stack: DeployedStack;
  /** The ARNs of roles: the workload's where it is not the only one of the stack. */
  readonly roles?: Partial<Record<Who, string>>;
  /** The policies of roles that may not do everything. */
  readonly policies?: Partial<Record<Who, PolicyJson[]>>;
  /** The permissions boundary of the workload's role. */
  readonly boundary?: PolicyJson;
  /** The existing endpoints of services by the first part of their actions. */
  readonly endpoints?: Readonly<Record<string, ExistingEndpoint>>;
  readonly buckets?: Readonly<Record<string, Thing>>;
  readonly kmsKeys?: Readonly<Record<string, Thing>>;
  /** Keys of objects that the cases cannot know, by the name that stands for them there. */
  readonly names?: Readonly<Record<string, string>>;
  /** The Region whose S3 is reached. */
  readonly region?: string;
}

/** The options that a setting is made with, and how. */
export interface WorldOf {
  readonly options: readonly string[];
  readonly setting: () => Setting;
}
