import { panelText } from '../text';
import { Button } from './button';
import {
  areaInSquareMillimetres,
  areaUnitOf,
  formatArea,
  formatDiameters,
  formatName,
  formatShare,
  formatVolume,
} from './format';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';
import { ThumbnailCanvas } from './thumbnail-canvas';

interface Props {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}

function Proposed({ model, intents }: Props) {
  const { recommended, round, canAccept, guidance } = model;
  if (recommended === null) return null;
  const { statistics, certainShare, thumbnail } = recommended;
  const goesBack = guidance === 'elsewhere';
  const certain = formatShare(certainShare);
  return (
    <div
      className="spa-recommended-content"
      data-cy="spa-recommended"
      data-area-mm2={areaInSquareMillimetres(statistics)}
    >
      <ThumbnailCanvas thumbnail={thumbnail} description={panelText.thumbnailOfRecommended} />
      <div className="spa-recommended-facts">
        <h3 className="spa-recommended-title">
          {panelText.recommended}
          <span className="spa-round">{panelText.round(round)}</span>
        </h3>
        <p className="spa-area">{formatArea(statistics.area, areaUnitOf(model))}</p>
        <p className="spa-fact" title={panelText.longestTimesPerpendicular}>
          {formatDiameters(statistics)}
        </p>
        <p className="spa-fact" title={panelText.certainTitle(certain)}>
          {panelText.certain(certain)}
          <span className="spa-meter" aria-hidden="true">
            <span style={{ transform: `scaleX(${certainShare})` }} />
          </span>
        </p>
        <Button
          cy="spa-accept"
          look="primary"
          className="spa-accept"
          enabled={canAccept}
          shortcut="Enter"
          onPress={() => intents.accept()}
        >
          {!goesBack && icons.check}
          {goesBack ? panelText.goBack : panelText.accept}
          <kbd className="spa-key" aria-hidden="true">
            Enter
          </kbd>
        </Button>
      </div>
    </div>
  );
}

/** `segmentationName` puts the segmentation's name as it is to be read there. */
function destinationOf(target: PanelModel['target'], segmentationName: (name: string) => string): string {
  if (target === null) return panelText.targetNew;
  if (target === 'locked') return panelText.targetLocked;
  const { segmentation, segment, isHidden } = target;
  const name = segmentationName(segmentation);
  return isHidden ? panelText.targetHidden(name, segment) : panelText.targetExisting(name, segment);
}

/** Its line is there before it is known: nothing jumps when it comes. */
function Extent({ extent }: Pick<PanelModel, 'extent'>) {
  if (extent === null) return <p className="spa-extent">{'\u00a0'}</p>;
  const { images, missing, volume } = extent;
  return (
    <p
      className="spa-extent"
      data-cy="spa-extent"
      data-volume-mm3={volume === null ? undefined : Math.round(volume * 10) / 10}
    >
      {panelText.extent(images, missing, volume === null ? null : formatVolume(volume))}
    </p>
  );
}

/** The mask that Accept writes, and where it goes. The frame keeps its place before the first proposal: nothing jumps when it comes. */
export function RecommendedCard({ model, intents }: Props) {
  const { recommended, target, extent, state } = model;
  const canCancel = recommended !== null || state === 'working';
  return (
    <div className={recommended === null ? 'spa-recommended spa-empty' : 'spa-recommended'}>
      {recommended === null ? (
        <div className="spa-recommended-content">
          <span className="spa-thumbnail spa-thumbnail-empty" />
          <p className="spa-before">{panelText.beforeFirstProposal}</p>
        </div>
      ) : (
        <Proposed model={model} intents={intents} />
      )}
      {canCancel && (
        <Button
          cy="spa-cancel"
          look="quiet"
          className="spa-cancel"
          label={panelText.cancel}
          title={panelText.cancel}
          shortcut="Escape"
          onPress={() => intents.cancel()}
        >
          {icons.close}
        </Button>
      )}
      <p className="spa-target" data-cy="spa-target">
        {icons.target}
        <span title={destinationOf(target, name => name)}>{destinationOf(target, formatName)}</span>
      </p>
      {target !== null && target !== 'locked' && <Extent extent={extent} />}
    </div>
  );
}
