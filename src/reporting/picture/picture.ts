import { drawExtras } from './extras';
import { box, bucketsIn, part, X } from './frame';
import { drawOutside, drawSteps } from './outside';
import { drawBuckets, drawKeys, drawOtherAccounts, drawTrunk } from './storage';
import { COLOURS, PICTURE_STYLE } from './style';
import { line } from './text';
import { drawCredentials, drawEndpoints, drawPath, drawRole, drawSubnets } from './workload';
import type { Picture } from '../model/picture';
import { escapeMarkup } from '../text';

/** The picture as a file of its own. */
export function renderPictureFile(picture: Picture, title: string): string {
  const style = `<style>${COLOURS}${PICTURE_STYLE}</style>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderPicture(picture, title, style, true)}\n`;
}

/**
 * The picture in the composition of the reference architecture: who is where, the path with its locks, and what is
 * closed.
 *
 * @param head what stands in front of the drawing
 * @param isAlone whether it needs a background of its own
 */
export function renderPicture(picture: Picture, title: string, head = '', isAlone = false): string {
  const { svg, bottom } = draw(picture, isAlone);
  const background = isAlone ? box(1, 1, X.width - 1, bottom - 1, 'w', 12) : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="sra" viewBox="0 0 ${X.width} ${Math.round(bottom)}" ` +
    'role="img" aria-labelledby="pt pd">' +
    `<title id="pt">${escapeMarkup(`The paths to the data of ${title}`)}</title><desc id="pd">` +
    `${escapeMarkup(describe(picture))}</desc>${head}${background}${svg}</svg>`
  );
}

function draw(picture: Picture, hasSteps: boolean): { readonly svg: string; readonly bottom: number } {
  const role = drawRole(picture);
  const keys = drawKeys(picture, 84);
  const own = drawBuckets(picture.buckets, picture.keys.length === 0 ? 100 : keys.bottom + 26);
  const vpcTop = role.bottom + 44;
  const subnets = drawSubnets(picture, vpcTop + 38);
  const endpoints = drawEndpoints(picture, subnets.exits, vpcTop + 38);
  const extras = drawExtras(picture, subnets.bottom);
  const isClosed = picture.outside.some(({ id, status }) => id === 'internet' && status === 'closed');
  const vpcBottom = Math.max(extras.bottom + (isClosed ? 40 : 16), endpoints.bottom);
  const accountBottom = Math.max(vpcBottom + 14, own.bottom);
  const edge = Math.round(accountBottom + (picture.isPattern ? 12 : 0));
  const others = drawOtherAccounts(picture, edge + 20);
  const hasOthers = picture.otherAccounts.length > 0;
  const outside = drawOutside(picture, edge, hasOthers ? X.trunk - 14 : X.ouRight);
  const drawn = Math.max(outside.bottom, others.bottom);
  const steps = hasSteps ? drawSteps(picture, drawn + 20) : { svg: '', bottom: drawn };
  return {
    bottom: steps.bottom + 8,
    svg:
      frames(picture, { vpcTop, vpcBottom, accountBottom, edge }) +
      drawTrunk(endpoints.pathY, [...own.entries, ...others.entries], pathOf(picture)) +
      `<g data-part="role">${role.svg}</g>${keys.svg}${own.svg}${subnets.svg}${extras.svg}` +
      (isClosed ? noWayOut(picture, vpcBottom) : '') +
      drawCredentials(subnets.exits[0] ?? vpcTop + 60, picture) +
      drawPath(picture, subnets.exits, endpoints.pathY) +
      endpoints.svg +
      outside.svg +
      others.svg +
      steps.svg,
  };
}

/** How the path to the data looks: as intended, or not. */
function pathOf({ steps, endpoints }: Picture): 'p' | 'o' {
  return steps[2].ok && endpoints.some(({ isUsed }) => isUsed) ? 'p' : 'o';
}

function noWayOut({ otherEndpoints }: Picture, bottom: number): string {
  const text = `no way out but the endpoint${otherEndpoints.length === 0 ? '' : 's'}`;
  return line(X.subnet, bottom - 14, text, { size: 14, className: 'n' });
}

interface Heights {
  readonly vpcTop: number;
  readonly vpcBottom: number;
  readonly accountBottom: number;
  readonly edge: number;
}

function frames(
  { isPattern, organization, account, vpc }: Picture,
  { vpcTop, vpcBottom, accountBottom, edge }: Heights,
): string {
  const named = (title: string, name: string | undefined) =>
    name === undefined || name === '' ? title : `${title} ${name}`;
  const ou = named('OU – Workloads', organization && `of ${organization}`);
  return (
    (isPattern
      ? part('organization', box(X.ou, 10, X.ouRight, edge, 'f ou') + line(24, 33, ou, { size: 16, className: 'tou' }))
      : '') +
    box(X.account, 44, X.accountRight, accountBottom, 'f acct') +
    line(34, 67, named(isPattern ? 'Application account' : 'Account', account), { size: 16, className: 'tacct' }) +
    box(X.vpc, vpcTop, X.vpcRight, vpcBottom, 'f vpc') +
    line(X.subnet, vpcTop + 24, named('VPC', vpc), { size: 16, className: 'tvpc' })
  );
}

/** What the picture shows, for those who do not see it. */
function describe(picture: Picture): string {
  const { compute, endpoints, outside, steps, ingress, otherEndpoints, waysOut } = picture;
  const used = endpoints.find(({ isUsed }) => isUsed);
  const subnets = picture.subnets.filter(({ hasWorkload }) => hasWorkload).length || 'unknown';
  return [
    `${compute.title} in ${subnets} private subnets of a VPC${picture.isPattern ? ' in the Application account of the OU Workloads' : ''}.`,
    ...steps.map(({ text }, index) => `${index + 1}: ${text}`),
    `The path leads ${used === undefined ? 'past any endpoint' : `through the ${used.title}`} to ${bucketsIn(picture)
      .map(({ title, may }) => `${title} (${may})`)
      .join(', ')}.`,
    'Locks on the path: role policy, endpoint policy, bucket policy and key policy.',
    ...ingress.map(({ from, to }) => `Let in: ${from} on ${to}.`),
    ...(otherEndpoints.length === 0 ? [] : [`Other endpoints: ${otherEndpoints.join(', ')}.`]),
    ...waysOut.map(({ title, isOpen }) => `${isOpen ? 'Way out' : 'Route that no traffic may take'}: ${title}.`),
    ...outside.map(({ title, status, why }) => `${title}: ${status}, ${why}.`),
  ].join(' ');
}
