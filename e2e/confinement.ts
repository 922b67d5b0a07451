import type { Page } from 'playwright-core';

/** Watches that a page stays what it must be in a public place. */
export interface Confinement {
  /** From here on the page must stay as it is. What automation opens comes after an empty page; a tablet's comes after nothing. */
  begin(): Promise<void>;
  /** One line for each way in which the page is not as it was, or has done what it must not, since it was last asked; none is good. */
  faults(): Promise<readonly string[]>;
}

interface Tally {
  readonly faults: string[];
  hasBegun: boolean;
}
type Watched = typeof globalThis & { confinement: Tally };

/** Runs in the page, before its own script. */
function keepTally(): void {
  const tally: Tally = { faults: [], hasBegun: false };
  Object.assign(globalThis, { confinement: tally });
  const isField = (target: EventTarget | null) =>
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
  const isStaffs = (target: EventTarget | null) =>
    target instanceof HTMLInputElement && target.type === 'text';
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    tally.faults.push(`the policy refused ${blockedURI} (${effectiveDirective})`);
  });
  for (const way of ['print', 'open', 'alert', 'confirm', 'prompt'] as const)
    Object.assign(globalThis, { [way]: () => void tally.faults.push(`window.${way} was called`) });
  // These come after the page's own listeners, which stand on the document.
  addEventListener('keydown', ({ key, defaultPrevented, target, ctrlKey, altKey, metaKey, shiftKey }) => {
    if (defaultPrevented) return;
    const isChord = ctrlKey || altKey || metaKey;
    if (isChord && isStaffs(target) && /^[acvxz]$/i.test(key)) return;
    if (!isChord && /^(Tab|Enter|Escape| |Arrow.*|Home|End|Page.*)$/.test(key)) return;
    if (!isChord && isField(target) && /^(.|Backspace|Delete)$/u.test(key)) return;
    tally.faults.push(
      `key ${key} was left to the browser (${JSON.stringify({ ctrlKey, altKey, metaKey, shiftKey })})`,
    );
  });
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste'])
    addEventListener(name, ({ defaultPrevented, target }) => {
      if (!defaultPrevented && !isStaffs(target)) tally.faults.push(`${name} was left to the browser`);
    });
}

/** Begins to watch a page that has not been opened yet. */
export async function watchConfinement(page: Page): Promise<Confinement> {
  const seen: string[] = [];
  await page.addInitScript(keepTally);
  page.on('popup', () => seen.push('another page opened'));
  page.on('download', () => seen.push('something was downloaded'));
  page.on('filechooser', () => seen.push('a file was asked for'));
  page.on('dialog', (dialog) => {
    seen.push(`the browser asked: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const session = await page.context().newCDPSession(page);
  return {
    begin: async () => {
      await session.send('Page.resetNavigationHistory');
      await page.evaluate(() =>
        Object.assign((globalThis as Watched).confinement, { faults: [], hasBegun: true }),
      );
      seen.splice(0);
    },
    faults: async () => [...seen.splice(0), ...(await page.evaluate(lookAround))],
  };
}

/** Runs in the page. */
function lookAround(): readonly string[] {
  const { confinement, visualViewport } = globalThis as Watched;
  const faults = confinement.faults.splice(0);
  const fault = (isOne: boolean, what: string) => void (isOne && faults.push(what));
  fault(!confinement.hasBegun, 'the page was loaded anew');
  fault(
    `${location.pathname}${location.search}${location.hash}` !== '/kiosk/',
    `the address is ${location.href}`,
  );
  fault(history.length !== 1, `the history has ${history.length} entries`);
  fault(visualViewport?.scale !== 1, `the zoom is ${visualViewport?.scale}`);
  const { activeElement } = document;
  const isInField = activeElement instanceof HTMLTextAreaElement || activeElement instanceof HTMLInputElement;
  fault(!isInField && getSelection()?.toString() !== '', `selected: ${getSelection()?.toString()}`);
  const dialog = document.querySelector('dialog:modal');
  const isInside =
    activeElement === null ||
    activeElement === document.body ||
    (dialog ?? document.body).contains(activeElement);
  fault(!isInside, `the focus is on ${activeElement?.outerHTML.slice(0, 80)}, outside the dialog`);
  fault(document.querySelectorAll('[data-screen]').length !== 1, 'there is no screen, or more than one');
  fault(document.pictureInPictureElement !== null, 'a film is shown');
  return faults;
}
