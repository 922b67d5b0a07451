/**
 * Tab goes through radio buttons one after the other, and out at either end. Left to the browser it stops at one of them, and the others take
 * arrow keys: out of reach for somebody whose switch has a key to go on and a key to choose, and no more.
 */
export function walkByTab(event: KeyboardEvent): void {
  const { key, shiftKey, target, currentTarget } = event;
  if (key !== 'Tab' || !(currentTarget instanceof Element)) return;
  const radios = [...currentTarget.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const at = radios.findIndex((radio) => radio === target);
  const next = at < 0 ? undefined : radios[at + (shiftKey ? -1 : 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
