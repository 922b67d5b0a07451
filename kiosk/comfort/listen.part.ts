import './listen.css';
import type { Language } from '../../domain/survey.ts';
import { createListenPanel } from './listen-panel.ts';
import { localVoiceFor } from './local-voice.ts';
import { identityOf, isKey, isOperable, phraseOf, phrasesOf, targetOf, wordsOf } from './spoken-page.ts';
import { createVoice } from './voice.ts';

/**
 * Écouter: reads out what stands on the screen, and lets it be operated without being seen. What is touched first is said and marked; a
 * second touch on the same thing does what a touch does. The focus of a keyboard or a switch is said as it moves, and its keys act at once:
 * what they act on has been heard. It goes by the page alone, so that what is heard is what is shown.
 *
 * @param synthesis the device's speech
 * @returns the way to end it: silence at once, and nothing of it left on the page
 */
export function listen(page: Document, synthesis: SpeechSynthesis): () => void {
  const voice = createVoice(synthesis);
  const panel = createListenPanel(page, {
    repeat: readScreen,
    softer: () => changeVolume('softer'),
    louder: () => changeVolume('louder'),
  });
  const listening = new AbortController();
  let identity = '';
  let heard: Element | null = null;
  /** The last hand was a keyboard's: what the focus comes to is said. */
  let isByKeys = false;

  const watcher = new MutationObserver(() => {
    if (identityOf(page) !== identity) enterScreen();
  });
  watcher.observe(page, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-screen', 'data-item', 'open', 'lang'],
  });
  for (const [sign, handle] of [
    ['pointerdown', onPointerDown],
    ['keydown', onKeyDown],
    ['focusin', onFocusIn],
    ['click', onClick],
  ] as const)
    page.addEventListener(sign, handle, { capture: true, signal: listening.signal });
  enterScreen([{ text: wordsOf(page).welcome, language: languageShown() }]);

  function enterScreen(first: Parameters<typeof voice.say>[0] = []): void {
    identity = identityOf(page);
    mark(null);
    isByKeys = false;
    panel.show(canSpeak() ? wordsOf(page) : null);
    // The question can be come back to, and is then read again.
    for (const heading of page.querySelectorAll('h1')) heading.tabIndex = 0;
    voice.say([...first, ...phrasesOf(page)]);
  }

  function readScreen(): void {
    voice.say(phrasesOf(page));
  }

  function changeVolume(direction: 'louder' | 'softer'): void {
    voice.change(direction);
    voice.say([{ text: wordsOf(page)[direction], language: languageShown() }]);
  }

  function onPointerDown(): void {
    isByKeys = false;
    voice.hush();
  }

  function onKeyDown(): void {
    isByKeys = true;
    voice.hush();
  }

  function onFocusIn({ target }: Event): void {
    const found = targetOf(target);
    if (isByKeys && found !== null && !panel.holds(found)) say(found);
  }

  function onClick(event: Event): void {
    const found = targetOf(event.target);
    const isSecond = found !== null && found === heard;
    // The second half of a double tap, taken away already: it was meant for another screen.
    if (event.defaultPrevented) return;
    if (!canSpeak() || isFromKeys(event) || actsAtOnce(event.target, found)) return;
    // The browser shows what a click would choose while it is handled, and takes it back where it may not.
    setTimeout(() => {
      if (found !== null && found.isConnected && identityOf(page) === identity) say(found, !isSecond);
    });
    if (isSecond) return;
    // A touch on a label is repeated by the browser on what it names: neither may act.
    event.preventDefault();
    event.stopImmediatePropagation();
    mark(found !== null && isOperable(found) ? found : null);
  }

  function say(found: Element, isFirstTouch = false): void {
    if (found.matches('h1')) return readScreen();
    const again = { text: wordsOf(page).again, language: languageShown() };
    voice.say([phraseOf(found), ...(isFirstTouch && isOperable(found) ? [again] : [])]);
  }

  /**
   * « Écouter » itself ends it, the panel plays it, and who types does so key by key, each said as it is written. « Voulez-vous
   * continuer ? » takes any touch for a yes but one on the button that ends the visit.
   */
  function actsAtOnce(touched: EventTarget | null, found: Element | null): boolean {
    if (touched instanceof Element && touched.closest('dialog')?.querySelector('#idle-help') != null)
      return found === null || !found.matches('button:first-child');
    if (found === null) return false;
    if (isKey(found)) setTimeout(() => say(found));
    return isKey(found) || panel.holds(found) || found.matches('[data-mode="spoken"], textarea');
  }

  function mark(element: Element | null): void {
    heard?.removeAttribute('data-heard');
    heard = element;
    heard?.setAttribute('data-heard', '');
  }

  function canSpeak(): boolean {
    return localVoiceFor(languageShown()) !== undefined;
  }

  function languageShown(): Language {
    return page.documentElement.lang as Language;
  }

  return () => {
    listening.abort();
    watcher.disconnect();
    voice.hush();
    mark(null);
    panel.remove();
    for (const heading of page.querySelectorAll('h1')) heading.tabIndex = -1;
  };
}

/**
 * A click that no pointer made: a key pressed on what has the focus, or an assistive technology that has said it already. The kiosk's own,
 * made for a finger before the browser would have made it (`visit/slow-touch.ts`), is none the browser vouches for.
 */
function isFromKeys(event: Event): boolean {
  return event instanceof UIEvent && event.detail === 0 && event.isTrusted;
}
