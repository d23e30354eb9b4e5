import { MOST_CANDIDATES } from '../core/candidates/candidate';
import { panelText } from '../text';
import { leaveFocus } from './button';
import { areaInSquareMillimetres, areaUnitOf, formatArea, formatDifference, type AreaUnit } from './format';
import type { CardModel, PanelIntents, PanelModel } from './panel-model';
import { ThumbnailCanvas } from './thumbnail-canvas';

/** Places of the grid: all before the first proposal; then full rows of two, so that what is below moves seldom and nothing is left empty. */
function placesFor(candidates: number, proposed: boolean): readonly number[] {
  const count = proposed && candidates <= 2 ? 2 : MOST_CANDIDATES;
  return Array.from({ length: count }, (_, index) => index);
}

interface CardProps {
  readonly index: number;
  readonly card: CardModel;
  readonly unit: AreaUnit;
  readonly enabled: boolean;
  readonly previewed: boolean;
  readonly intents: Pick<PanelIntents, 'choose' | 'preview'>;
}

function CandidateCard({ index, card, unit, enabled, previewed, intents }: CardProps) {
  const area = formatArea(card.statistics.area, unit);
  const difference = formatDifference(card.areaDifferencePercent ?? 0);
  const show = (): void => intents.preview(index);
  const hide = (): void => intents.preview(null);
  return (
    <button
      type="button"
      data-cy={`spa-candidate-${index + 1}`}
      data-area-mm2={areaInSquareMillimetres(card.statistics)}
      className={previewed ? 'spa-card spa-card-previewed' : 'spa-card'}
      aria-label={panelText.candidate(index + 1, area, difference)}
      aria-keyshortcuts={String(index + 1)}
      aria-disabled={enabled ? undefined : true}
      onMouseDown={leaveFocus}
      onClick={enabled ? () => intents.choose(index) : undefined}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      <ThumbnailCanvas thumbnail={card.thumbnail} />
      <kbd className="spa-card-key">{index + 1}</kbd>
      <span className="spa-card-facts">
        <span className="spa-card-area">{area}</span>
        <span className="spa-card-difference">{difference}</span>
      </span>
    </button>
  );
}

/** Keeps a card's room: visible before the first proposal, unseen where a proposal has fewer. */
function EmptyPlace({ index, visible }: { readonly index: number; readonly visible: boolean }) {
  return (
    <span className={`spa-card ${visible ? 'spa-empty' : 'spa-none'}`} aria-hidden="true">
      <span className="spa-thumbnail" />
      <span className="spa-card-key">{index + 1}</span>
      <span className="spa-card-facts">
        <span className="spa-card-area">{'\u00a0'}</span>
        <span className="spa-card-difference">{'\u00a0'}</span>
      </span>
    </span>
  );
}

function Legend({ needed }: { readonly needed: boolean }) {
  return (
    <div className={needed ? 'spa-legend' : 'spa-legend spa-legend-idle'}>
      <span className="spa-legend-entry">
        <span className="spa-swatch spa-swatch-adds" />
        {panelText.adds}
      </span>
      <span className="spa-legend-entry">
        <span className="spa-swatch spa-swatch-removes" />
        {panelText.removes}
      </span>
      <span className="spa-legend-hint">{panelText.previewHint}</span>
    </div>
  );
}

/** Up to four masks that differ from the recommended one and from each other. */
export function CandidateCards({
  model,
  intents,
}: {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}) {
  const { candidates, recommended, previewed } = model;
  const none = recommended !== null && candidates.length === 0;
  const unit = areaUnitOf(model);
  const places = placesFor(candidates.length, recommended !== null);
  const inOneRow = Math.max(2, recommended === null ? MOST_CANDIDATES : candidates.length);
  return (
    <div role="group" aria-label={panelText.candidatesName}>
      <Legend needed={candidates.length > 0} />
      <div className={`spa-cards spa-cards-${inOneRow}`}>
        {places.map(index => {
          const card = candidates[index];
          if (card === undefined)
            return <EmptyPlace key={index} index={index} visible={recommended === null} />;
          return (
            <CandidateCard
              key={index}
              index={index}
              card={card}
              unit={unit}
              enabled={model.canChoose}
              previewed={previewed === index}
              intents={intents}
            />
          );
        })}
        {none && (
          <p className="spa-no-candidates" data-cy="spa-no-candidates">
            {panelText.noCandidates}
          </p>
        )}
      </div>
    </div>
  );
}
