import type { JSX } from 'preact';
import { MAX_ENTRY_BYTES, MAX_RETAINED_DAYS, MAX_RETAINED_ENTRIES } from '../outbox/outbox.ts';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import type { Facts } from './facts.ts';
import { bytesToText, durationToText } from './french-figures.ts';

const words = STAFF_WORDS.facts;
/** Below this the network explains the difference. */
const CLOCK_TOLERANCE_MS = 10_000;

/** The tablet's figures, each beside its name. */
export function FactsList({ facts }: { readonly facts: Facts }): JSX.Element {
  return (
    <dl class="staff-facts">
      {linesOf(facts).map(([name, value, isWrong]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={isWrong === true ? 'staff-wrong' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Line = readonly [name: string, value: string, isWrong?: boolean];

function linesOf(facts: Facts): readonly Line[] {
  const { assignment, enrolmentId, version } = facts;
  return [
    [words.unsent, ...unsentOf(facts)],
    [words.connectionLabel, words.connection[facts.connection], isCut(facts)],
    [words.contact, contactOf(facts)],
    [words.retained, retainedOf(facts)],
    [words.storage, ...storageOf(facts)],
    [words.room, roomOf(facts)],
    [words.clock, ...clockOf(facts)],
    [words.place, assignment === null ? '–' : `${assignment.site.name}, ${assignment.organisation.name}`],
    [words.point, assignment?.point.name ?? '–'],
    [words.version, version],
    [words.tablet, enrolmentId?.slice(0, 8) ?? '–'],
  ];
}

function isCut({ connection }: Facts): boolean {
  return connection === 'unreached' || connection === 'revoked';
}

function unsentOf({ status, atMs }: Facts): readonly [string, boolean?] {
  if (status === null) return [words.broken, true];
  if (status.waiting === 0) return [words.none];
  const age = status.oldestAt === null ? null : durationToText(atMs - Date.parse(status.oldestAt));
  return [[words.answers(status.waiting), ...(age === null ? [] : [words.oldest(age)])].join(', ')];
}

function retainedOf({ status }: Facts): string {
  return status === null
    ? words.broken
    : words.retainedOf(
        status.retained,
        MAX_RETAINED_ENTRIES,
        MAX_RETAINED_DAYS,
        bytesToText(MAX_RETAINED_ENTRIES * MAX_ENTRY_BYTES),
      );
}

function contactOf({ contact, atMs }: Facts): string {
  return contact === null ? words.noContact : words.ago(durationToText(atMs - contact.atMs));
}

function storageOf({ isPersisted }: Facts): readonly [string, boolean?] {
  if (isPersisted === null) return [words.notTold];
  return isPersisted ? [words.persisted] : [words.notPersisted, true];
}

function roomOf({ usedBytes, quotaBytes }: Facts): string {
  if (usedBytes === null || quotaBytes === null) return words.notTold;
  return words.roomOf(bytesToText(usedBytes), bytesToText(quotaBytes));
}

function clockOf({ contact }: Facts): readonly [string, boolean?] {
  if (contact === null) return [words.clockUnknown];
  const gapMs = Math.abs(contact.clockOffsetMs);
  if (gapMs <= CLOCK_TOLERANCE_MS) return [words.clockRight];
  return [words.clockWrong(durationToText(gapMs), contact.clockOffsetMs > 0), true];
}
