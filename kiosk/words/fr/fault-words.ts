/** What is the matter, for the desk that is told of it: French, whatever the visitor speaks. */
const CAUSES: Readonly<Record<string, string>> = {
  full: 'La mémoire de la tablette est pleine.',
  QuotaExceededError: 'La mémoire de la tablette est pleine.',
  notSealed: 'La tablette ne peut plus protéger ce qui est écrit.',
};

/** A fault in plain words, and its code. */
export function faultToText(fault: string): string {
  const cause = CAUSES[fault.replace('storage-', '')] ?? 'La mémoire de la tablette ne répond pas.';
  return `${cause} Code\u00a0: ${fault}`;
}
