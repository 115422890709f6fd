import { box, Drawn, part, X } from './frame';
import { bucket, cross, head, key, padlock } from './icons';
import { lockName } from './lock-name';
import { block, drawBlock, heightOf } from './text';
import type { Picture, PicturedBucket } from '../model/picture';

/** Buckets below each other, and the heights at which paths reach them. */
export interface DrawnBuckets extends Drawn {
  readonly entries: readonly Entry[];
}

/** Where a path reaches a bucket, or is refused. */
export interface Entry {
  readonly y: number;
  readonly isReached: boolean;
}

const TEXT_WIDTH = 174;

/** The keys, at the top of the column of the buckets. */
export function drawKeys({ keys }: Picture, top: number): Drawn {
  let y = top;
  const parts = keys.map(({ index, title, note }, place) => {
    const lines = block(
      [
        [title, 'title'],
        [note, 'note'],
      ],
      TEXT_WIDTH,
    );
    const height = Math.max(48, heightOf(lines));
    const middle = y + height / 2;
    const drawn = part(
      `key-${index}`,
      key(X.bucket, middle) +
        padlock(X.bucketLock, middle) +
        drawBlock(lines, X.bucketText, middle - heightOf(lines) / 2) +
        (place === 0 ? lockName(X.bucketLock, middle, ['key', 'policy']) : ''),
    );
    y += height + 12;
    return drawn;
  });
  return { svg: parts.join(''), bottom: y };
}

/** The buckets of one account. */
export function drawBuckets(buckets: readonly PicturedBucket[], top: number): DrawnBuckets {
  const entries: Entry[] = [];
  let y = top;
  const parts = buckets.map(({ index, title, name, may, encryption, isKnown, isReached }, place) => {
    const lines = block(
      [
        [title, 'title'],
        [name, 'note'],
        [may, 'text'],
        [isKnown ? encryption : 'its owner keeps its policy', 'note'],
      ],
      TEXT_WIDTH,
    );
    const height = Math.max(66, heightOf(lines));
    const middle = y + height / 2;
    entries.push({ y: middle, isReached });
    y += height + 16;
    return part(
      `bucket-${index}`,
      bucket(X.bucket, middle) +
        padlock(X.bucketLock, middle) +
        drawBlock(lines, X.bucketText, middle - heightOf(lines) / 2) +
        (place === 0 ? lockName(X.bucketLock, middle, ['bucket', 'policy']) : ''),
    );
  });
  return { svg: parts.join(''), entries, bottom: y };
}

/** The frames of other accounts, with their buckets. */
export function drawOtherAccounts({ otherAccounts }: Picture, top: number): DrawnBuckets {
  const entries: Entry[] = [];
  let y = top;
  const parts = otherAccounts.map(({ account, buckets }) => {
    const lines = block([[`Account ${account}`, 'title']], X.ouRight - X.bucketLock - 8);
    const drawn = drawBuckets(buckets, y + heightOf(lines) + 36);
    entries.push(...drawn.entries);
    const frame = box(X.trunk + 10, y, X.ouRight, drawn.bottom, 'f ou') + drawBlock(lines, X.bucketLock - 4, y + 6);
    y = drawn.bottom + 16;
    return frame + drawn.svg;
  });
  return { svg: parts.join(''), entries, bottom: y - 16 };
}

/**
 * The trunk from the endpoint, and its branches to the buckets; one that is refused ends before.
 *
 * @param className how a path looks that is as intended, or is not
 */
export function drawTrunk(pathY: number, entries: readonly Entry[], className: 'p' | 'o'): string {
  const [reached, refused] = [true, false].map(each => entries.filter(({ isReached }) => isReached === each));
  return drawReached(pathY, reached, className) + refused.map(entry => drawRefused(pathY, entry)).join('');
}

function drawReached(pathY: number, entries: readonly Entry[], className: 'p' | 'o'): string {
  if (entries.length === 0) {
    return '';
  }
  const heights = entries.map(({ y }) => y);
  const [first, last] = [Math.min(pathY, ...heights), Math.max(pathY, ...heights)];
  const branches = heights.map(y => `M${X.trunk} ${Math.round(y)}H${X.bucket - 34}`).join('');
  return (
    `<path class="${className}" d="M${X.trunk} ${Math.round(first)}V${Math.round(last)}${branches}"/>` +
    heights.map(y => head(X.bucket - 24, y, 'right', className)).join('')
  );
}

function drawRefused(pathY: number, { y }: Entry): string {
  return (
    `<path class="c" d="M${X.trunk} ${Math.round(pathY)}V${Math.round(y)}H${X.bucketLock - 16}"/>` + cross(X.trunk, y)
  );
}
