/** The families of properties: what is claimed of a workload. */
export type ClaimName =
  'works' | 'closed' | 'no-way-out' | 'encrypted' | 'bound' | 'not-locked-out' | 'guarded' | 'no-dead-statement';

/** What a claim means. */
export interface ClaimMetadata {
  /** What it means that all its properties hold. */
  readonly meaning: string;
  /** What it means that one does not. */
  readonly violated: string;
}

/** The claims, in the order in which they are told. */
export const CLAIM_METADATA = {
  works: {
    meaning: 'The role can do exactly what its access list says, through its endpoint, and nothing else.',
    violated: 'the role cannot do exactly what its access list says',
  },
  closed: {
    meaning: 'Without the endpoint nobody reaches an object, whatever their own policies allow, but for the exempt.',
    violated: 'somebody reaches the data or its logs beside the intended path',
  },
  'no-way-out': {
    meaning:
      "No bucket outside the accounts of the data buckets is reachable through the endpoint, with anybody's " +
      'credentials.',
    violated: 'data can be taken to a bucket outside the accounts of the data buckets',
  },
  encrypted: {
    meaning: 'No plain text, no old TLS, no other key or encryption.',
    violated: 'a request with old or no TLS, or with another encryption, gets through',
  },
  bound: {
    meaning: "The role's credentials are useless in another VPC, at another address and on the internet.",
    violated: 'credentials of the role are of use outside the instance that they were issued to',
  },
  'not-locked-out': {
    meaning: 'At no moment of a deployment does a Deny hit CloudFormation, administrators or root.',
    violated: 'a policy locks CloudFormation, administrators or root out',
  },
  guarded: {
    meaning:
      'Guardrails of the organization in the same assembly let CloudFormation deploy the workload, leave no ' +
      'hole, and lock no administrator out.',
    violated: 'the guardrails of the organization stop a deployment, lock administrators out or leave a hole',
  },
  'no-dead-statement': {
    meaning: 'Each statement changes some decision of its policy.',
    violated: 'a statement changes no decision of its policy',
  },
} as const satisfies Readonly<Record<ClaimName, ClaimMetadata>>;
