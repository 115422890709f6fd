export { checked, checkedOptions, checkedProps, checkedWith, pathOf } from './check';
export { markAs } from './classes';
export * from './constructs';
export { also, kind, optional } from './kind';
export type { Check, Fields, Kind, OptionalKind } from './kind';
export { CONSTRUCT_ID, ENDPOINT_ID, EXACT_ROLE_ARN } from './names';
export { struct } from './struct';
export type { Rule } from './struct';
export * from './values';
