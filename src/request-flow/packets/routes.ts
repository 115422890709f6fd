import { ofFamily, overlaps, S3_ADDRESSES, SHORTEST_OF_S3, Span, spansIn } from './addresses';
import { nameOf, RouteModel, SubnetModel } from '../../cloudformation';
import type { IpRange } from '../../iam';
import { broken, fine, FlowCheck } from '../model';

/** The ranges that a route is for, as far as they are written out. */
export function destinationOf({ destination, list }: RouteModel): IpRange[] {
  return spansIn(list === undefined ? [destination] : list.ranges);
}

/** Whether a route is for ranges that are known at deployment only. */
export function isUnknownDestination(route: RouteModel): boolean {
  const { list } = route;
  return list === undefined ? destinationOf(route).length === 0 : list.kind !== 'listed';
}

/**
 * Whether packets to addresses of S3 take a route where the table has one for the prefix list of S3, too: the more
 * specific one is taken, and of two for the same range the one that is not for a list.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function isBeforeS3List(range: IpRange): boolean {
  return range.bits >= SHORTEST_OF_S3[range.family] && S3_ADDRESSES.some(each => overlaps(each, range));
}

/** What takes packets to S3 away from a gateway endpoint. */
export function takingOver({ routeTable }: SubnetModel, family: Span['family']): FlowCheck[] {
  const { routes = [], propagations = [] } = routeTable ?? {};
  const taken = routes
    .filter(({ target }) => target !== 'local')
    .filter(route => ofFamily(destinationOf(route), family).some(isBeforeS3List))
    .map(route =>
      broken(
        route.where,
        `${nameOf(route.where)} sends ${route.destination}, where S3 has addresses, to the ${route.target} ` +
          `${route.targetId}: it is more specific than the prefix list of the gateway endpoint`,
        'remove the route, or make it less specific than the prefix list of S3',
      ),
    );
  const announced = propagations.map(({ where, from }) =>
    fine(where, `${nameOf(where)} adds the routes of the ${from} to the table`, [
      `the ${from} announces no range that is more specific than the prefix list of S3`,
    ]),
  );
  return [...taken, ...announced];
}
