import type { Answer } from '../domain/answers.ts';
import type { ComfortMode } from '../domain/comfort.ts';
import type { Result } from '../domain/result.ts';
import type { Language } from '../domain/survey.ts';
import type { VisitState } from '../domain/visit.ts';
import type { Assignment } from '../protocol/assignment.ts';

/** Why a tablet could not be enrolled, for the words on the screen. */
export type EnrolmentFailure =
  | { kind: 'codeUnknown' }
  | { kind: 'tooManyTries'; retryAfterSeconds: number }
  | { kind: 'unreachable' }
  | { kind: 'storageFailed' };

export interface Enrolling {
  readonly isEnrolling: boolean;
  readonly failure: EnrolmentFailure | null;
}

/** Why there is nothing to ask yet. */
export type AssignmentLack = 'unreached' | 'revoked' | 'noQuestionnaire' | 'notUnderstood';

/** What the screens show; the engine is the only one that changes it. */
export type KioskView =
  /** Opening storage; paints nothing but the background, for a few milliseconds. */
  | { readonly kind: 'starting' }
  /** No enrolment on this tablet yet. */
  | ({ readonly kind: 'unenrolled' } & Enrolling)
  /** Enrolled, and the first assignment has not been fetched yet; `lack` says why, once it has been asked for. */
  | ({ readonly kind: 'awaitingAssignment'; readonly lack: AssignmentLack | null } & Enrolling)
  | {
      readonly kind: 'serving';
      readonly assignment: Assignment;
      readonly visit: VisitState;
      readonly sign: StaffSign;
    }
  /** Storage does not work: nothing can be kept, so nothing is asked. */
  | { readonly kind: 'outOfOrder'; readonly language: Language; readonly reason: string };

/** The small honest sign for staff. */
export interface StaffSign {
  /** Answers waiting to be sent. */
  readonly waiting: number;
  readonly connection: 'unknown' | 'reached' | 'unreached' | 'revoked';
}

/** Where a finger came down, in pixels of the page. */
export interface Touch {
  readonly x: number;
  readonly y: number;
}

/** What visitors and staff can do to the kiosk. Instants are read from the engine's own clock. */
export interface KioskActions {
  enrol(code: string): Promise<Result<void, EnrolmentFailure>>;
  answer(answer: Answer): void;
  skip(): void;
  goBack(): void;
  type(text: string): void;
  touchTheme(code: string): void;
  /** Hands the suggestion in; `flags` are what its words were found to hold. */
  send(flags?: readonly string[]): void;
  finish(): void;
  chooseLanguage(language: Language): void;
  /** Switches one of the comforts on, or off again. */
  switchComfort(mode: ComfortMode): void;
  /** « Voulez-vous continuer ? » — yes. */
  carryOn(): void;
  leaveThanks(): void;
  /** Any pointer, with its place, or any key: somebody is there. */
  noticeTouch(touch?: Touch | null): void;
  /** Whether the last touch was the second half of a double tap: a click that follows from it means nothing. */
  isSecondTap(): boolean;
}

/** The engine behind the screens: state machine, outbox, sync. */
export interface Kiosk extends KioskActions {
  readonly view: KioskView;
  /** Calls back after each change of `view`; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}
