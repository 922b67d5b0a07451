const TEXTS_KEPT = 30_000;

/** Remembers what is made of texts that come again and again; where too many different ones come, they are made anew each time. */
export function remembered<Value>(write: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const written = write(text);
    if (known.size < TEXTS_KEPT) known.set(text, written);
    return written;
  };
}

/** The same of what is not a text itself, by two things that tell it apart; the second may be anything that is one and the same where it means the same. */
export function rememberedBy<Input, Value>(
  key: { readonly outer: (input: Input) => string; readonly inner: (input: Input) => unknown },
  write: (input: Input) => Value,
): (input: Input) => Value {
  const known = new Map<string, Map<unknown, Value>>();
  let kept = 0;
  return (input) => {
    const outer = key.outer(input);
    let inside = known.get(outer);
    if (inside === undefined && known.size < TEXTS_KEPT)
      known.set(outer, (inside = new Map<unknown, Value>()));
    const inner = key.inner(input);
    const found = inside?.get(inner);
    if (found !== undefined) return found;
    const written = write(input);
    if (kept < TEXTS_KEPT) {
      inside?.set(inner, written);
      kept += 1;
    }
    return written;
  };
}
