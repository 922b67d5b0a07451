type Part = typeof import('./suggestion.part.ts');

/** What the suggestion can be given without, loaded when it is asked for: our own keyboard, and the guard against personal data. */
export interface SuggestionAid {
  /** null where the device's own keyboard is the visitor's own too. */
  readonly mountKeyboard: Part['mountKeyboard'] | null;
  readonly guard: Part['guard'];
}
export type LoadSuggestionAid = () => Promise<SuggestionAid>;
