import type { Language } from '../domain/survey.ts';
import type { claimPlace } from './device/claim-place.ts';
import type { Pages } from './device/pages.ts';
import type { StorageGauge } from './device/report.ts';
import type { Kiosk } from './kiosk.ts';
import type { Outbox, OutboxMemory } from './outbox/outbox.ts';
import type { Clock, Randomness } from './ports.ts';
import type { LateSync } from './sync/late-sync.ts';
import type { JudgeVisit } from './visit/integrity.part.ts';
import type { SealText } from './visit/visit-engine.ts';

/** What the engine is given. */
export interface EnginePorts extends LateSync {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly outbox: Outbox;
  readonly claim: typeof claimPlace;
  readonly pages: Pages;
  readonly gauge: StorageGauge;
  /** Fetches a language's words; refuses where they cannot be had. */
  readonly bringWords: (language: Language) => Promise<void>;
  /** null where the page may not use cryptography. */
  readonly seal: SealText | null;
  /** Judges visits by their seconds, for the flags of an answer; null until it has been loaded. */
  readonly judge: () => JudgeVisit | null;
}

/** What the composition root and the staff's menu see of it; screens see a `Kiosk`. */
export interface Engine extends Kiosk {
  /** Opens storage and shows the first screen; `code` is the secret of an enrolment link the page was opened with. */
  start(code: string | null): Promise<void>;
  /** Whether the page may be replaced by a newer one: first screen, untouched for a minute, nothing being stored or sent. */
  isReplaceable(): boolean;
  networkMayBeBack(): void;
  /** Notes a short code for the next report, never a visitor's words. */
  noteError(code: string): void;
  /** What the tablet remembers; null until storage is open. */
  readonly memory: OutboxMemory | null;
  /** The server's last word to this page. */
  readonly contact: Contact | null;
  /** Staff try the tablet out: each visit begun now says so. */
  isTesting: boolean;
  /** Ends the timers; for tests. */
  stop(): void;
}

export interface Contact {
  /** On the tablet's calendar. */
  readonly atMs: number;
  /** How far the tablet's calendar is behind the server's. */
  readonly clockOffsetMs: number;
}
