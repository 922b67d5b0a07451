import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words/words.ts';
import './page.css';

/** Set once the first page has been shown: only a page one has moved to takes the focus. */
let hasShownAPage = false;

/**
 * A page of the web view: its only h1, the title of the window, and the focus on arrival, so that a screen reader says where one is.
 */
export function Page(props: {
  /** Of the window, before « – Parvis ». */
  title: string;
  heading: ComponentChildren;
  /** Beside the heading. */
  tools?: ComponentChildren;
  /** Under the heading, small. */
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.shell.title(props.title);
  }, [props.title]);
  useEffect(() => {
    if (hasShownAPage) headingRef.current?.focus({ preventScroll: true });
    hasShownAPage = true;
  }, []);
  return (
    <div class="page">
      <header class="page-head">
        <div class="page-heading">
          <h1 ref={headingRef} tabIndex={-1}>
            {props.heading}
          </h1>
          {props.lead !== undefined && <p class="page-lead">{props.lead}</p>}
        </div>
        {props.tools !== undefined && <div class="page-tools">{props.tools}</div>}
      </header>
      {props.children}
    </div>
  );
}
