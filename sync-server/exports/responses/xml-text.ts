const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const NEEDS_ESCAPE = /[&<>"]/;

/** Text as XML holds it, in an element and in an attribute. */
export function escapeXml(text: string): string {
  return NEEDS_ESCAPE.test(text) ? text.replaceAll(/[&<>"]/g, (sign) => MARKUP[sign] ?? sign) : text;
}

/** What XML 1.0 has no way to say: control characters, halves of characters, the two that are none. */
export const UNSPEAKABLE = /(?![\t\n\r\u007F-\u009F])[\p{Cc}\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Nothing of it is written in another way than it stands: an identity, say. */
export const PLAIN = /^[0-9A-Za-z][0-9A-Za-z-]*$/;
