const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';

/**
 * Sets a French text as printers do: a narrow no-break space before « ; ? ! % » and inside guillemets, a no-break space before a
 * colon. Written as a template tag, so that words files hold plain spaces that a reader can see:
 * `` t`Combien ? ${count} réponses` ``. Values put in are set too.
 */
export function t(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return setFrench(String.raw({ raw: strings }, ...values));
}

/** The rules of {@link t} for a text that is already whole. */
export function setFrench(text: string): string {
  return text
    .replace(/ (?=[;?!%»])/g, NARROW_NO_BREAK)
    .replace(/« /g, `«${NARROW_NO_BREAK}`)
    .replace(/ (?=:)/g, NO_BREAK);
}
