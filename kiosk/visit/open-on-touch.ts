/** Calls back when something that says it opens this is touched or pressed: `data-opens="declaration"`. */
export function openOnTouch(page: Document, name: string, open: () => void): void {
  page.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(`[data-opens=${name}]`) !== null) open();
  });
}
