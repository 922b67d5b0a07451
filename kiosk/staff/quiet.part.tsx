import './quiet.css';
import { type JSX, render } from 'preact';
import { addDays, type LocalDate } from '../../domain/weeks.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import type { Closed } from './closed.ts';
import { timeOfDayToText } from './french-figures.ts';

const words = STAFF_WORDS.quiet;
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const WEEK_DAYS = 6;

/**
 * A dark screen over the first one while the reception is closed. It hides nothing from whoever still wants to answer: one touch anywhere, or
 * any key, and the question is there.
 *
 * @returns the way to take it off
 */
export function showQuiet(
  page: Document,
  assignment: Assignment,
  closed: Closed,
  onTouched: () => void,
): () => void {
  const visit = page.getElementById('app');
  if (visit !== null) visit.inert = true;
  const root = page.body.appendChild(page.createElement('div'));
  render(<Quiet {...{ assignment, closed, onTouched }} />, root);
  return () => {
    render(null, root);
    root.remove();
    if (visit !== null) visit.inert = false;
  };
}

interface Props {
  readonly assignment: Assignment;
  readonly closed: Closed;
  readonly onTouched: () => void;
}

function Quiet({ assignment, closed, onTouched }: Props): JSX.Element {
  const { openingHours } = assignment.point;
  return (
    // The whole surface answers to a finger; what keys and screen readers use is the button in it.
    <main class="quiet" lang="fr" dir="ltr" data-quiet onClick={onTouched}>
      <h1>{words.title}</h1>
      {closed.opening !== null && <p class="quiet-opening">{openingToText(closed, closed.opening)}</p>}
      <table>
        <caption class="unseen">{words.hours}</caption>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{dayName(weekday)}</th>
              <td>{spansToText(openingHours.weekly[weekday] ?? [])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="button">
        {words.answer}
      </button>
    </main>
  );
}

function spansToText(spans: readonly { readonly from: string; readonly to: string }[]): string {
  if (spans.length === 0) return words.closed;
  return spans.map(({ from, to }) => words.span(timeOfDayToText(from), timeOfDayToText(to))).join(', ');
}

function openingToText(
  { today }: Closed,
  { date, from }: { readonly date: LocalDate; readonly from: string },
): string {
  const time = timeOfDayToText(from);
  if (date === today) return words.opensToday(time);
  if (date === addDays(today, 1)) return words.opensTomorrow(time);
  const isThisWeek = date <= addDays(today, WEEK_DAYS);
  return words.opensOn(
    dateToText(date, { weekday: 'long', ...(isThisWeek ? {} : { day: 'numeric', month: 'long' }) }),
    time,
  );
}

/** Monday is 2 January 2023. */
function dayName(weekday: string): string {
  return dateToText(`2023-01-0${Number(weekday) + 1}`, { weekday: 'long' });
}

function dateToText(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('fr-FR', { ...options, timeZone: 'UTC' }).format(new Date(`${date}T12:00Z`));
}
