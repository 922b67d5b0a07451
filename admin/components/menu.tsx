import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './menu.css';

/**
 * A button that unfolds a few links. Escape and a click elsewhere fold it again; the browser's own disclosure does the rest, so that
 * it works by keyboard everywhere.
 */
export function Menu(props: { label: string; children: ComponentChildren }) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const fold = () => {
      if (ref.current !== null) ref.current.open = false;
    };
    const onPointerDown = (event: Event) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) fold();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !ref.current?.open) return;
      fold();
      ref.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  const foldAfterChoice = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('a, button') !== null && ref.current !== null)
      ref.current.open = false;
  };
  return (
    <details class="menu" ref={ref}>
      <summary class="button">
        {props.label}
        <svg class="menu-arrow" viewBox="0 0 12 8" aria-hidden="true" focusable="false">
          <path d="m1.5 1.5 4.5 5 4.5-5" />
        </svg>
      </summary>
      <div class="menu-panel" onClick={foldAfterChoice}>
        {props.children}
      </div>
    </details>
  );
}
