import { useRef } from 'react';
import type { LoadProgress } from '../inference/engine';
import { panelText } from '../text';
import { Button, leaveFocus } from './button';
import { formatMegabytes } from './format';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';

type BundleModel = NonNullable<PanelModel['bundle']>;

interface Props {
  readonly bundle: BundleModel | null;
  readonly bundles: PanelModel['bundles'];
  readonly intents: Pick<PanelIntents, 'switchBundle'>;
}

/** Which model is at work: a line that unfolds into what it is, and into the others that the deployment lists. */
export function ModelSection({ bundle, bundles, intents }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const choose = (index: number): void => {
    if (details.current !== null) details.current.open = false;
    intents.switchBundle(index);
  };
  return (
    <details className="spa-model" data-cy="spa-model" ref={details}>
      <summary
        className="spa-model-summary"
        data-cy="spa-bundle"
        title={bundle === null ? undefined : titleOf(bundle)}
        onMouseDown={leaveFocus}
      >
        <span className="spa-badge-name">
          {bundle === null ? panelText.model.none : `${bundle.name} ${bundle.version}`}
        </span>
        {bundle !== null && (
          <span className="spa-badge-backend">{panelText.backend(bundle.backend, bundle.threads)}</span>
        )}
      </summary>
      <div className="spa-model-body">
        {bundle !== null && <Facts bundle={bundle} />}
        {bundles.length > 1 && (
          <div className="spa-model-list" role="group" aria-label={panelText.model.others}>
            <p className="spa-quiet">{panelText.model.others}</p>
            {bundles.map(({ label, inWork }, index) => (
              <Button
                key={index}
                cy={`spa-bundle-${index + 1}`}
                className={inWork ? 'spa-model-choice spa-model-present' : 'spa-model-choice'}
                enabled={!inWork}
                title={inWork ? panelText.model.present : panelText.model.switchTo(label)}
                onPress={() => choose(index)}
              >
                <span className="spa-model-label">{label}</span>
                {inWork && icons.check}
              </Button>
            ))}
          </div>
        )}
      </div>
    </details>
  );
}

function titleOf({ name, version, license, backend, threads }: BundleModel): string {
  return panelText.bundleTitle(name, version, license, panelText.backendTitle(backend, threads));
}

function Facts({ bundle }: { readonly bundle: BundleModel }) {
  const { model } = panelText;
  const facts: readonly (readonly [string, string])[] = [
    [model.method, model.engines[bundle.engine]],
    [model.modalities, bundle.modalities.length === 0 ? model.anyModality : bundle.modalities.join(', ')],
    [model.license, bundle.license],
    ...(bundle.passedOver === null ? [] : [[model.graphics, model.passedOver(bundle.passedOver)] as const]),
  ];
  return (
    <dl className="spa-model-facts">
      {facts.map(([name, value]) => (
        <div key={name} className="spa-model-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How far a load is. */
export function Progress({ progress }: { readonly progress: LoadProgress }) {
  const { loadedBytes, totalBytes } = progress;
  const known = totalBytes > 0;
  const share = known ? Math.min(1, loadedBytes / totalBytes) : 0;
  return (
    <div className="spa-progress">
      <div
        className={known ? 'spa-progress-track' : 'spa-progress-track spa-progress-unknown'}
        data-cy="spa-progress"
        role="progressbar"
        aria-label={panelText.progressName}
        aria-valuemin={0}
        aria-valuemax={known ? totalBytes : undefined}
        aria-valuenow={known ? Math.min(loadedBytes, totalBytes) : undefined}
      >
        <div className="spa-progress-bar" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span className="spa-progress-bytes">
        {known
          ? panelText.progress(formatMegabytes(loadedBytes), formatMegabytes(totalBytes))
          : formatMegabytes(loadedBytes)}
      </span>
    </div>
  );
}

/** Another model on its way, beside which the work goes on. */
export function Opening({
  opening,
  cancel,
}: {
  readonly opening: NonNullable<PanelModel['opening']>;
  readonly cancel: () => void;
}) {
  return (
    <div className="spa-opening" data-cy="spa-opening">
      <div className="spa-opening-heading">
        <span className="spa-model-label">{panelText.model.opening(opening.label)}</span>
        <Button cy="spa-opening-cancel" look="quiet" title={panelText.model.cancelTitle} onPress={cancel}>
          {panelText.model.cancel}
        </Button>
      </div>
      {opening.progress !== null && <Progress progress={opening.progress} />}
    </div>
  );
}
