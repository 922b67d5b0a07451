import type { ComfortMode } from '../../domain/comfort.ts';

/** One wording for each plural category of the language; `other` stands in for a category that is not told apart. */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/**
 * Everything the kiosk says to visitors, in one language. `{name}` marks what is filled in. A language that lacks a word does
 * not compile; what the survey asks is not here, it comes with the assignment. What only staff read is French, in `fr/`.
 */
export interface Words {
  readonly title: string;
  readonly invitation: string;
  /** On the button that opens the choice of languages. */
  readonly languages: string;
  readonly close: string;
  readonly comfort: string;
  readonly comforts: Readonly<Record<ComfortMode, string>>;
  /** In place of the button to listen with, where the device has no voice of its own for the language. */
  readonly noVoice: string;
  readonly demonstration: string;
  readonly accessibility: string;
  /** `{share}` satisfied among `{count}` answers over `{period}`. */
  readonly published: Plural;
  /** Before what visitors said, and before what the town did about it. */
  readonly said: string;
  readonly done: string;

  readonly progress: string;
  readonly lastStep: string;
  readonly back: string;
  readonly finish: string;
  readonly confirm: string;
  readonly severalChoices: string;
  /** The words of an answer, by the code that is stored. Levels that are not here are numbers. */
  readonly levels: Readonly<Record<LevelCode, string>>;
  /** What the four levels are called where they answer « … vous a-t-il convenu ? ». */
  readonly agreement: Readonly<Record<AgreementCode, string>>;

  readonly suggestionHelp: string;
  /** Names the themes that may be touched instead of typing. */
  readonly themes: string;
  readonly charactersLeft: Plural;
  readonly send: string;
  readonly finishWithoutSuggestion: string;

  readonly thanks: string;
  readonly kept: string;
  readonly returning: string;
  readonly returnNow: string;

  readonly idleQuestion: string;
  readonly idleHelp: string;
  readonly secondsLeft: Plural;
  readonly carryOn: string;
  readonly stop: string;

  readonly outOfOrderTitle: string;
  readonly outOfOrderHelp: string;
  readonly outOfOrderWhom: string;
}

/** The levels that have words; those of a 0–10 scale are written as numbers. */
export type LevelCode =
  | 'very-satisfied'
  | 'fairly-satisfied'
  | 'neither'
  | 'fairly-dissatisfied'
  | 'very-dissatisfied'
  | 'yes'
  | 'no'
  | 'not-applicable';

/** The codes of the scale `four-level-agreement`. */
export type AgreementCode =
  | 'very-satisfied'
  | 'fairly-satisfied'
  | 'fairly-dissatisfied'
  | 'very-dissatisfied';
