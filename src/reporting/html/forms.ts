import type { Choice } from '../model/choices';
import { CostItem, monthly } from '../model/cost';
import type { WorkloadPolicies } from '../model/policies';
import { escapeMarkup as esc } from '../text';

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  's3:GetObjectVersion',
  's3:DeleteObjectVersion',
  's3:PutObjectAcl',
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:PutEncryptionConfiguration',
  's3:ListBucketVersions',
  's3:PutObjectRetention',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
];

const TLS: readonly Choice[] = [
  ['1.3', 'TLS 1.3'],
  ['1.2', 'TLS 1.2'],
  ['1.1', 'TLS 1.1'],
  ['none', 'no TLS'],
].map(([id, words]) => ({ id, words }));

const ENCRYPTIONS: readonly Choice[] = [
  ['none', 'not named (the default of the bucket)'],
  ['own key', 'SSE-KMS with the key of the bucket'],
  ['another key', "SSE-KMS with someone else's key"],
  ['S3 keys', 'SSE-S3'],
  ['customer key', 'SSE-C'],
].map(([id, words]) => ({ id, words }));

/** The form that asks the evaluator in the page. */
export function whatIfForm(
  { buckets, keys }: WorkloadPolicies,
  who: readonly Choice[],
  from: readonly Choice[],
): string {
  const targets = [
    ...buckets.map(({ label }, index) => ({ id: `bucket-${index}`, words: label })),
    { id: 'stranger', words: "someone else's bucket, open to everybody" },
    ...keys.map(({ label }, index) => ({ id: `key-${index}`, words: `${label} (AWS KMS)` })),
  ];
  const objects = [...new Set(buckets.flatMap(({ places }) => places.map(({ object }) => object)))];
  return [
    '<form id="what-if" class="ask">',
    select('who', 'Who', who),
    select('from', 'From where', from),
    '<label>What<input name="action" list="actions" value="s3:GetObject" autocomplete="off" ',
    `spellcheck="false"></label>${datalist('actions', ACTIONS)}`,
    select('target', 'On', targets),
    '<label>Object key, or the prefix of a listing; empty for the bucket itself<input name="object" list="objects" ',
    `value="${esc(objects[0] ?? 'object')}" autocomplete="off" spellcheck="false"></label>${datalist('objects', objects)}`,
    select('tls', 'Transport', TLS),
    select('encryption', 'Encryption that an upload names', ENCRYPTIONS),
    '<label class="wide">Further context keys, one a line: key=value<textarea name="context" rows="2" ',
    'spellcheck="false" placeholder="aws:PrincipalTag/team=blue"></textarea></label>',
    '<div class="wide"><button type="submit">Decide</button> <output id="verdict" role="status"></output></div>',
    '</form>',
  ].join('');
}

/** The cost, with prices that can be written over. */
export function costForm(items: readonly CostItem[]): string {
  const rows = items.map(item => {
    const { id, what, formula, quantity, unit, price, isByUse } = item;
    const amount = isByUse ? formula : esc(formula);
    const use = isByUse
      ? `<label><span class="sr">Quantity of ${esc(what)} a month</span><input data-quantity type="number" ` +
        'min="0" step="any" value="0"> a month</label>'
      : amount;
    return (
      `<tr data-item="${id}" data-quantity="${quantity}"><th scope="row">${esc(what)}</th><td>${use}</td>` +
      `<td><label><span class="sr">Price of ${esc(what)}</span><input data-price type="number" min="0" ` +
      `step="any" value="${price ?? ''}"> ${esc(unit)}</label></td><td class="r"><output>` +
      `${(monthly(item) ?? (isByUse ? 0 : Number.NaN)).toFixed(2).replace('NaN', '?')}</output></td></tr>`
    );
  });
  return (
    '<form id="cost"><div class="scroll" tabindex="0" role="group" aria-label="Cost">' +
    '<table class="d"><caption>USD a month: write your own prices ' +
    'over those of us-east-1</caption><thead><tr><th scope="col">Item</th><th scope="col">Quantity</th>' +
    '<th scope="col">Unit price</th><th scope="col">USD</th></tr></thead>' +
    `<tbody>${rows.join('')}</tbody><tfoot><tr><th scope="row" colspan="3">Total</th><td class="r">` +
    `<output id="cost-total">${totalOf(items)}</output>` +
    '</td></tr></tfoot></table></div></form>'
  );
}

/** What all items that have a price cost a month. */
export function totalOf(items: readonly CostItem[]): string {
  const total = items.reduce((sum, item) => sum + (monthly(item) ?? 0), 0);
  const isPartial = items.some(item => !item.isByUse && item.price === undefined);
  return `${total.toFixed(2)}${isPartial ? ' and what has no price yet' : ''}`;
}

function datalist(id: string, values: readonly string[]): string {
  return `<datalist id="${id}">${values.map(value => `<option value="${esc(value)}">`).join('')}</datalist>`;
}

function select(name: string, label: string, choices: readonly Choice[]): string {
  return (
    `<label>${label}<select name="${name}">` +
    `${choices.map(({ id, words }) => `<option value="${esc(id)}">${esc(words)}</option>`).join('')}</select>` +
    '</label>'
  );
}
