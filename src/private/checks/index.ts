export { checked, checkedOptions, checkedProps, checkedWith, pathOf } from './check';
export { isMarkedAs, markAs } from './classes';
export * from './constructs';
export { also, kind, optional } from './kind';
export type { Check, Fields, Kind, OptionalKind } from './kind';
export { ADDRESSES_OF_HOSTS, CONSTRUCT_ID, ENDPOINT_ID, EXACT_ROLE_ARN, IPV4_NETWORK, NO_HOSTS } from './names';
export { struct } from './struct';
export type { Rule } from './struct';
export * from './values';
