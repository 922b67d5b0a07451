import type { Answer, Disposition } from './answers.ts';
import { type Comfort, type ComfortMode, NO_COMFORT, switched } from './comfort.ts';
import type { ItemId } from './ids.ts';
import type { Item, Language, VerbatimItem } from './survey.ts';

/**
 * One visit, from the first touch to home, as a pure machine: `(state, event) → (state, command)`. It knows neither
 * screen, nor storage, nor clock. The shell runs a command to its end before it shows the new state, so that a screen
 * never says more than what is stored.
 *
 * ```
 *  attracting ──answered (global item)──▶ asking 1 ──answered──▶ asking 2 … ──sent | finished──▶ thanking ──▶ attracting
 *                                          ▲   │ idled ▶ warned ──continued──▶ back
 *                                          └wentBack        └──expired──▶ attracting (partial)
 *  any state ──storageFailed──▶ outOfOrder ──storageHealed──▶ attracting
 * ```
 */
export type VisitState =
  | { readonly kind: 'attracting'; readonly language: Language; readonly comfort: Comfort }
  | { readonly kind: 'asking'; readonly visit: Visit; readonly step: number; readonly isWarned: boolean }
  | { readonly kind: 'thanking'; readonly language: Language; readonly comfort: Comfort }
  | { readonly kind: 'outOfOrder'; readonly language: Language };

/** What one visitor has left so far. `steps[0]` is the global item, already answered when a visit exists. */
export interface Visit {
  readonly steps: readonly Item[];
  readonly answers: readonly Answer[];
  /** What is being typed; held here only, in memory, until sent or wiped. */
  readonly draft: string;
  /** The themes touched instead of typing, or beside it; held and wiped as the draft is. */
  readonly themes: readonly string[];
  readonly language: Language;
  readonly comfort: Comfort;
  readonly startedAtMs: number;
  readonly lastTouchAtMs: number;
}

export type VisitEvent =
  /** A face or an option was touched. The first one carries the steps this visit will be asked, the global item leading. */
  | {
      readonly kind: 'answered';
      readonly answer: Answer;
      readonly steps: readonly Item[];
      readonly atMs: number;
    }
  | { readonly kind: 'skipped'; readonly atMs: number }
  | { readonly kind: 'wentBack'; readonly atMs: number }
  | { readonly kind: 'typed'; readonly text: string; readonly atMs: number }
  /** A theme of the suggestion was touched: it is meant, or no longer. */
  | { readonly kind: 'themeTouched'; readonly code: string; readonly atMs: number }
  /** The suggestion is handed in; an empty or blank draft means none. `flags` are what its words were found to hold. */
  | { readonly kind: 'sent'; readonly flags?: readonly string[]; readonly atMs: number }
  /** The visitor ends here, with the questions left unasked. */
  | { readonly kind: 'finished'; readonly atMs: number }
  | { readonly kind: 'languageChosen'; readonly language: Language; readonly atMs: number }
  /** Something that makes the tablet fit its visitor was switched on, or off again. */
  | { readonly kind: 'comfortSwitched'; readonly mode: ComfortMode; readonly atMs: number }
  /** Nothing was touched for the idle time. */
  | { readonly kind: 'idled' }
  | { readonly kind: 'continued'; readonly atMs: number }
  /** Nobody answered « Voulez-vous continuer ? ». */
  | { readonly kind: 'expired' }
  | { readonly kind: 'thanksEnded' }
  | { readonly kind: 'storageFailed' }
  | { readonly kind: 'storageHealed' };

/** What must be durable before the next state is shown. */
export type VisitCommand =
  /** Write the visit's entry for the first time. */
  | { readonly kind: 'record'; readonly visit: Visit }
  /** Write it again with what is known now. */
  | { readonly kind: 'amend'; readonly visit: Visit }
  /** Write it for the last time and let it be sent. */
  | {
      readonly kind: 'settle';
      readonly visit: Visit;
      readonly disposition: Disposition;
      readonly text: string | null;
      /** Quality flags raised by what is handed in. */
      readonly flags: readonly string[];
    };

