import type { DemoVisit } from './demo-year.ts';

/** Weeks before the current one in which a child drummed on a tablet, where, and how many visits it made. */
const DRUMMINGS = [
  { weeksAgo: 1, serviceId: 'accueil-general', visits: 12 },
  { weeksAgo: 6, serviceId: 'etat-civil', visits: 7 },
];
/** Two seconds of touching and the four that the thanks take. */
const VISIT_EVERY_MS = 6_500;
const SHARP = ['burst', 'speeding', 'straight-lining'];

/** What a drumming child left in a week, right after one of its visitors; flagged as a tablet flags it, and set aside. */
export function drummedVisits(
  visits: readonly DemoVisit[],
  serviceId: string,
  weeksAgo: number,
): readonly DemoVisit[] {
  const drumming = DRUMMINGS.find((one) => one.serviceId === serviceId && one.weeksAgo === weeksAgo);
  const after = visits[Math.floor(visits.length / 2)];
  if (drumming === undefined || after === undefined) return [];
  return Array.from({ length: drumming.visits }, (_, index) => ({
    ...after,
    answeredAtMs: after.answeredAtMs + 60_000 + index * VISIT_EVERY_MS,
    language: 'fr',
    disposition: 'complete' as const,
    answers: after.answers.map((answer) =>
      answer.kind === 'rating' ? { ...answer, code: 'very-dissatisfied' } : answer,
    ),
    text: null,
    durationSeconds: 2,
    // The first of a burst has nothing before it: its speed tells it.
    flags: index === 0 ? ['speeding'] : SHARP,
  }));
}
