import type { Picture } from '../model/picture';

/** The places of the columns; the heights depend on what there is. */
export const X = {
  width: 840,
  ou: 10,
  account: 20,
  vpc: 30,
  vpcRight: 440,
  subnet: 44,
  subnetRight: 330,
  icon: 286,
  bus: 348,
  roleLock: 382,
  endpointLock: 488,
  trunk: 528,
  bucketLock: 556,
  bucket: 604,
  bucketText: 638,
  accountRight: 820,
  ouRight: 830,
} as const;

/** Something drawn, and where it ends. */
export interface Drawn {
  readonly svg: string;
  readonly bottom: number;
}

/** A rectangle. */
export function box(x: number, y: number, right: number, bottom: number, className: string, radius = 8): string {
  return (
    `<rect class="${className}" x="${x}" y="${Math.round(y)}" width="${right - x}" ` +
    `height="${Math.round(bottom - y)}" rx="${radius}"/>`
  );
}

/** A part of the picture that tables point to. */
export function part(name: string, content: string): string {
  return `<g data-part="${name}">${content}</g>`;
}

/** Every bucket of a picture. */
export function bucketsIn({ buckets, otherAccounts }: Picture): Picture['buckets'] {
  return [...buckets, ...otherAccounts.flatMap(each => each.buckets)];
}
