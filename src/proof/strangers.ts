/** An account that has nothing to do with the workload. */
export const EXTERNAL_ACCOUNT = '999900001111';

/** A VPC that is not the workload's. */
export const OTHER_VPC = 'vpc-other';

/** The address of the instance that the credentials were issued to. */
export const ADDRESS = '10.0.0.10';

/** The address of another instance. */
export const OTHER_ADDRESS = '10.0.0.99';

/** An address of the internet. */
export const PUBLIC_ADDRESS = '203.0.113.9';
