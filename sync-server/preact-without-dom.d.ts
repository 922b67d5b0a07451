// What the server uses of Preact, by its own types but for the DOM: those bring a browser's names into every file of the server, where
// a `document` would then compile (`tsconfig.json` of this folder).

/** An element that is still to be written. */
export interface VNode {
  readonly type: unknown;
  readonly props: object;
}
export type ComponentChildren = VNode | string | number | null | undefined | readonly ComponentChildren[];

export function h(
  tag: string,
  attributes: Readonly<Record<string, string>> | null,
  ...children: ComponentChildren[]
): VNode;
export function renderToStringAsync(page: VNode): Promise<string>;
