import type { SessionEvent } from '../../core/session/session';
import type { ToolMode } from '../../core/session/session-state';
import type { Direction, LayerSwitches, PanelIntents } from '../../panel/panel-model';

/** What intents come down to. */
export interface Actions {
  /** An answer of the user to the session. */
  answer(event: SessionEvent): void;
  choose(candidate: number): void;
  undo(): void;
  redo(): void;
  switchLayers(change: Partial<LayerSwitches>): void;
  preview(candidate: number | null): void;
  selectTool(tool: ToolMode): void;
  scaleFieldOfView(factor: number): void;
  retry(): void;
  accept(): void;
  follow(direction: Direction): void;
  exportSegmentation(): void;
  storeSegmentation(): void;
  switchBundle(index: number): void;
  cancelSwitch(): void;
}

export function panelIntents(actions: Actions): PanelIntents {
  return {
    accept: () => actions.accept(),
    follow: direction => actions.follow(direction),
    cancel: () => actions.answer({ type: 'cancelled' }),
    choose: candidate => actions.choose(candidate),
    preview: candidate => actions.preview(candidate),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    clear: () => actions.answer({ type: 'cleared' }),
    forget: () => actions.answer({ type: 'preferenceForgotten' }),
    retry: () => actions.retry(),
    dismissProblem: () => actions.answer({ type: 'problemDismissed' }),
    setTool: tool => actions.selectTool(tool),
    setLayer: (name, visible) => actions.switchLayers({ [name]: visible }),
    setOpacity: opacity => actions.switchLayers({ opacity: Math.min(1, Math.max(0, opacity)) }),
    scaleFieldOfView: factor => actions.scaleFieldOfView(factor),
    exportSegmentation: () => actions.exportSegmentation(),
    storeSegmentation: () => actions.storeSegmentation(),
    switchBundle: index => actions.switchBundle(index),
    cancelSwitch: () => actions.cancelSwitch(),
  };
}
