/** A key with others held, as the keyboard in front of the user names it and as `aria-keyshortcuts` does. */
interface Shortcut {
  readonly keys: readonly string[];
  readonly aria: string;
}

/** Undo and redo: the keys that differ from one kind of computer to another. */
interface Shortcuts {
  readonly undo: Shortcut;
  readonly redo: Shortcut;
}

const usual: Shortcuts = {
  undo: { keys: ['Ctrl', 'Z'], aria: 'Control+Z' },
  redo: { keys: ['Ctrl', 'Y'], aria: 'Control+Y' },
};

const apple: Shortcuts = {
  undo: { keys: ['Cmd', 'Z'], aria: 'Meta+Z' },
  redo: { keys: ['Shift', 'Cmd', 'Z'], aria: 'Shift+Meta+Z' },
};

/** `platform`: as `navigator.platform` tells it, which every browser still does; an iPad calls itself a Mac there. */
export function shortcutsOn(platform: string): Shortcuts {
  return /^(Mac|iP)/.test(platform) ? apple : usual;
}

/** Of this computer. */
export const shortcuts = (): Shortcuts => shortcutsOn(navigator.platform);
