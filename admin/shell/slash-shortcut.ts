const KEY = 'parvis.slash-shortcut';

/**
 * Whether `/` leads to the search field. One letter alone gets in the way of dictation software, so it can be switched off
 * (WCAG 2.1.4); the choice stays on this computer.
 */
export function isSlashShortcutOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    // Storage is refused by the browser: the shortcut keeps its usual setting.
    return true;
  }
}

export function setSlashShortcut(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off');
  } catch {
    // As above: without storage there is nothing to remember it in.
  }
}
