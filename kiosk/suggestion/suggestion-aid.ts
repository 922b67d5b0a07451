/** What the suggestion can be given without, loaded when it is asked for: our own keyboard, and the guard against personal data. */
export type SuggestionAid = typeof import('./suggestion.part.ts');
export type LoadSuggestionAid = () => Promise<SuggestionAid>;
