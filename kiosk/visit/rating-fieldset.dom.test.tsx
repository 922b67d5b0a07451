import { createRef, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RatingItem } from '../../domain/survey.ts';
import type { Speech } from '../words/speech.ts';
import { bringAllSpeeches } from '../words/staged-speeches.ts';
import { RatingFieldset } from './rating-fieldset.tsx';
import { anAssignment } from './staged-kiosk.ts';

let speech: Speech;
let page: HTMLElement;
let rated: string[];

beforeEach(async () => {
  speech = (await bringAllSpeeches()).speak('fr');
  page = document.body.appendChild(document.createElement('div'));
  rated = [];
  vi.useFakeTimers();
  await ask(0);
});
afterEach(() => {
  render(null, page);
  page.remove();
  vi.useRealTimers();
});

/** Asks one of the questions, answered already with `chosen`. */
async function ask(number: number, chosen: string | null = null): Promise<void> {
  const ratings = anAssignment().surveyVersion.items.filter((item) => item.kind === 'rating');
  const item = ratings[number] as RatingItem;
  const heading = createRef<HTMLHeadingElement>();
  const onRate = (code: string) => void rated.push(code);
  await act(() =>
    render(
      <RatingFieldset item={item} chosen={chosen} speech={speech} heading={heading} onRate={onRate} />,
      page,
    ),
  );
}

const touch = (code: string) => page.querySelector<HTMLInputElement>(`input[value=${code}]`)?.click();
const ticked = () => [...page.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);

it('ticks what was touched where it takes a while to be stored, and only then', () => {
  touch('fairly-satisfied');
  expect(rated).toEqual(['fairly-satisfied']);
  expect(ticked()).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(ticked()).toEqual(['fairly-satisfied']);
});

it('ticks nothing of the question that has come meanwhile', async () => {
  touch('fairly-satisfied');
  await ask(1);
  vi.advanceTimersByTime(1_000);
  expect(ticked()).toEqual([]);
});

it('ticks nothing there either where two levels were touched', async () => {
  touch('fairly-satisfied');
  vi.advanceTimersByTime(50);
  touch('very-satisfied');
  await ask(1);
  vi.advanceTimersByTime(1_000);
  expect(ticked()).toEqual([]);
});

it('keeps what the next question was answered with before', async () => {
  touch('fairly-satisfied');
  await ask(1, 'very-dissatisfied');
  vi.advanceTimersByTime(1_000);
  expect(ticked()).toEqual(['very-dissatisfied']);
});
