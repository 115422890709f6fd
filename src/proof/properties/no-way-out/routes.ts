import type { Property } from '../../property-check';

/** By what the routes lead to: the security groups say whether anything may take them. */
export const routes: Property = {
  id: 'no-way-out[routes]',
  decide: ({ space, fix, assume }) => {
    const { routesOut = [], unseenRouteTables = [], routeAssumptions = [] } = space.input;
    unseenRouteTables.forEach(subnet => assume(`the route table of ${subnet} leads nowhere else`));
    routeAssumptions.forEach(assume);
    return routesOut.flatMap(({ destination, leads, openBecause, subject }) =>
      openBecause === undefined
        ? []
        : [
            {
              request: `a packet of the workload to ${destination}`,
              decision: `${leads}, and ${openBecause}`,
              expected: 'no way out beside the endpoint',
              fix,
              subject,
            },
          ],
    );
  },
};
