/**
 * Characters that are invisible, or turn the direction of what follows, or are half of a pair: they have no place in
 * a text that people read.
 */
const UNREADABLE = new RegExp(
  [
    // control characters, but for tab and line feeds
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]',
    // marks of direction and characters without width
    '[\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufffe\\uffff]',
    // halves of a pair
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])',
    '(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  ].join('|'),
  'g',
);

/** A text of which every character can be seen. */
export function readableText(text: string): string {
  return text.replaceAll(UNREADABLE, '\ufffd');
}

/** A text as content or as the value of an attribute in quotes, in HTML and in XML. */
export function escapeMarkup(text: string): string {
  return readableText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Data for a script element: nothing in it ends the element or a line. */
export function escapeJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text in one line of Markdown, tables included. */
export function escapeMarkdown(text: string): string {
  return readableText(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~-]/g, '\\$&');
}

/** A name for a file: letters, digits, dots and dashes. */
export function fileName(text: string): string {
  const safe = text
    .replaceAll(/[^A-Za-z0-9.-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return safe === '' ? 'workload' : safe;
}
