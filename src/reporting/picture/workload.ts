import { box, Drawn, part, X } from './frame';
import { cross, endpoint, fleet, head, instance, padlock, role, step } from './icons';
import { lockName } from './lock-name';
import { block, drawBlock, heightOf, line, wrap } from './text';
import type { Picture, PicturedSubnet } from '../model/picture';

const TEXT_WIDTH = 196;

/** The middle of the role. */
export const ROLE_Y = 118;

/** The role, above the VPC. */
export function drawRole({ role: label }: Picture): Drawn {
  const lines = block(
    [
      ['IAM role', 'title'],
      [label === 'Role' ? undefined : label, 'text'],
      ['temporary credentials', 'note'],
    ],
    190,
  );
  const top = ROLE_Y - heightOf(lines) / 2;
  return {
    svg: role(X.icon, ROLE_Y) + drawBlock(lines, X.icon + 44, top),
    bottom: Math.max(ROLE_Y + 28, top + heightOf(lines)),
  };
}

/** The subnets, and where the paths of their instances begin. */
export interface DrawnSubnets extends Drawn {
  readonly exits: readonly number[];
}

/** The private subnets, those with instances first. */
export function drawSubnets({ subnets, compute }: Picture, top: number): DrawnSubnets {
  const exits: number[] = [];
  let y = top;
  const parts = (
    subnets.length === 0
      ? [{ title: 'Subnets that are not in this app', note: '', hasWorkload: true, hasInterface: false }]
      : subnets
  ).map(subnet => {
    const drawn = drawSubnet(subnet, compute, y);
    if (subnet.hasWorkload) {
      exits.push(drawn.iconY);
    }
    y = drawn.bottom + 12;
    return drawn.svg;
  });
  return { svg: parts.join(''), bottom: y - 12, exits };
}

function drawSubnet(
  { title, note, hasWorkload, hasInterface }: PicturedSubnet,
  compute: Picture['compute'],
  top: number,
): Drawn & { readonly iconY: number } {
  const width = hasWorkload ? TEXT_WIDTH : X.subnetRight - X.subnet - 28;
  const lines = block(
    [
      [title, 'title'],
      [note, 'note'],
      [hasInterface ? 'with an address of the interface endpoint' : undefined, 'note'],
      ...(hasWorkload
        ? ([
            [compute.title, 'title'],
            [compute.note, 'text'],
          ] as const)
        : ([['no instance of this workload', 'note']] as const)),
    ],
    width,
  );
  const height = Math.max(heightOf(lines) + 20, hasWorkload ? 100 : 0);
  const iconY = top + height / 2;
  const icon = hasWorkload
    ? part('compute', compute.kind === 'fleet' ? fleet(X.icon, iconY) : instance(X.icon, iconY))
    : '';
  return {
    svg: box(X.subnet, top, X.subnetRight, top + height, 'sub') + drawBlock(lines, X.subnet + 14, top + 8) + icon,
    bottom: top + height,
    iconY,
  };
}

/** Steps 1 and 2, between the role and the first instance. */
export function drawCredentials(firstY: number, { compute: { kind }, steps }: Picture): string {
  const [up, down, top] = [X.icon - 14, X.icon + 14, firstY - (kind === 'fleet' ? 38 : 30)];
  const bottom = ROLE_Y + 30;
  const [asks, answers] = steps.map(({ ok }) => (ok ? 'p' : 'o'));
  return (
    `<path class="${asks}" d="M${up} ${top}V${bottom + 10}"/><path class="${answers}" d="M${down} ${bottom}V${top - 10}"/>` +
    `${head(up, bottom, 'up', asks)}${head(down, top, 'down', answers)}` +
    step(up, bottom + 32, 1, steps[0].ok) +
    step(down, bottom + 32, 2, steps[1].ok)
  );
}

/** The endpoints on the edge of the VPC, and the height at which the path leaves. */
export interface DrawnEndpoints extends Drawn {
  readonly pathY: number;
}

const ENDPOINT_HEIGHT = 150;

/** The endpoints, the one in use in the middle of the instances. */
export function drawEndpoints({ endpoints }: Picture, exits: readonly number[], top: number): DrawnEndpoints {
  const middle = exits.length === 0 ? top + 60 : exits.reduce((sum, y) => sum + y, 0) / exits.length;
  const pathY = Math.max(top + 46, middle);
  const sorted = [...endpoints].sort((one, other) => Number(other.isUsed) - Number(one.isUsed));
  const parts = sorted.map(({ index, title, isUsed, hasPolicy }, place) => {
    const y = pathY + place * ENDPOINT_HEIGHT;
    const label = wrap(isUsed ? title : `${title}, for others`, 108, 14, true);
    const texts = label
      .map((text, row) =>
        line(X.vpcRight, y + 42 + row * 17, text, { size: 14, className: 'b halo', anchor: 'middle' }),
      )
      .join('');
    const lock =
      padlock(X.endpointLock, y) +
      lockName(X.endpointLock, y, hasPolicy ? ['endpoint', 'policy'] : ['policy', 'unknown']);
    return part(`endpoint-${index}`, endpoint(X.vpcRight, y) + texts + (isUsed || hasPolicy ? lock : ''));
  });
  const last = pathY + Math.max(0, sorted.length - 1) * ENDPOINT_HEIGHT;
  return { svg: parts.join(''), bottom: last + 100, pathY };
}

/** Step 3, from the instances to the endpoint and on to the trunk that leads to the buckets. */
export function drawPath(picture: Picture, exits: readonly number[], pathY: number): string {
  const ok = picture.steps[2].ok;
  const className = ok ? 'p' : 'o';
  const y = Math.round(pathY);
  const branches = exits.map(each => `M${X.icon + 30} ${Math.round(each)}H${X.bus}V${y}`).join('');
  const lock = part('role', padlock(X.roleLock, pathY) + lockName(X.roleLock, pathY, ['role', 'policy']));
  const start = `${branches}M${X.bus} ${y}H`;
  if (picture.endpoints.every(({ isUsed }) => !isUsed)) {
    return drawPastEndpoints(picture, start, y, className) + lock + step(X.bus, pathY, 3, ok);
  }
  return (
    `<path class="${className}" d="${start}${X.vpcRight - 36}M${X.vpcRight + 27} ${y}H${X.trunk}"/>` +
    head(X.vpcRight - 26, pathY, 'right', className) +
    lock +
    step(X.bus, pathY, 3, ok)
  );
}

/** Without an endpoint requests take another way out, or end in the VPC. */
function drawPastEndpoints({ waysOut }: Picture, start: string, y: number, className: 'p' | 'o'): string {
  return waysOut.some(({ isOpen }) => isOpen)
    ? `<path class="${className}" d="${start}${X.trunk}"/>` +
        line(X.endpointLock, y - 12, 'no endpoint', { size: 13, className: 'b red halo', anchor: 'middle' })
    : `<path class="c" d="${start}${X.vpcRight - 12}"/>${cross(X.vpcRight, y)}`;
}
