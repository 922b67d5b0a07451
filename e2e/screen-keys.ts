import type { Locator, Page } from 'playwright-core';

/** Types as a visitor does: by touching the keys of the screen, going to capitals and signs where the text needs them. */
export async function typeOnScreen(page: Page, text: string): Promise<void> {
  for (const character of text) await touchKeyFor(page, character);
}

/** The key that shows a character now. */
export function keyShowing(page: Page, character: string): Locator {
  return page.locator('.hg-button').filter({ hasText: exactly(character) });
}

/** The key that does something else than type its face. */
export function keyNamed(page: Page, key: string): Locator {
  return page.locator(`.hg-button[data-key="${key}"]`);
}

async function touchKeyFor(page: Page, character: string): Promise<void> {
  if (character === ' ') return keyNamed(page, '{space}').tap();
  const key = keyShowing(page, character).first();
  const isThere = async () => (await key.count()) > 0;
  if (!(await isThere())) await tapIfThere(page, '{letters}');
  // Three touches bring the shift key round to where it stood.
  for (let touches = 0; touches < 3 && !(await isThere()); touches += 1) await tapIfThere(page, '{shift}');
  if (!(await isThere())) await tapIfThere(page, '{signs}');
  if (await isThere()) return key.tap();
  throw new Error(`No key of the screen types ${character}.`);
}

async function tapIfThere(page: Page, name: string): Promise<void> {
  if ((await keyNamed(page, name).count()) > 0) await keyNamed(page, name).tap();
}

function exactly(character: string): RegExp {
  return new RegExp(`^${character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'u');
}
