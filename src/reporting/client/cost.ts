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
  const amounts = [...form.querySelectorAll<HTMLElement>('tr[data-item]')].map(row => {
    const amount = amountOf(row);
    write(row.querySelector('output'), amount?.toFixed(2) ?? '?');
    return amount;
  });
  const sum = amounts.reduce<number>((all, each) => all + (each ?? 0), 0);
  write(
    form.querySelector('#cost-total'),
    `${sum.toFixed(2)}${amounts.includes(undefined) ? ' and what has no price yet' : ''}`,
  );
}

/** What a row costs; `undefined` where it costs something and has no price. */
function amountOf(row: HTMLElement): number | undefined {
  const price = row.querySelector<HTMLInputElement>('input[data-price]')?.value ?? '';
  const quantity = Number(row.querySelector<HTMLInputElement>('input[data-quantity]')?.value ?? row.dataset.quantity);
  return price === '' && quantity !== 0 ? undefined : quantity * Number(price);
}

function write(element: Element | null, text: string): void {
  if (element !== null) {
    element.textContent = text;
  }
}
