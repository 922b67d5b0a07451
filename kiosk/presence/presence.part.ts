import type { Language } from '../../domain/survey.ts';
import { PRESENCE_SLOT_MS, presenceSlotOf } from '../../protocol/presence-code.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Clock, Randomness } from '../ports.ts';
import { drawCode } from './draw-code.ts';
import { makePresenceCode, type Presence, phoneAddress } from './make-code.ts';
import { PRESENCE_WORDS } from './presence-words.ts';
import './presence.css';

interface Ports {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly page: Document;
}

/** By then a slow tablet has painted the question that somebody is waiting for. */
const LEISURE_MS = 300;

/** What is to be shown now, and in which language. */
interface Showing {
  readonly presence: Presence;
  readonly language: Language;
}

/**
 * Shows, on the first screen, the code that opens the same visit on the visitor's own telephone, and another one every half minute. It is
 * made here, network or not, and drawn into the place the first screen keeps free for it, so that nothing moves when it comes.
 */
export function showPresence(
  kiosk: Pick<Kiosk, 'view' | 'subscribe'>,
  { clock, randomness, page }: Ports,
): () => void {
  const invitation = paragraph('presence-invitation');
  const how = paragraph('presence-how');
  const frame = element('div', 'presence');
  const words = element('div', 'presence-words');
  words.append(invitation, how);
  frame.append(words);
  let drawing: Element | null = null;
  /** Which key's code for which slot is drawn; drawn again only when either is another. */
  let drawn = '';
  let callOff = clock.after(0, refresh);
  const unsubscribe = kiosk.subscribe(() => {
    callOff();
    // Once the screen itself has been drawn; what a visit's screens have no place for is put away at leisure.
    callOff = clock.after(showingOf(kiosk) === null ? LEISURE_MS : 0, refresh);
  });

  function refresh(): void {
    callOff();
    const now = clock.now();
    callOff = clock.after(
      PRESENCE_SLOT_MS - (((now % PRESENCE_SLOT_MS) + PRESENCE_SLOT_MS) % PRESENCE_SLOT_MS),
      refresh,
    );
    const showing = showingOf(kiosk);
    const place = page.querySelector('.presence-place');
    if (showing === null || place === null) return frame.remove();
    const { presence, language } = showing;
    invitation.textContent = PRESENCE_WORDS[language].invitation;
    how.textContent = PRESENCE_WORDS[language].how;
    const slot = presenceSlotOf(now);
    if (drawn === `${presence.reference} ${slot}`) place.replaceChildren(frame);
    else void draw(presence, slot);
  }

  async function draw(presence: Presence, slot: number): Promise<void> {
    const wanted = `${presence.reference} ${slot}`;
    drawn = wanted;
    const code = await makePresenceCode(presence, slot, randomness);
    if (drawn !== wanted) return;
    const next = drawCode(page, phoneAddress(presence.origin ?? page.location.origin, code));
    drawing?.remove();
    drawing = next;
    frame.append(next);
    // A visitor may have touched a face meanwhile.
    if (showingOf(kiosk) !== null) page.querySelector('.presence-place')?.replaceChildren(frame);
  }

  function element(name: 'div' | 'p', className: string): HTMLElement {
    const made = page.createElement(name);
    made.className = className;
    return made;
  }

  function paragraph(className: string): HTMLElement {
    return element('p', className);
  }

  return () => {
    unsubscribe();
    callOff();
    frame.remove();
  };
}

/** null while anything but the first screen is shown, or where no server would take the code. */
function showingOf({ view }: Pick<Kiosk, 'view'>): Showing | null {
  if (view.kind !== 'serving' || view.visit.kind !== 'attracting') return null;
  const { presence } = view.assignment;
  if (presence === undefined || view.sign.connection === 'revoked') return null;
  return { presence, language: view.visit.language };
}
