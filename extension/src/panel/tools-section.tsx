import type { KeyboardEvent } from 'react';

import type { ToolMode } from '../core/session/session-state';
import { panelText } from '../text';
import { Button, leaveFocus } from './button';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';
import { shortcuts } from './shortcuts';

const tools = ['positive', 'negative', 'line', 'box'] as const satisfies readonly ToolMode[];
const toolIcons = {
  positive: icons.plus,
  negative: icons.minus,
  line: icons.line,
  box: icons.box,
} as const;
const toolTitles = {
  positive: panelText.tool.positiveTitle,
  negative: panelText.tool.negativeTitle,
  line: panelText.tool.lineTitle,
  box: panelText.tool.boxTitle,
} as const;
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface ToolProps {
  readonly tool: ToolMode | null;
  readonly setTool: (tool: ToolMode) => void;
}

function ToolChoice({ tool, setTool }: ToolProps) {
  // By Tab one is reached, also while none is chosen.
  const reached = tool ?? tools[0];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = steps[event.key];
    const next = step === undefined ? undefined : tools.at((tools.indexOf(reached) + step) % tools.length);
    if (next === undefined) return;
    event.preventDefault();
    setTool(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cy=spa-${next}]`)?.focus();
  };
  return (
    <div className="spa-tools" role="radiogroup" aria-label={panelText.tool.name} onKeyDown={onKeyDown}>
      {tools.map(each => (
        <button
          key={each}
          type="button"
          role="radio"
          data-cy={`spa-${each}`}
          className={`spa-tool spa-tool-${each}`}
          aria-checked={each === tool}
          tabIndex={each === reached ? 0 : -1}
          title={toolTitles[each]}
          onMouseDown={leaveFocus}
          onClick={() => setTool(each)}
        >
          {toolIcons[each]}
          {panelText.tool[each]}
        </button>
      ))}
    </div>
  );
}

interface SectionProps {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}

function Steps({ model, intents }: SectionProps) {
  const { undo, redo } = shortcuts();
  return (
    <div className="spa-steps">
      <Button
        cy="spa-undo"
        className="spa-step"
        enabled={model.canUndo}
        label={panelText.undo}
        title={panelText.undoTitle(undo.keys)}
        shortcut={undo.aria}
        onPress={() => intents.undo()}
      >
        {icons.undo}
      </Button>
      <Button
        cy="spa-redo"
        className="spa-step"
        enabled={model.canRedo}
        label={panelText.redo}
        title={panelText.redoTitle(redo.keys)}
        shortcut={redo.aria}
        onPress={() => intents.redo()}
      >
        {icons.redo}
      </Button>
      <Button
        cy="spa-clear"
        enabled={model.canClear}
        title={panelText.clearTitle}
        onPress={() => intents.clear()}
      >
        {panelText.clear}
      </Button>
    </div>
  );
}

const directions = [
  { direction: 'previous', icon: icons.up, shortcut: 'Shift+ArrowUp' },
  { direction: 'next', icon: icons.down, shortcut: 'Shift+ArrowDown' },
] as const;

/** The structure on the images beside: always in its place, so that nothing jumps when there is something to follow. */
function Follow({ model, intents }: SectionProps) {
  return (
    <div className="spa-follow" role="group" aria-label={panelText.follow}>
      <span className="spa-quiet">{panelText.follow}</span>
      {directions.map(({ direction, icon, shortcut }) => (
        <Button
          key={direction}
          cy={`spa-follow-${direction}`}
          className="spa-step"
          enabled={model.canFollow[direction]}
          label={panelText.followTitles[direction]}
          title={panelText.followTitles[direction]}
          shortcut={shortcut}
          onPress={() => intents.follow(direction)}
        >
          {icon}
        </Button>
      ))}
    </div>
  );
}

/** What the next click means, the way back, and the way on. */
export function ToolsSection({ model, intents }: SectionProps) {
  return (
    <section className="spa-tools-section">
      <ToolChoice tool={model.tool} setTool={tool => intents.setTool(tool)} />
      <div className="spa-ways">
        <Steps model={model} intents={intents} />
        <Follow model={model} intents={intents} />
      </div>
    </section>
  );
}
