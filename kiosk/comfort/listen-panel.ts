import type { ListenWords } from './listen-words.ts';

const CONTROLS = ['repeat', 'softer', 'louder'] as const;

export interface ListenPanel {
  /** Shows its words; nothing of it where there is no voice. */
  show(words: ListenWords | null): void;
  holds(element: Element): boolean;
  remove(): void;
}

/** Again, softer, louder: three buttons at the foot of the page for as long as somebody listens. */
export function createListenPanel(
  page: Document,
  actions: Readonly<Record<(typeof CONTROLS)[number], () => void>>,
): ListenPanel {
  // A landmark of its own: it stands beside the screen, not in it.
  const panel = page.createElement('section');
  panel.className = 'listen-panel';
  const buttons = CONTROLS.map((control) => {
    const button = page.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.addEventListener('click', () => actions[control]());
    panel.append(button);
    return { control, button };
  });
  page.body.append(panel);
  return {
    show(words) {
      panel.hidden = words === null;
      if (words === null) return;
      panel.setAttribute('aria-label', words.panel);
      for (const { control, button } of buttons) button.textContent = words[control];
    },
    holds: (element) => panel.contains(element),
    remove: () => panel.remove(),
  };
}
