import { contains, NEVER_OF_S3, ofFamily, overlaps, S3_ADDRESSES, Span, spansIn } from './addresses';
import { DYNAMODB_RANGES, S3_RANGES, SHORTEST_OF_S3 } from './s3-ranges';
import { nameOf, RouteModel, SubnetModel } from '../../cloudformation';
import type { IpRange } from '../../iam';
import { broken, fine, FlowCheck } from '../model';

/** The ranges that a route is for, as far as they are written out. */
export function destinationOf({ destination, list }: RouteModel): IpRange[] {
  switch (list?.kind) {
    case 'S3':
      return spansIn(S3_RANGES);
    case 'of another service':
      return spansIn(DYNAMODB_RANGES);
    default:
      return spansIn(list === undefined ? [destination] : list.ranges);
  }
}

/** Whether a route is for ranges that are known at deployment only. */
export function isUnknownDestination(route: RouteModel): boolean {
  const { list } = route;
  return list === undefined ? destinationOf(route).length === 0 : list.kind === 'unknown';
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
export function takingOver({ routeTable }: SubnetModel, family: Span['family'], ranges: readonly Span[]): FlowCheck[] {
  const { routes = [], propagations = [] } = routeTable ?? {};
  const out = routes.filter(({ target }) => target !== 'local');
  const taken = out
    .filter(route => ofFamily(destinationOf(route), family).some(isBeforeS3List))
    .map(route =>
      broken(
        route.where,
        `${nameOf(route.where)} sends ${route.destination}, where S3 has addresses, to the ${route.target} ` +
          `${route.targetId}: it is more specific than the prefix list of the gateway endpoint`,
        'remove the route, or make it less specific than the prefix list of S3',
      ),
    );
  const unsure = out
    .filter(route => mayTakeOver(route, family, ranges))
    .map(route =>
      fine(route.where, `${nameOf(route.where)} leads to the ${route.target}`, [
        `S3 has no addresses in ${route.destination}, for which the table has a route`,
      ]),
    );
  const announced = propagations.map(({ where, from }) =>
    fine(where, `${nameOf(where)} adds the routes of the ${from} to the table`, [
      `the ${from} announces no range that is more specific than the prefix list of S3`,
    ]),
  );
  return [...taken, ...unsure, ...announced];
}

/** AWS may give S3 any other public address tomorrow, but none of a private network, nor of the VPC itself. */
function mayTakeOver(route: RouteModel, family: Span['family'], ofVpc: readonly Span[]): boolean {
  const mayBeOfS3 = (range: IpRange) =>
    range.bits >= SHORTEST_OF_S3[family] &&
    !isBeforeS3List(range) &&
    ![...NEVER_OF_S3, ...ofVpc].some(each => contains(each, range));
  return (
    isUnknownDestination(route) ||
    (route.list?.kind !== 'of another service' && ofFamily(destinationOf(route), family).some(mayBeOfS3))
  );
}
