import type { Page } from 'playwright-core';

/** What happened to a page that must not happen to a page in a public place. */
export interface Confinement {
  /** One line for each way in which the page is not as it was, or has done what it must not; none is good. */
  faults(): Promise<readonly string[]>;
  /** The keys the page has left to the browser since it was last asked, as `Control+p`. */
  keysLeftToBrowser(): Promise<readonly string[]>;
}

interface Tally {
  readonly faults: string[];
  readonly keys: string[];
}
type Watched = typeof globalThis & { confinement: Tally };

/** Runs in the page, before its own script. */
function keepTally(): void {
  const tally: Tally = { faults: [], keys: [] };
  Object.assign(globalThis, { confinement: tally });
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    tally.faults.push(`the policy refused ${blockedURI} (${effectiveDirective})`);
  });
  for (const way of ['print', 'open', 'alert', 'confirm', 'prompt'] as const)
    Object.assign(globalThis, { [way]: () => void tally.faults.push(`window.${way} was called`) });
  // After the page's own listeners, which stand on the document.
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const held = (['Control', 'Alt', 'Meta', 'Shift'] as const).filter((name) =>
      event.getModifierState(name),
    );
    tally.keys.push([...held, event.key].join('+'));
  });
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste'])
    addEventListener(name, (event) => {
      if (!event.defaultPrevented) tally.faults.push(`${name} was left to the browser`);
    });
}

/** Opens a page as the system of a tablet does: nothing before it. What automation opens comes after an empty page. */
export async function beginHistory(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.resetNavigationHistory');
  await session.detach();
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
  return {
    faults: async () => [...seen.splice(0), ...(await page.evaluate(lookAround))],
    keysLeftToBrowser: () => page.evaluate(() => (globalThis as Watched).confinement.keys.splice(0)),
  };
}

/** Runs in the page. */
function lookAround(): readonly string[] {
  const faults = (globalThis as Watched).confinement.faults.splice(0);
  const fault = (isOne: boolean, what: string) => void (isOne && faults.push(what));
  fault(
    location.pathname !== '/kiosk/' || location.search !== '' || location.hash !== '',
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
  fault(
    document.fullscreenElement?.tagName === 'VIDEO' || document.pictureInPictureElement !== null,
    'a film is shown',
  );
  return faults;
}
