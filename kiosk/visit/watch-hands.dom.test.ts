import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchHands } from './watch-hands.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789+-=,.'];
const EDITING = ['a', 'c', 'v', 'x', 'z'];
const MODIFIERS = [
  { ctrlKey: true },
  { metaKey: true },
  { altKey: true },
  { ctrlKey: true, shiftKey: true },
  { metaKey: true, shiftKey: true },
  { ctrlKey: true, altKey: true },
];
const NEEDED = ['Tab', 'Enter', 'Escape', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const FOREIGN = [
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  'Alt',
  'Meta',
  'ContextMenu',
  'PrintScreen',
  'Pause',
  'Insert',
  'Help',
  'Find',
  'ZoomIn',
  'ZoomOut',
  'Power',
  'BrowserBack',
  'BrowserForward',
  'BrowserHome',
  'BrowserRefresh',
  'BrowserSearch',
  'BrowserFavorites',
  'MediaPlayPause',
  'MediaTrackNext',
  'AudioVolumeUp',
  'LaunchMail',
  'LaunchApplication1',
  'Print',
  'Open',
  'Save',
];

let notices: string[];
let way: EventTarget;
let stop: () => void;

beforeEach(() => {
  document.body.innerHTML =
    '<h1>Question</h1><input type="radio"><textarea></textarea><input type="text"><input type="password">';
  notices = [];
  way = new EventTarget();
  const kiosk = {
    noticeTouch: () => notices.push('touch'),
    isSecondTap: () => false,
    type: (text: string) => notices.push(`typed ${text}`),
  };
  stop = watchHands(document, kiosk, way);
});
afterEach(() => {
  stop();
});

function at(selector: string): Element {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

/** Whether an event still means to the browser what it usually does. */
function isLeft(target: EventTarget, event: Event): boolean {
  return target.dispatchEvent(event);
}

function key(name: string, held: KeyboardEventInit = {}): KeyboardEvent {
  const pressed = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...held });
  // The pretend page takes Alt for AltGr.
  const getModifierState = (modifier: string) => modifier === 'AltGraph' && held.modifierAltGraph === true;
  return Object.assign(pressed, { getModifierState });
}

describe('keys', () => {
  it.each(['h1', 'textarea', 'input[type=radio]'])(
    'leaves no chord and no foreign key to the browser, on %s',
    (selector) => {
      const left: string[] = [];
      for (const held of MODIFIERS)
        for (const letter of [...LETTERS, ...NEEDED])
          if (isLeft(at(selector), key(letter, held))) left.push(`${JSON.stringify(held)} ${letter}`);
      for (const name of FOREIGN) if (isLeft(at(selector), key(name))) left.push(name);
      expect(left).toEqual([]);
    },
  );

  it('leaves what a visit by keyboard needs, everywhere', () => {
    for (const selector of ['h1', 'textarea', 'input[type=radio]'])
      for (const name of NEEDED) expect(isLeft(at(selector), key(name)), `${name} on ${selector}`).toBe(true);
    expect(isLeft(at('h1'), key('Tab', { shiftKey: true }))).toBe(true);
  });

  it('leaves letters where somebody writes, and nowhere else', () => {
    const written = [
      ...LETTERS,
      'É',
      'ا',
      'ї',
      '😀',
      'Dead',
      'Process',
      'Unidentified',
      'Backspace',
      'Delete',
    ];
    for (const name of written) {
      for (const field of ['textarea', 'input[type=text]', 'input[type=password]'])
        expect(isLeft(at(field), key(name)), `${name} in ${field}`).toBe(true);
      for (const other of ['h1', 'input[type=radio]'])
        expect(isLeft(at(other), key(name)), `${name} on ${other}`).toBe(false);
    }
    expect(isLeft(at('textarea'), key('A', { shiftKey: true }))).toBe(true);
  });

  it('leaves a sign made with AltGr, which some systems report as Ctrl and Alt', () => {
    const made = key('@', { ctrlKey: true, altKey: true, modifierAltGraph: true });
    expect(isLeft(at('textarea'), made)).toBe(true);
  });

  it('lets staff paste a code, and nothing more', () => {
    for (const letter of EDITING)
      expect(isLeft(at('input[type=text]'), key(letter, { ctrlKey: true })), letter).toBe(true);
    for (const letter of ['p', 's', 'o', 't', 'n', 'w', 'l'])
      expect(isLeft(at('input[type=text]'), key(letter, { ctrlKey: true })), letter).toBe(false);
  });
});

describe('hands', () => {
  const GESTURES = ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste', 'gesturestart'];

  it.each(GESTURES)('refuses %s, but where staff type a code', (name) => {
    const gesture = () => new Event(name, { bubbles: true, cancelable: true });
    for (const selector of ['h1', 'textarea']) expect(isLeft(at(selector), gesture()), selector).toBe(false);
    expect(isLeft(at('input[type=text]'), gesture())).toBe(true);
  });

  it('refuses a wheel with Ctrl, and leaves one without', () => {
    const wheel = (ctrlKey: boolean) => new WheelEvent('wheel', { ctrlKey, bubbles: true, cancelable: true });
    // The pretend page knows no key on a wheel.
    const turned = (ctrlKey: boolean) => Object.defineProperty(wheel(ctrlKey), 'ctrlKey', { value: ctrlKey });
    expect(isLeft(at('h1'), turned(true))).toBe(false);
    expect(isLeft(at('h1'), turned(false))).toBe(true);
  });

  it('tells the kiosk of each touch and key, and of no more once it has stopped', () => {
    at('h1').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    at('h1').dispatchEvent(key('q', { ctrlKey: true }));
    expect(notices).toEqual(['touch', 'touch']);
    stop();
    at('h1').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(isLeft(at('h1'), key('F5'))).toBe(true);
    expect(notices).toEqual(['touch', 'touch']);
  });
});

describe('the page', () => {
  const going = (navigationType: string, sameDocument: boolean) =>
    Object.assign(new Event('navigate', { cancelable: true }), {
      navigationType,
      destination: { sameDocument },
    });

  it('goes to no other page and back to none, and may load itself anew', () => {
    expect(isLeft(way, going('push', false))).toBe(false);
    expect(isLeft(way, going('replace', false))).toBe(false);
    expect(isLeft(way, going('traverse', false))).toBe(false);
    expect(isLeft(way, going('reload', false))).toBe(true);
    expect(isLeft(way, going('replace', true))).toBe(true);
  });

  it('drops what is being written when it is left', () => {
    window.dispatchEvent(new Event('pagehide'));
    expect(notices).toEqual(['typed ']);
  });
});
