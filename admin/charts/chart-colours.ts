export type ChartColours = ReturnType<typeof chartColours>;

/** The colours of the page, for what is drawn on a canvas. */
export function chartColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    accent: read('--accent'),
    bad: read('--bad'),
    holidays: read('--level-3'),
    ink: read('--ink'),
    inkSoft: read('--ink-soft'),
    line: read('--line'),
    surface: read('--surface'),
    reached: read('--level-2'),
    near: read('--level-neutral'),
    below: read('--level-3'),
  };
}
