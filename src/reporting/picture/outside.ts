import { box, Drawn, part, X } from './frame';
import { cross, head, step } from './icons';
import { block, drawBlock, heightOf, line, wrap } from './text';
import type { Outside } from '../model/outside';
import type { Picture } from '../model/picture';

const GAP = 10;

/** What is outside, below the account: each with a line that ends at its edge, unless it is open. */
export function drawOutside({ outside }: Picture, edge: number, right: number): Drawn {
  const top = edge + 44;
  const width = (right - X.ou - GAP * (outside.length - 1)) / Math.max(1, outside.length);
  const texts = outside.map(each => linesOf(each, width - 18));
  const bottom = top + Math.max(0, ...texts.map(heightOf)) + 18;
  const parts = outside.map(({ id, isClosed }, index) => {
    const x = Math.round(X.ou + index * (width + GAP));
    const middle = Math.round(x + width / 2);
    const end = isClosed
      ? `<path class="c" d="M${middle} ${top}V${edge + 12}"/>${cross(middle, edge)}`
      : `<path class="o" d="M${middle} ${top}V${edge - 6}"/>${openHead(middle, edge - 16)}`;
    return part(
      id,
      box(x, top, Math.round(x + width), bottom, 'cb') + drawBlock(texts[index], middle, top + 6, 'middle') + end,
    );
  });
  return { svg: parts.join(''), bottom };
}

function linesOf({ title, why, exempt }: Outside, width: number) {
  return block(
    [
      [title, 'title'],
      [why, 'text'],
      ...exempt.map(who => [`let in: ${who.replace(/ \(exempt\)$/, '')}`, 'note'] as const),
    ],
    width,
  );
}

function openHead(x: number, y: number): string {
  return head(x, y, 'up').replace('class="h"', 'class="h" fill="var(--no)"');
}

/** The steps in words. */
export function drawSteps({ steps }: Picture, top: number): Drawn {
  let y = top;
  const parts = steps.map((text, index) => {
    const lines = wrap(text, X.width - 70, 15);
    const drawn = step(28, y + 14, index + 1) + lines.map((each, row) => line(52, y + 19 + row * 20, each)).join('');
    y += lines.length * 20 + 14;
    return drawn;
  });
  return { svg: parts.join(''), bottom: y };
}
