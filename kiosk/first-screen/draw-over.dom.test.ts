import { beforeEach, describe, expect, it } from 'vitest';
import type { KioskView } from '../kiosk.ts';
import { drawOver } from './draw-over.ts';
import { holdTouches } from './hold-touches.ts';

const QUESTION = '<main><h1>Question</h1><input type="radio" name="level" value="yes"></main>';
const SERVING = { kind: 'serving' } as KioskView;
const BROKEN = { kind: 'outOfOrder', language: 'fr', reason: 'blocked' } as KioskView;

let root: HTMLElement;
let kept: string[];
let clicks: string[];

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  root = document.getElementById('app') as HTMLElement;
  kept = [];
  clicks = [];
});

/** The page came with `before`; the kiosk comes to `view` and draws `drawn`. */
function start(before: string): (view: KioskView, drawn: string) => void {
  root.innerHTML = before;
  holdTouches(root);
  let publish = (): void => undefined;
  const kiosk = {
    view: { kind: 'starting' } as KioskView,
    subscribe(listener: () => void) {
      publish = listener;
      return () => undefined;
    },
  };
  let markup = '';
  const draw = (): void => {
    root.innerHTML = markup;
    root.addEventListener('click', ({ target }) => clicks.push((target as Element).tagName));
  };
  drawOver(root, kiosk, draw, (screen) => kept.push(screen));
  return (view, drawn) => {
    kiosk.view = view;
    markup = drawn;
    publish();
  };
}

/** happy-dom lays nothing out: whatever is asked for lies in the middle of the page. */
function touchLevel(): void {
  document.elementFromPoint = () => root.querySelector('input');
  root.querySelector('input')?.click();
}

describe('the first screen of a start', () => {
  it('is drawn and kept where the page came with none', () => {
    start('')(SERVING, QUESTION);
    expect(root.innerHTML).toBe(QUESTION);
    expect(kept).toEqual([QUESTION]);
  });

  it('is not kept again where it is the one the page came with', () => {
    start(QUESTION)(SERVING, QUESTION);
    expect(kept).toEqual([]);
  });

  it('is forgotten where the tablet has something else to say', () => {
    start(QUESTION)(BROKEN, '<p>Hors service</p>');
    expect(kept).toEqual(['']);
  });
});

describe('a touch before the kiosk is there', () => {
  it('is given to the kiosk once it asks the same question', () => {
    const come = start(QUESTION);
    touchLevel();
    expect(clicks).toEqual([]);
    come(SERVING, QUESTION);
    expect(clicks).toEqual(['INPUT']);
  });

  it('answers nothing where the question is another one', () => {
    const come = start(QUESTION);
    touchLevel();
    come(SERVING, QUESTION.replace('Question', 'Another'));
    expect(clicks).toEqual([]);
  });

  it('answers nothing where something else lies under the finger', () => {
    const come = start(`${QUESTION}<button>A</button>`);
    document.elementFromPoint = () => root.querySelector('button');
    root.querySelector('button')?.click();
    come(SERVING, `${QUESTION}<button>B</button>`);
    expect(clicks).toEqual([]);
  });

  it('is the only one held: what comes after it goes to the kiosk itself', () => {
    start(QUESTION)(SERVING, QUESTION);
    touchLevel();
    expect(clicks).toEqual(['INPUT']);
  });
});
