import { box, Drawn, part, X } from './frame';
import { bucket, head, key, padlock } from './icons';
import { lockName } from './lock-name';
import { block, drawBlock, heightOf } from './text';
import type { Picture, PicturedBucket } from '../model/picture';

/** Buckets below each other, and the heights at which paths reach them. */
export interface DrawnBuckets extends Drawn {
  readonly entries: readonly number[];
}

const TEXT_WIDTH = 178;

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
  const entries: number[] = [];
  let y = top;
  const parts = buckets.map(({ index, title, name, may, encryption, isKnown }, place) => {
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
    entries.push(middle);
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
  const entries: number[] = [];
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

/** The trunk from the endpoint, and its branches to the buckets. */
export function drawTrunk(pathY: number, entries: readonly number[]): string {
  if (entries.length === 0) {
    return '';
  }
  const [first, last] = [Math.min(pathY, ...entries), Math.max(pathY, ...entries)];
  const branches = entries.map(y => `M${X.trunk} ${Math.round(y)}H${X.bucket - 34}`).join('');
  return (
    `<path class="p" d="M${X.trunk} ${Math.round(first)}V${Math.round(last)}${branches}"/>` +
    `${entries.map(y => head(X.bucket - 24, y, 'right')).join('')}`
  );
}