export interface Transition {
  readonly state: VisitState;
  readonly command: VisitCommand | null;
}

/** The language a tablet speaks when nobody has chosen one. */
export const HOME_LANGUAGE: Language = 'fr';
/** Where each visit begins: nothing of the last one, neither its language nor its comfort. */
export const HOME: VisitState = { kind: 'attracting', language: HOME_LANGUAGE, comfort: NO_COMFORT };

/** Computes what an event does. An event that means nothing in a state leaves it untouched. */
export function transition(state: VisitState, event: VisitEvent): Transition {
  if (event.kind === 'storageFailed') return to({ kind: 'outOfOrder', language: languageOf(state) });
  switch (state.kind) {
    case 'attracting':
      return fromAttracting(state, event);
    case 'asking':
      return fromAsking(state, event);
    case 'thanking':
      return fromThanking(state, event);
    case 'outOfOrder':
      return event.kind === 'storageHealed' ? to(HOME) : to(state);
  }
}

/** The language a state is shown in. */
export function languageOf(state: VisitState): Language {
  return state.kind === 'asking' ? state.visit.language : state.language;
}

/** What is switched on for whom a state is shown to; nothing where the tablet serves nobody. */
export function comfortOf(state: VisitState): Comfort {
  if (state.kind === 'asking') return state.visit.comfort;
  return state.kind === 'outOfOrder' ? NO_COMFORT : state.comfort;
}

/** The answer already given to an item, so that a question gone back to shows it. */
export function answerTo(visit: Visit, itemId: ItemId): Answer | undefined {
  return visit.answers.find((answer) => answer.itemId === itemId);
}

/** First touch to last touch, in whole seconds, never negative whatever the clock did. */
export function durationSecondsOf(visit: Visit): number {
  return Math.max(0, Math.round((visit.lastTouchAtMs - visit.startedAtMs) / 1000));
}

type Attracting = Extract<VisitState, { kind: 'attracting' }>;
type Asking = Extract<VisitState, { kind: 'asking' }>;
type Thanking = Extract<VisitState, { kind: 'thanking' }>;

function fromAttracting(state: Attracting, event: VisitEvent): Transition {
  switch (event.kind) {
    case 'answered': {
      if (event.steps[0]?.itemId !== event.answer.itemId) return to(state);
      const visit: Visit = {
        steps: event.steps,
        answers: [event.answer],
        draft: '',
        themes: [],
        language: state.language,
        comfort: state.comfort,
        startedAtMs: event.atMs,
        lastTouchAtMs: event.atMs,
      };
      if (event.steps.length === 1) return settle(visit, 'complete');
      return { state: asking(visit, 1), command: { kind: 'record', visit } };
    }
    case 'languageChosen':
      return to({ ...state, language: event.language });
    case 'comfortSwitched':
      return to({ ...state, comfort: switched(state.comfort, event.mode) });
    case 'idled':
    case 'expired':
      return to(HOME);
    default:
      return to(state);
  }
}

