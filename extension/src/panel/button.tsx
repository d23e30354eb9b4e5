import type { MouseEvent, ReactNode } from 'react';

interface ButtonProps {
  readonly cy: string;
  readonly onPress: () => void;
  readonly enabled?: boolean;
  readonly look?: 'primary' | 'plain' | 'quiet';
  readonly title?: string;
  /** Needed where the children are not words. */
  readonly label?: string;
  readonly shortcut?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A press with the mouse leaves the focus in the viewer, so that Enter still accepts and the viewer's own keys still work after it;
 * the keyboard reaches every button as usual.
 */
export const leaveFocus = (event: MouseEvent): void => event.preventDefault();

/** A button that keeps its place in the tab order, and the focus, while it is not enabled. */
export function Button(props: ButtonProps) {
  const { cy, onPress, enabled = true, look = 'plain', title, label, shortcut, className, children } = props;
  return (
    <button
      type="button"
      data-cy={cy}
      className={`spa-button spa-button-${look}${className === undefined ? '' : ` ${className}`}`}
      aria-disabled={enabled ? undefined : true}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={title}
      onMouseDown={leaveFocus}
      onClick={enabled ? () => onPress() : undefined}
    >
      {children}
    </button>
  );
}
