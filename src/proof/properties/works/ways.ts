import { narrowed, narrowedToUsual, NETWORK, Dimension, PRINCIPAL, RequestClass } from '../../candidate-request';
import { GOOD_TRANSPORTS, HEADERS } from '../../dimensions';
import type { PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** The dimensions of the workload's own requests, for each endpoint. */
export function ways(space: RequestSpace): ReadonlyArray<readonly Dimension[]> {
  const known = new Set([
    'transport',
    ...HEADERS,
    PRINCIPAL,
    NETWORK,
    'credentials',
    ...space.affiliations.map(({ name }) => name),
  ]);
  const good = narrowed(space.dimensions(), 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
  const usual = narrowedToUsual(good, ({ name }) => name === NETWORK || name === 'transport' || !known.has(name));
  return space.input.endpoints.map(({ id }) =>
    narrowed(usual, NETWORK, ({ network }) => network?.endpointId === id && network.fromElsewhere !== true),
  );
}

/** The network of a way. */
export function networkOn(way: readonly Dimension[]): Record<string, RequestClass> {
  return Object.fromEntries(
    way.filter(({ name }) => name === NETWORK).map(({ name, classes: [requestClass] }) => [name, requestClass]),
  );
}

/** What is not in the assembly is taken to let the workload through. */
export function assumeLetIn({ space, assume }: PropertyCheck): void {
  const { endpoints, buckets } = space.input;
  endpoints
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ id }) => assume(`the policy of ${id} lets the workload through`));
  buckets
    .filter(({ policy }) => policy === 'unknown')
    .forEach(({ arn }) => assume(`the policy of ${arn} lets the workload in`));
}
