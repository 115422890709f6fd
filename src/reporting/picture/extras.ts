import { box, Drawn, part, X } from './frame';
import { head, smallEndpoint } from './icons';
import { block, drawBlock, heightOf } from './text';
import type { Picture } from '../model/picture';

const GAP = 12;

/** A box below the subnets, and how it is tied to the rest. */
interface Extra {
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly isWrong: boolean;
  /** What is drawn with it, by where its box begins and ends. */
  readonly more: (top: number, bottom: number) => string;
}

const TEXT_WIDTH = X.subnetRight - X.subnet - 28;

/** What else is in the VPC: who is let in, other endpoints, and ways out. */
export function drawExtras(picture: Picture, top: number): Drawn {
  let y = top;
  const parts = [...ingressIn(picture), ...endpointsIn(picture), ...waysOutOf(picture)].map(extra => {
    const lines = block([[extra.title, 'title'], ...extra.notes.map(note => [note, 'note'] as const)], TEXT_WIDTH);
    const boxTop = y + (extra.name === 'ingress' ? 20 : GAP);
    y = boxTop + heightOf(lines) + 14;
    return part(
      extra.name,
      box(X.subnet, boxTop, X.subnetRight, y, extra.isWrong ? 'ob' : 'cb') +
        drawBlock(lines, X.subnet + 14, boxTop + 5) +
        extra.more(boxTop, y),
    );
  });
  return { svg: parts.join(''), bottom: y };
}

/** Who is let in, with an arrow to the machines. */
function ingressIn({ ingress }: Picture): Extra[] {
  if (ingress.length === 0) {
    return [];
  }
  const isWrong = ingress.some(({ isInternet }) => isInternet);
  const className = isWrong ? 'o' : 'r';
  const x = X.subnet + 30;
  return [
    {
      name: 'ingress',
      title: ingress.some(({ balancer }) => balancer !== undefined) ? 'Load balancer' : 'Let in',
      notes: ingress.map(
        ({ from, to, facesInternet }) => `${from}${facesInternet ? ', faces the internet' : ''}: ${to}`,
      ),
      isWrong,
      more: top => `<path class="${className}" d="M${x} ${top}V${top - 8}"/>${head(x, top - 18, 'up', className)}`,
    },
  ];
}

function endpointsIn({ otherEndpoints }: Picture): Extra[] {
  return otherEndpoints.length === 0
    ? []
    : [
        {
          name: 'endpoints',
          title: 'Other endpoints',
          notes: [otherEndpoints.join(', ')],
          isWrong: false,
          more: (top, bottom) => smallEndpoint(X.subnetRight, (top + bottom) / 2),
        },
      ];
}

function waysOutOf({ waysOut }: Picture): Extra[] {
  return waysOut.map(({ title, isOpen }) => ({
    name: 'internet',
    title: isOpen ? 'Way out' : 'Route that no traffic may take',
    notes: [title],
    isWrong: isOpen,
    more: () => '',
  }));
}
