import type { ComponentChildren } from 'preact';

/** Holds a table that may be wider than the screen: it scrolls by itself, by keyboard too, and the page does not. */
export function WideTable(props: { label: string; children: ComponentChildren }) {
  return (
    // A region that scrolls must take the focus, or the keyboard cannot scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="table-scroll" tabIndex={0} role="region" aria-label={props.label}>
      {props.children}
    </div>
  );
}
