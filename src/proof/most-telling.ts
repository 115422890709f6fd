import type { Authorizer } from './authorizers';
import { Dimension, Exception, NETWORK, PRINCIPAL, RequestClass, RequestPrincipal } from './candidate-request';
import type { CounterexampleSearch, RequestSlice, Ruling } from './counterexample-search';
import { impossibleAmong } from './impossible';

/** Whose request says the most, first. */
const TELLING: ReadonlyArray<(principal: RequestPrincipal) => boolean> = [
  ({ throughCloudFormation: passedOn }) => passedOn === true,
  ({ kind }) => kind === 'workload',
  ({ kind }) => kind === 'identity',
  ({ kind }) => kind === 'anonymous',
  ({ kind }) => kind === 'root',
];

/**
 * Of the requests that are let through like one that was found, the one that says the most: everything is as usual that
 * does not matter, and who asks from where is somebody whom a reader knows.
 */
export function mostTelling(
  found: Ruling,
  { action, target, dimensions }: RequestSlice,
  search: CounterexampleSearch,
  authorizer: Authorizer,
  excepted: readonly Exception[],
): Ruling {
  const exceptions = [...excepted, ...impossibleAmong(dimensions, action)];
  const tried = (classes: readonly RequestClass[]): Ruling | undefined => {
    const candidate = { action, target, classes };
    const decision = search.decide(candidate, authorizer);
    return decision.verdict === 'Allowed' && !exceptions.some(({ holds }) => holds(candidate))
      ? { candidate, decision }
      : undefined;
  };
  let best = found;
  dimensions.forEach(({ name, classes: [usual] }, at) => {
    const { classes } = best.candidate;
    if (name !== PRINCIPAL && name !== NETWORK && classes[at] !== usual) {
      best = tried(classes.map((each, index) => (index === at ? usual : each))) ?? best;
    }
  });
  const [who, where] = [PRINCIPAL, NETWORK].map(name => dimensions.findIndex(each => each.name === name));
  const pairs = inOrder(dimensions[who]).flatMap(principal =>
    classesOf(dimensions[where]).map(network => ({ principal, network })),
  );
  for (const { principal, network } of pairs) {
    const better = tried(
      best.candidate.classes.map((each, at) => (at === who ? principal : at === where ? network : each)),
    );
    if (better !== undefined) {
      return better;
    }
  }
  return best;
}

function inOrder(dimension: Dimension | undefined): readonly RequestClass[] {
  const rank = ({ principal }: RequestClass) => {
    const at = principal === undefined ? -1 : TELLING.findIndex(fits => fits(principal));
    return at <= 0 ? TELLING.length - at : at;
  };
  return [...classesOf(dimension)].sort((one, other) => rank(one) - rank(other));
}

function classesOf(dimension: Dimension | undefined): readonly RequestClass[] {
  return dimension?.classes ?? [];
}
