/// <reference lib="dom" />

/** Opens the section that a link of the contents leads to. */
export function startContents(): void {
  const open = () => {
    const section = document.getElementById(location.hash.slice(1));
    if (section instanceof HTMLDetailsElement) {
      section.open = true;
      section.scrollIntoView();
    }
  };
  addEventListener('hashchange', open);
  open();
}
