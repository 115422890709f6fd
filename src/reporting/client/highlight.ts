/// <reference lib="dom" />

/** Shows why, and where in the picture. */
export function explain(heading: string, sentence: string, parts: readonly string[]): void {
  const [title, text] = ['why-title', 'why-text'].map(id => document.getElementById(id));
  if (title !== null) {
    title.parentElement?.classList.add('on');
    title.textContent = heading;
  }
  if (text !== null) {
    text.textContent = sentence;
  }
  const wanted = new Set(parts);
  for (const part of document.querySelectorAll('svg [data-part]')) {
    part.classList.toggle('hit', wanted.has(part.getAttribute('data-part') ?? ''));
  }
  document.querySelector('svg.sra')?.classList.toggle('dim', wanted.size > 0);
}
