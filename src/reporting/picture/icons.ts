import { round } from './text';

function at(x: number, y: number, content: string): string {
  return `<g transform="translate(${round(x)} ${round(y)})">${content}</g>`;
}

/** A processor, 56 by 56, its middle at a point. */
export function instance(x: number, y: number): string {
  return at(
    x,
    y,
    '<rect class="i" x="-28" y="-28" width="56" height="56" rx="7"/><rect class="l" x="-14" y="-14" ' +
      'width="28" height="28" rx="3"/>' +
      '<path class="l" d="M-7-14v-7M0-14v-7M7-14v-7M-7 14v7M0 14v7M7 14v7M-14-7h-7M-14 0h-7M-14 ' +
      '7h-7M14-7h7M14 0h7M14 7h7"/>',
  );
}

/** Processors behind each other. */
export function fleet(x: number, y: number): string {
  return (
    at(
      x,
      y,
      '<rect class="i" x="-20" y="-36" width="56" height="56" rx="7"/><rect class="i" x="-24" y="-32" ' +
        'width="56" height="56" rx="7"/>',
    ) + instance(x, y)
  );
}

/** A badge, 60 by 56. */
export function role(x: number, y: number): string {
  return at(
    x,
    y,
    '<rect class="i" x="-32" y="-28" width="64" height="56" rx="7"/><circle class="l" cx="-11" cy="-8" r="8"/>' +
      '<path class="l" d="M-25 17c0-16 28-16 28 0zM12-10h12M12 1h12M12 12h12"/>',
  );
}

/** A round gate, of radius 25. */
export function endpoint(x: number, y: number): string {
  return at(x, y, '<circle class="i" r="25"/><path class="l" d="M-15 0h30M8-7l8 7-8 7M-9-12v24"/>');
}

/** A round gate, of radius 11. */
export function smallEndpoint(x: number, y: number): string {
  return at(x, y, '<circle class="i" r="11"/><path class="l" d="M-6 0h12M2-4l4 4-4 4"/>');
}

/** A pail, 46 wide and 54 high. */
export function bucket(x: number, y: number): string {
  return at(
    x,
    y,
    '<path class="i" d="M-23-20l6 44q17 6 34 0l6-44z"/><ellipse class="i" cx="0" cy="-20" rx="23" ry="7"/>',
  );
}

/** A key, 46 wide. */
export function key(x: number, y: number): string {
  return at(x, y, '<circle class="i" cx="-11" cy="0" r="11"/><path class="l" d="M0 0h23M23 0v10M14 0v8"/>');
}

/** A padlock, 26 by 34. */
export function padlock(x: number, y: number): string {
  return at(
    x,
    y,
    '<path class="k" fill="none" d="M-7-4v-6a7 7 0 0 1 14 0v6"/><rect class="k" x="-12" y="-4" ' +
      'width="24" height="18" rx="3"/><path class="kl" d="M0 2v6"/>',
  );
}

/** A cross where something ends. */
export function cross(x: number, y: number): string {
  return at(x, y, '<circle class="xb" r="12"/><path class="x" d="M-6-6 6 6M6-6-6 6"/>');
}

/** The number of a step, which is as intended, or is not. */
export function step(x: number, y: number, number: number, ok = true): string {
  return at(
    x,
    y,
    `<circle class="${ok ? 's' : 's no'}" r="13"/><text class="sn" text-anchor="middle" y="5.5" font-size="16">${number}</text>`,
  );
}

/** The head of an arrow. */
export function head(
  x: number,
  y: number,
  direction: 'right' | 'up' | 'down',
  className: 'p' | 'o' | 'r' = 'p',
): string {
  const turn = { right: 0, down: 90, up: 270 }[direction];
  return `<path class="h${className}" transform="translate(${round(x)} ${round(y)}) rotate(${turn})" d="M0 0l-12-7v14z"/>`;
}
