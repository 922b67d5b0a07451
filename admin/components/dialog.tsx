import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../words/words.ts';
import './dialog.css';

/**
 * A modal dialog: the browser keeps the focus inside, and gives it back to what had it. It is open for as long as it is rendered.
 */
export function Dialog(props: {
  heading: string;
  /** The person wants out: Escape or the close button. Without it the dialog cannot be dismissed. */
  onClose?: () => void;
  children: ComponentChildren;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  // Not after the next painting: what is typed at once after the button would still go to the button.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const { onClose } = props;
  return (
    <dialog
      ref={ref}
      class="dialog"
      aria-labelledby={headingId}
      onCancel={(event) => {
        // The parent decides: it stops rendering the dialog.
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={headingId}>{props.heading}</h2>
      {props.children}
      {/* Last, so that the focus begins at what the dialog is about. */}
      {onClose !== undefined && (
        <button type="button" class="button button-quiet dialog-close" onClick={onClose}>
          <span aria-hidden="true">×</span>
          <span class="visually-hidden">{words.shell.close}</span>
        </button>
      )}
    </dialog>
  );
}
