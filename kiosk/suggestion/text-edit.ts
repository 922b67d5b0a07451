/** A field's text, and what of it is selected; the caret is a selection of nothing. */
export interface FieldText {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What is to be put in place of a range of the text; the caret goes behind it. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Types at the caret, in place of what is selected; null when the text would grow too long. */
export function insertion({ value, start, end }: FieldText, text: string, maxLength: number): Edit | null {
  return value.length - (end - start) + text.length > maxLength ? null : { start, end, text };
}

/** Deletes what is selected, or the character before the caret, whole where it is made of two code units. */
export function deletion({ value, start, end }: FieldText): Edit | null {
  if (start !== end) return { start, end, text: '' };
  const before = Array.from(value.slice(0, start)).at(-1);
  return before === undefined ? null : { start: start - before.length, end: start, text: '' };
}

/** Whether what is typed at the caret begins a sentence, and so takes a capital. */
export function beginsSentence({ value, start }: FieldText): boolean {
  return /(?:^|[.?!…]\s)\s*$/.test(value.slice(0, start));
}

/** The word that ends at the caret, to be read out once it is whole; empty when there is none. */
export function wordBefore({ value, start }: FieldText): string {
  return /[\p{L}\p{M}\p{N}’'-]+$/u.exec(value.slice(0, start))?.[0] ?? '';
}
