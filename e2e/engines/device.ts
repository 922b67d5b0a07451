/** What can be handed to a page and back. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The engines the kiosk must work in. Chromium counts twice: it is replacing its IndexedDB. */
export const ENGINES = ['chromium', 'chromium-idb-sqlite', 'webkit', 'firefox'] as const;
export type EngineName = (typeof ENGINES)[number];

/** The one page of a running browser: what every engine can be asked for, by whatever protocol it speaks. */
export interface Tab {
  goTo(url: string): Promise<void>;
  /** Runs a function in the page, which sees nothing but what it is handed; waits for what it promises. */
  run<Words extends readonly Json[], Found>(
    script: (...words: Words) => Found | Promise<Found>,
    ...words: Words
  ): Promise<Found>;
  /** Finger (or, where the engine's driver has none, mouse) down and up at a point of the page, as real input. */
  touchAt(x: number, y: number): Promise<void>;
  /** Types on the element that has the focus, as real input. */
  type(text: string): Promise<void>;
  /** A picture of the page, PNG. */
  picture(): Promise<Buffer>;
}

/** A browser on a profile of its own that can be closed, killed and opened again. */
export interface Device {
  readonly profileDir: string;
  /** Opens it on its profile, with an empty page. */
  open(): Promise<Tab>;
  /** Closes it as somebody would who shuts the tablet down. */
  close(): Promise<void>;
  /** SIGKILL to all its processes at once. */
  kill(): Promise<void>;
  /** SIGKILL to the process that stores and fetches for the pages, where the engine has one apart; tells how many there were. */
  killStorageProcess(): Promise<number>;
  /** Kills it if need be, and removes the profile. */
  dispose(): Promise<void>;
}

/** A call of a page's function as an expression, for a protocol that takes text; it comes to the result as JSON. */
export function callAsText(script: (...words: never[]) => unknown, words: readonly Json[]): string {
  return `(async () => JSON.stringify(await (${String(script)})(...${JSON.stringify(words)})))()`;
}

/** What such a call came to. */
export function foundIn<Found>(json: string | null | undefined): Found {
  return (json == null ? undefined : JSON.parse(json)) as Found;
}
