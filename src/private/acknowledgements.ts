import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A finding of a public scanner that is accepted, with the reason why. */
export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/** Records on a construct, and on nothing else, that a finding is accepted and why. */
export function acknowledge(construct: IConstruct, ...acknowledgements: Acknowledgement[]): void {
  Validations.of(construct).acknowledge(...acknowledgements);
}
