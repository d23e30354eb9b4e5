import { type CSSProperties, type KeyboardEvent, useCallback, useSyncExternalStore } from 'react';

import { uncertaintyScale, type Colours, type Rgb } from '../core/image/colours';
import type { Orientation } from '../core/image/orientation';
import { panelText } from '../text';
import { CandidateCards } from './candidate-cards';
import { useKeptFocus } from './kept-focus';
import { operatesControl } from './keyboard';
import { KeyboardHelp } from './keyboard-help';
import type { PanelStore } from './panel-model';
import { PreferenceSection } from './preference-section';
import { RecommendedCard } from './recommended-card';
import { SavingSection } from './saving-section';
import { StatusSection } from './status-section';
import { ToolsSection } from './tools-section';
import { ViewSection } from './view-section';

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
const colourVariables = ({ recommended, adds, removes }: Colours): CSSProperties =>
  ({
    '--spa-recommended': css(recommended),
    '--spa-adds': css(adds),
    '--spa-removes': css(removes),
    '--spa-uncertainty': `linear-gradient(90deg, ${uncertaintyScale.map(css).join(', ')})`,
  }) as CSSProperties;

/** Lays the pictures as the slice lies: they stay the same pictures, and need not be drawn anew. */
const pictureVariable = ({ alongRow, alongColumn }: Orientation): CSSProperties =>
  ({
    '--spa-picture': `matrix(${[alongRow.x, alongRow.y, alongColumn.x, alongColumn.y].join(', ')}, 0, 0)`,
  }) as CSSProperties;

const keepFromHost = (event: KeyboardEvent): void => {
  if (operatesControl(event)) event.stopPropagation();
};

/** The whole panel: shows the store's snapshot and passes on what the user wants. */
export function Panel({ store }: { readonly store: PanelStore }) {
  const model = useSyncExternalStore(
    useCallback(listener => store.subscribe(listener), [store]),
    () => store.getSnapshot(),
  );
  const { intents } = store;
  const keptFocus = useKeptFocus();
  const outdated = model.state === 'working' && model.recommended !== null;
  return (
    <div
      className="spa-panel"
      data-cy="spa-panel"
      data-round={model.round}
      style={{ ...colourVariables(model.colours), ...pictureVariable(model.orientation) }}
      onKeyDown={keepFromHost}
      {...keptFocus}
    >
      <StatusSection model={model} intents={intents} />
      <div className="spa-body">
        <ToolsSection model={model} intents={intents} />
        <section
          className={outdated ? 'spa-proposal spa-proposal-old' : 'spa-proposal'}
          aria-label={panelText.proposalName}
          aria-busy={model.state === 'working'}
        >
          <RecommendedCard model={model} intents={intents} />
          <CandidateCards model={model} intents={intents} />
        </section>
        {model.preference !== null && (
          <PreferenceSection preference={model.preference} forget={() => intents.forget()} />
        )}
        <ViewSection model={model} intents={intents} />
        <KeyboardHelp />
      </div>
      <SavingSection model={model} intents={intents} />
    </div>
  );
}
