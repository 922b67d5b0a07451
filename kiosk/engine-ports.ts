import type { Language } from '../domain/survey.ts';
import type { claimPlace } from './device/claim-place.ts';
import type { Pages } from './device/pages.ts';
import type { StorageGauge } from './device/report.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Clock, Randomness } from './ports.ts';
import type { AskServer } from './sync/server-port.ts';
import type { JudgeVisit } from './visit/integrity.part.ts';
import type { SealText } from './visit/visit-engine.ts';

/** What the engine reaches the tablet and the world by. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly outbox: Outbox;
  readonly ask: AskServer;
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