function fromAsking(state: Asking, event: VisitEvent): Transition {
  const { visit, step } = state;
  switch (event.kind) {
    case 'answered': {
      if (event.answer.itemId !== visit.steps[step]?.itemId) return to(state);
      const answers = [
        ...visit.answers.filter((answer) => answer.itemId !== event.answer.itemId),
        event.answer,
      ];
      return advance(
        { ...visit, answers: inAskedOrder(visit.steps, answers), lastTouchAtMs: event.atMs },
        step,
      );
    }
    case 'skipped': {
      // The first item is what makes the visit an answer: it can be changed, not taken back.
      if (step === 0) return to(state);
      const skipped = visit.steps[step];
      const answers = visit.answers.filter((answer) => answer.itemId !== skipped?.itemId);
      // What is written stays while another question is gone back to and skipped.
      const suggested = skipped?.kind === 'verbatim' ? { draft: '', themes: [] } : {};
      return advance({ ...visit, ...suggested, answers, lastTouchAtMs: event.atMs }, step);
    }
    case 'wentBack':
      return step === 0 ? to(state) : to(asking({ ...visit, lastTouchAtMs: event.atMs }, step - 1));
    case 'typed':
      return to({ ...state, visit: { ...visit, draft: event.text, lastTouchAtMs: event.atMs } });
    case 'themeTouched':
      return to({
        ...state,
        visit: { ...visit, themes: toggled(visit.themes, event.code), lastTouchAtMs: event.atMs },
      });
    case 'sent':
      return settle(
        withThemes({ ...visit, lastTouchAtMs: event.atMs }, step),
        'complete',
        visit.draft,
        event.flags,
      );
    case 'finished':
      return settle({ ...visit, lastTouchAtMs: event.atMs }, 'complete');
    case 'languageChosen':
      return to({ ...state, visit: { ...visit, language: event.language, lastTouchAtMs: event.atMs } });
    case 'comfortSwitched': {
      const comfort = switched(visit.comfort, event.mode);
      return to({ ...state, visit: { ...visit, comfort, lastTouchAtMs: event.atMs } });
    }
    case 'idled':
      return to({ ...state, isWarned: true });
    case 'continued':
      return to({ ...state, isWarned: false, visit: { ...visit, lastTouchAtMs: event.atMs } });
    case 'expired':
      return { state: HOME, command: settleCommand(visit, 'partial', '', []) };
    default:
      return to(state);
  }
}

function fromThanking(state: Thanking, event: VisitEvent): Transition {
  switch (event.kind) {
    case 'languageChosen':
      return to({ ...state, language: event.language });
    case 'comfortSwitched':
      return to({ ...state, comfort: switched(state.comfort, event.mode) });
    case 'thanksEnded':
      return to(HOME);
    default:
      return to(state);
  }
}

function advance(visit: Visit, step: number): Transition {
  if (step + 1 >= visit.steps.length) return settle(visit, 'complete', visit.draft);
  return { state: asking(visit, step + 1), command: { kind: 'amend', visit } };
}

function settle(
  visit: Visit,
  disposition: Disposition,
  draft = '',
  flags: readonly string[] = [],
): Transition {
  return {
    state: { kind: 'thanking', language: visit.language, comfort: visit.comfort },
    command: settleCommand(visit, disposition, draft, flags),
  };
}

function settleCommand(
  visit: Visit,
  disposition: Disposition,
  draft: string,
  flags: readonly string[],
): VisitCommand {
  const text = draft.trim();
  return {
    kind: 'settle',
    visit: { ...visit, draft: '', themes: [] },
    disposition,
    text: text === '' ? null : text,
    // Without words there is nothing they could hold.
    flags: text === '' ? [] : flags,
  };
}

/** The themes become an answer of the suggestion's item, in the order they are offered. */
function withThemes(visit: Visit, step: number): Visit {
  const item = visit.steps[step];
  const codes = item?.kind === 'verbatim' ? themesTouched(item, visit.themes) : [];
  if (item === undefined || codes.length === 0) return visit;
  return { ...visit, answers: [...visit.answers, { itemId: item.itemId, kind: 'choice', codes }] };
}

function themesTouched({ themes = [] }: VerbatimItem, touched: readonly string[]): readonly string[] {
  return themes.map((theme) => theme.code).filter((code) => touched.includes(code));
}

function toggled(codes: readonly string[], code: string): readonly string[] {
  return codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code];
}

function asking(visit: Visit, step: number): Asking {
  return { kind: 'asking', visit, step, isWarned: false };
}

function inAskedOrder(steps: readonly Item[], answers: readonly Answer[]): readonly Answer[] {
  return steps.flatMap((item) => answers.find((answer) => answer.itemId === item.itemId) ?? []);
}

function to(state: VisitState): Transition {
  return { state, command: null };
}
