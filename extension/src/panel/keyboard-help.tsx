import { panelText } from '../text';
import { leaveFocus } from './button';
import { shortcuts } from './shortcuts';

/** All keys in one place; folded away until asked for. */
export function KeyboardHelp() {
  const { undo, redo } = shortcuts();
  return (
    <details className="spa-keys" data-cy="spa-keys">
      <summary className="spa-keys-summary" onMouseDown={leaveFocus}>
        {panelText.keyboard}
      </summary>
      <dl className="spa-keys-list">
        {panelText.keys(undo.keys, redo.keys).map(({ keys, meaning }) => (
          <div key={meaning} className="spa-keys-entry">
            <dt>
              {keys.map(key => (
                <kbd key={key} className={key === '–' ? 'spa-key-range' : 'spa-key'}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
