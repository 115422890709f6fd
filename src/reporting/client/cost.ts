/// <reference lib="dom" />

/** Adds up what the parts cost, with the prices and quantities that somebody writes. */
export function startCost(): void {
  const form = document.querySelector<HTMLFormElement>('form#cost');
  if (form === null) {
    return;
  }
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', () => total(form));
}

function total(form: HTMLFormElement): void {
  let sum = 0;
  let unknown = 0;
  for (const row of form.querySelectorAll<HTMLElement>('tr[data-item]')) {
    const price = row.querySelector<HTMLInputElement>('input[data-price]')?.value ?? '';
    const quantity = Number(row.querySelector<HTMLInputElement>('input[data-quantity]')?.value ?? row.dataset.quantity);
    const amount = price === '' ? undefined : quantity * Number(price);
    const cell = row.querySelector('output');
    if (cell !== null) {
      cell.textContent = amount === undefined ? (quantity === 0 ? '0.00' : '?') : amount.toFixed(2);
    }
    sum += amount ?? 0;
    unknown += amount === undefined && quantity > 0 ? 1 : 0;
  }
  const all = form.querySelector('#cost-total');
  if (all !== null) {
    all.textContent = `${sum.toFixed(2)}${unknown === 0 ? '' : ' and what has no price yet'}`;
  }
}
