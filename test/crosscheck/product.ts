import { EXEMPT, PolicyWorld } from './policy-sets';
import type { QuestionName } from './questions';
import type { ProductRequest } from './smt-counterexample';
import { WORLD } from './smt-request';
import { arnMatch, isAccessPoint, isObject } from '../../src/iam';
import type { Authorizer } from '../../src/proof/authorizers';
import {
  CandidateRequest,
  Dimension,
  Exception,
  narrowed,
  NETWORK,
  networkOf,
  PRINCIPAL,
  principalOf,
  RequestPrincipal,
  requestOf,
  Target,
} from '../../src/proof/candidate-request';
import { targetClasses } from '../../src/proof/classes';
import { CounterexampleSearch } from '../../src/proof/counterexample-search';
import type { ProofInput } from '../../src/proof/proof-input';
import { RequestSpace } from '../../src/proof/request-space';

/** What the proof says to a question. */
export type ProductAnswer =
  | { readonly answer: 'holds' }
  | { readonly answer: 'violated'; readonly request: ProductRequest }
  | { readonly answer: 'not proven'; readonly reason: string };

/** Asks the proof: the only place that knows how. */
export function askProduct(name: QuestionName, world: PolicyWorld): ProductAnswer {
  const space = new RequestSpace(inputOf(world));
  const { targets, dimensions, authorizer, action, except } = ASKED[name](space, world);
  const search = new CounterexampleSearch();
  for (const target of targetClasses(targets, authorizer.documents)) {
    const found = search.firstAllowed({ action, target, dimensions }, authorizer, except && [except]);
    if (found !== undefined) {
      return { answer: 'violated', request: seen(found.candidate) };
    }
  }
  const [undecided] = space.values.undecided;
  return undecided === undefined ? { answer: 'holds' } : { answer: 'not proven', reason: undecided };
}

interface Asked {
  readonly targets: readonly Target[];
  readonly dimensions: readonly Dimension[];
  readonly authorizer: Authorizer;
  readonly action: string;
  readonly except?: Exception;
}

const ASKED: Readonly<Record<QuestionName, (space: RequestSpace, world: PolicyWorld) => Asked>> = {
  objects: (space, { actions }) => {
    const [bucket] = space.input.buckets;
    return {
      targets: space.objects(bucket),
      dimensions: space.dimensions(),
      authorizer: space.authorizers.resource(space.holding(bucket)),
      action: actions.object,
      except: {
        dimensions: {
          [PRINCIPAL]: ({ principal }) => [isWorkload(principal), isExempt(principal)],
          [NETWORK]: ({ network }) => network?.endpointId === WORLD.endpoint,
        },
        holds: candidate =>
          isExempt(principalOf(candidate)) || (isWorkload(principalOf(candidate)) && throughOurs(candidate)),
      },
    };
  },
  strangers: (space, { actions }) => ({
    targets: space.foreign().filter(({ arn }) => isObject(arn) && !isAccessPoint(arn)),
    dimensions: narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => isWorkload(principal)),
    authorizer: space.authorizers.workload(undefined, 'a stranger'),
    action: actions.stranger,
  }),
  key: (space, { actions }) => {
    const [key] = space.input.keys;
    return {
      targets: [space.key(key)],
      dimensions: space.keyDimensions(key),
      authorizer: space.authorizers.resource(key.policy === 'unknown' ? undefined : key.policy, 'key'),
      action: actions.key,
      except: {
        dimensions: { [PRINCIPAL]: ({ principal }) => isWorkload(principal) },
        holds: candidate => isWorkload(principalOf(candidate)),
      },
    };
  },
};

function inputOf(world: PolicyWorld): ProofInput {
  const { account, partition, region } = WORLD;
  return {
    name: 'App',
    partition,
    region,
    account,
    role: { arn: WORLD.role, policies: [world.role], boundary: world.boundary, tags: world.tags },
    endpoints: [{ id: WORLD.endpoint, kind: 'gateway', vpcId: WORLD.vpc, policy: world.endpoint, exclusive: true }],
    buckets: [{ arn: WORLD.bucket, account, policy: world.bucket, exclusive: world.exclusive }],
    keys: [{ arn: WORLD.key, account, policy: world.key, exclusive: true }],
    serviceControlPolicies: world.serviceControl,
    resourceControlPolicies: world.resourceControl,
  };
}

function seen(candidate: CandidateRequest): ProductRequest {
  return { view: requestOf(candidate), throughOurs: throughOurs(candidate) };
}

function throughOurs(candidate: CandidateRequest): boolean {
  return networkOf(candidate).endpointId === WORLD.endpoint;
}

function isWorkload(principal: RequestPrincipal | undefined): boolean {
  return principal?.arn === WORLD.role;
}

function isExempt(principal: RequestPrincipal | undefined): boolean {
  return principal?.arn !== undefined && arnMatch(EXEMPT, principal.arn);
}
