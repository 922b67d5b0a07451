/**
 * Tab goes through radio buttons one after the other, and out at either end. Left to the browser it stops at one of them, and the others take
 * arrow keys: out of reach for somebody whose switch has a key to go on and a key to choose, and no more.
 */
export function walkByTab(event: KeyboardEvent): void {
  const { key, shiftKey, target } = event;
  if (key !== 'Tab') return;
  const radios = radiosOf(event);
  const at = radios.findIndex((radio) => radio === target);
  const next = at < 0 ? undefined : radios[at + (shiftKey ? -1 : 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Whoever comes to them from above begins with the first: browsers go to the one that is chosen, or was the last time. */
export function enterByTab(event: FocusEvent): void {
  const { target, relatedTarget } = event;
  const radios = radiosOf(event);
  const [first] = radios;
  if (first === undefined || !(relatedTarget instanceof Element) || !(target instanceof Element)) return;
  const isFromAbove = (first.compareDocumentPosition(relatedTarget) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const isWalk = radios.some((radio) => radio === relatedTarget) || !radios.some((radio) => radio === target);
  // A finger that touches a level has meant that level.
  if (isFromAbove && !isWalk && target !== first && target.matches(':focus-visible')) first.focus();
}

function radiosOf({ currentTarget }: Event): readonly HTMLInputElement[] {
  return currentTarget instanceof Element
    ? [...currentTarget.querySelectorAll<HTMLInputElement>('input[type=radio]')]
    : [];
}
