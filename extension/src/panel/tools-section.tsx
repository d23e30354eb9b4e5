import type { KeyboardEvent } from 'react';

import type { ToolMode } from '../core/session/session-state';
import { panelText } from '../text';
import { Button, leaveFocus } from './button';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';

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

/** What the next click means, and the way back. */
export function ToolsSection({
  model,
  intents,
}: {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}) {
  return (
    <section className="spa-tools-section">
      <ToolChoice tool={model.tool} setTool={tool => intents.setTool(tool)} />
      <div className="spa-steps">
        <Button
          cy="spa-undo"
          enabled={model.canUndo}
          title={panelText.undoTitle}
          shortcut="Control+Z"
          onPress={() => intents.undo()}
        >
          {icons.undo}
          <span className="spa-step-name">{panelText.undo}</span>
        </Button>
        <Button
          cy="spa-redo"
          enabled={model.canRedo}
          title={panelText.redoTitle}
          shortcut="Control+Y"
          onPress={() => intents.redo()}
        >
          {icons.redo}
          <span className="spa-step-name">{panelText.redo}</span>
        </Button>
        <Button
          cy="spa-clear"
          enabled={model.canClear}
          title={panelText.clearTitle}
          onPress={() => intents.clear()}
        >
          {icons.clear}
          <span className="spa-step-name">{panelText.clear}</span>
        </Button>
      </div>
    </section>
  );
}
