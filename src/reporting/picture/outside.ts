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
  const parts = outside.map((each, index) => {
    const x = Math.round(X.ou + index * (width + GAP));
    const middle = Math.round(x + width / 2);
    return part(
      each.id,
      box(x, top, Math.round(x + width), bottom, BOXES[each.status]) +
        drawBlock(texts[index], middle, top + 6, 'middle') +
        endOf(each, middle, top, edge),
    );
  });
  return { svg: parts.join(''), bottom };
}

const BOXES = { closed: 'cb', open: 'ob', 'nothing closes it': 'qb' } as const;

/** Where what comes from outside ends: at the edge, or inside of it. */
function endOf({ status, leadsOut }: Outside, middle: number, top: number, edge: number): string {
  switch (status) {
    case 'closed':
      return `<path class="c" d="M${middle} ${top}V${edge + 12}"/>${cross(middle, edge)}`;
    case 'open':
      return leadsOut
        ? `<path class="o" d="M${middle} ${top - 10}V${edge - 16}"/>${head(middle, top, 'down', 'o')}`
        : `<path class="o" d="M${middle} ${top}V${edge - 6}"/>${head(middle, edge - 16, 'up', 'o')}`;
    default:
      return `<path class="c" d="M${middle} ${top}V${edge + 4}"/>`;
  }
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

/** The steps in words. */
export function drawSteps({ steps }: Picture, top: number): Drawn {
  let y = top;
  const parts = steps.map(({ text, ok }, index) => {
    const lines = wrap(text, X.width - 70, 15);
    const drawn =
      step(28, y + 14, index + 1, ok) + lines.map((each, row) => line(52, y + 19 + row * 20, each)).join('');
    y += lines.length * 20 + 14;
    return drawn;
  });
  return { svg: parts.join(''), bottom: y };
}
