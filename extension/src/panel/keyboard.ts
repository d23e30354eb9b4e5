import type { Direction, PanelIntents, PanelModel, PanelStore } from './panel-model';

/** What the mapping reads of a `KeyboardEvent`. */
export type KeyPress = Pick<
  KeyboardEvent,
  | 'key'
  | 'code'
  | 'ctrlKey'
  | 'metaKey'
  | 'altKey'
  | 'shiftKey'
  | 'repeat'
  | 'isComposing'
  | 'defaultPrevented'
  | 'target'
>;

export type KeyIntent =
  | { readonly kind: 'choose'; readonly candidate: number }
  | { readonly kind: 'accept' | 'cancel' | 'undo' | 'redo' }
  | { readonly kind: 'follow'; readonly direction: Direction }
  | { readonly kind: 'uncertainty'; readonly visible: boolean };

const notTyped = 'button|checkbox|radio|range|submit|reset|file|color|image';
const typingSelector = [
  `input:not(${notTyped
    .split('|')
    .map(type => `[type=${type}]`)
    .join(',')})`,
  'textarea',
  'select',
  '[contenteditable]:not([contenteditable=false])',
  '[role=textbox]',
  '[role=combobox]',
].join(',');
/** Elements on which Enter already means something: their own click follows, ours would be a second one. */
const entersItself = 'button,a[href],summary,[role=button],[role=menuitem],[role=option],[role=tab]';

/** Elements in which arrows already mean something. */
const movesItself =
  'input,select,[role=radiogroup],[role=slider],[role=listbox],[role=tablist],[role=tree],[role=grid]';
/** The viewer's slider over the images of a viewport keeps the focus when it was used, whatever is clicked on the image afterwards. */
const pagesImages = '[data-cy="viewport-grid"] :is([role=slider], input[type=range])';

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** What lies over the page until it is answered, such as an open select of the viewer: Escape closes it, and letters look for its entries. */
const asks = '[role=dialog],[role=alertdialog],[role=menu],[role=listbox]';

const isTyping = (target: EventTarget | null): boolean =>
  within(target, typingSelector) || within(target, asks);

/** Index of the candidate that a digit key means, also where digits need Shift (AZERTY); null for other keys. */
function candidateOf(press: KeyPress): number | null {
  if (/^[1-4]$/.test(press.key)) return Number(press.key) - 1;
  const physical = press.shiftKey ? null : /^Digit([1-4])$/.exec(press.code);
  return physical === null ? null : Number(physical[1]) - 1;
}

/**
 * What a key means now, or null if it is not ours and the host may have it: while the user types in a field or answers a dialog or a list,
 * while the key would have no effect on `model`, and for Enter on a focused control, which acts by itself.
 */
export function intentOfKey(press: KeyPress, model: PanelModel): KeyIntent | null {
  if (press.defaultPrevented || press.isComposing || press.altKey || isTyping(press.target)) return null;
  const key = press.key.toLowerCase();

  if (press.ctrlKey || press.metaKey) {
    if (key === 'z' && !press.shiftKey) return model.canUndo ? { kind: 'undo' } : null;
    if ((key === 'y' && !press.shiftKey) || key === 'z') return model.canRedo ? { kind: 'redo' } : null;
    return null;
  }
  if (press.repeat) return null;

  const candidate = candidateOf(press);
  if (candidate !== null) {
    const chooses = model.canChoose && candidate < model.candidates.length;
    return chooses ? { kind: 'choose', candidate } : null;
  }
  if (press.shiftKey) return followed(press, model);
  switch (key) {
    case 'enter':
      return model.canAccept && !within(press.target, entersItself) ? { kind: 'accept' } : null;
    case 'escape':
      return model.state === 'working' || model.recommended !== null ? { kind: 'cancel' } : null;
    case 'u':
      return { kind: 'uncertainty', visible: !model.layers.uncertainty };
    default:
      return null;
  }
}

/** With Shift the arrows that page through the images take the structure along. */
function followed({ key, target }: KeyPress, { canFollow }: PanelModel): KeyIntent | null {
  const direction = key === 'ArrowDown' ? 'next' : key === 'ArrowUp' ? 'previous' : null;
  if (direction === null || !canFollow[direction]) return null;
  if (within(target, movesItself) && !within(target, pagesImages)) return null;
  return { kind: 'follow', direction };
}

function perform(intent: KeyIntent, intents: PanelIntents): void {
  switch (intent.kind) {
    case 'choose':
      return intents.choose(intent.candidate);
    case 'uncertainty':
      return intents.setLayer('uncertainty', intent.visible);
    case 'accept':
      return intents.accept();
    case 'follow':
      return intents.follow(intent.direction);
    case 'cancel':
      return intents.cancel();
    case 'undo':
      return intents.undo();
    case 'redo':
      return intents.redo();
  }
}

/**
 * Serves the keys on `target` (the document, say) until the returned function is called. It listens in the capture phase and stops
 * what it takes, because the host binds digits, Escape and Ctrl+Z on the document for itself.
 */
export function listenToKeys(target: EventTarget, store: PanelStore): () => void {
  const onKeyDown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    const intent = intentOfKey(event, store.getSnapshot());
    if (intent === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    perform(intent, store.intents);
  };
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => target.removeEventListener('keydown', onKeyDown, { capture: true });
}

/**
 * A press on an image leaves the button that was used before. Browsers do that by themselves, but the host keeps them from it: Enter would
 * press that button once more, instead of accepting what the press on the image led to.
 */
export function leaveButton(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && within(activeElement, entersItself)) activeElement.blur();
}

/** Keys that operate a focused control of the panel and that the host would otherwise act upon as well (Space resets its viewport). */
export function operatesControl(press: Pick<KeyPress, 'key'>): boolean {
  return [' ', 'Enter', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(press.key);
}
