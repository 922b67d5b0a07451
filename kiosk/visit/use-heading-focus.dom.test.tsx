import { render } from 'preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bringFocus, useHeadingFocus } from './use-heading-focus.ts';
import { watchHands } from './watch-hands.ts';

let root: HTMLElement;
let heard: string[];
let stop: () => void;

beforeEach(() => {
  bringFocus();
  root = document.body.appendChild(document.createElement('div'));
  heard = [];
  stop = watchHands(document, {
    noticeTouch: () => undefined,
    isSecondTap: () => false,
    type: () => undefined,
  });
});
afterEach(() => {
  stop();
  render(null, root);
  root.remove();
});

/** A question whose radio button stays in the page while its words change, as those of a visit do. */
function Question({ step }: { readonly step: number }) {
  const heading = useHeadingFocus(String(step));
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Question {step}
      </h1>
      <input type="radio" onKeyDown={({ key }) => heard.push(key)} />
    </>
  );
}

const focused = () => document.activeElement?.tagName;
const painted = () => new Promise((resolve) => setTimeout(resolve, 200));

function press(key: string): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }),
  );
}

it('leads the focus to the heading of a new screen once it is painted', async () => {
  render(<Question step={1} />, root);
  expect(focused()).toBe('BODY');
  await painted();
  expect(focused()).toBe('H1');
});

it('lets a key that is quicker than the paint go on from the heading, and answer nothing', async () => {
  render(<Question step={1} />, root);
  await painted();
  root.querySelector('input')?.focus();
  press(' ');
  expect(heard).toEqual([' ']);
  render(<Question step={2} />, root);
  expect(focused()).toBe('INPUT');
  press('Tab');
  expect([focused(), heard]).toEqual(['H1', [' ']]);
});

it('takes the focus from nobody who has gone on with it by the time of the paint', async () => {
  render(<Question step={1} />, root);
  press('Tab');
  root.querySelector('input')?.focus();
  await painted();
  expect(focused()).toBe('INPUT');
  press('Enter');
  expect(heard).toEqual(['Enter']);
});
