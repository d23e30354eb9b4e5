import { leaveFocus } from './button';

interface SwitchProps {
  readonly cy: string;
  readonly name: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  /** The colour in which this layer is drawn, as a class of `sections.css`. */
  readonly swatch: 'recommended' | 'candidates' | 'uncertainty';
  readonly shortcut?: string;
}

/** One layer of the viewport, on or off. */
export function Switch({ cy, name, on, onChange, swatch, shortcut }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      data-cy={cy}
      className="spa-switch"
      aria-checked={on}
      aria-keyshortcuts={shortcut}
      onMouseDown={leaveFocus}
      onClick={() => onChange(!on)}
    >
      <span className={`spa-swatch spa-swatch-${swatch}`} />
      <span className="spa-switch-name">{name}</span>
      {shortcut !== undefined && (
        <kbd className="spa-key" aria-hidden="true">
          {shortcut}
        </kbd>
      )}
      <span className="spa-switch-track" />
    </button>
  );
}
