/** @jest-environment jsdom */
import { intentOfKey } from '../../extension/src/panel/keyboard';
import { shortcutsOn } from '../../extension/src/panel/shortcuts';
import { proposing } from './fake-store';

/** The key press that a shortcut stands for, as the browser tells it: with Shift held a letter is a capital. */
function pressOf(aria: string): KeyboardEvent {
  const held = aria.split('+');
  const letter = held.pop() ?? '';
  const shiftKey = held.includes('Shift');
  return new KeyboardEvent('keydown', {
    key: shiftKey ? letter : letter.toLowerCase(),
    shiftKey,
    ctrlKey: held.includes('Control'),
    metaKey: held.includes('Meta'),
  });
}

test.each(['MacIntel', 'iPhone', 'Win32', 'Linux x86_64'])('what the panel names on %s does it', platform => {
  const { undo, redo } = shortcutsOn(platform);
  expect(intentOfKey(pressOf(undo.aria), proposing)).toEqual({ kind: 'undo' });
  expect(intentOfKey(pressOf(redo.aria), proposing)).toEqual({ kind: 'redo' });
});
