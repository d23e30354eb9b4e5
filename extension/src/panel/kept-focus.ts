import { useLayoutEffect, useRef, type FocusEvent } from 'react';

/** Where the focus goes on, the first that is there: to the answer to a proposal; without one to the words that say what to do. */
const successors = ['[data-cy=spa-accept]', '[data-cy=spa-said]'];

/**
 * Keeps the focus in the panel where the control that had it goes away, as a chosen card does, or Accept with its proposal: browsers would
 * put it at the beginning of the page, from where it is a long way back through the viewer (WCAG 2.4.3).
 * @returns what to give the panel's element
 */
export function useKeptFocus() {
  const panel = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);

  // After whatever was shown: only what React takes away leaves the focus without telling `onBlur`.
  useLayoutEffect(() => {
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    const [successor] = successors.flatMap(
      selector => panel.current?.querySelector<HTMLElement>(selector) ?? [],
    );
    successor?.focus();
  });

  return {
    ref: panel,
    onFocus: ({ target }: FocusEvent): void => {
      focused.current = target;
    },
    onBlur: (): void => {
      focused.current = null;
    },
  };
}
