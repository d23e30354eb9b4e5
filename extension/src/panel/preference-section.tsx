import type { Tendency } from '../core/proposal/proposal';
import { panelText } from '../text';
import { Button } from './button';
import { formatDistance, formatShare } from './format';
import type { PanelModel } from './panel-model';

const percent = (share: number): string => `${Math.min(1, Math.max(0, share)) * 100}%`;

interface BarProps {
  readonly ends: { readonly low: string; readonly high: string };
  readonly value: Tendency['generosity'] | null;
}

/** Where the preference stands between two ways of drawing: the dot is its mean, the band what it still allows. */
function TendencyBar({ ends, value }: BarProps) {
  const label =
    value === null
      ? panelText.tendencyUnknown(ends.low, ends.high)
      : panelText.tendencyValue(
          ends.low,
          ends.high,
          formatShare(value.mean),
          formatShare(value.low),
          formatShare(value.high),
        );
  return (
    <div className="spa-tendency" role="img" aria-label={label}>
      <span className="spa-tendency-end">{ends.low}</span>
      <span className="spa-tendency-track">
        {value !== null && (
          <>
            <span
              className="spa-tendency-range"
              style={{ left: percent(value.low), right: percent(1 - value.high) }}
            />
            <span className="spa-tendency-dot" style={{ left: percent(value.mean) }} />
          </>
        )}
      </span>
      <span className="spa-tendency-end">{ends.high}</span>
    </div>
  );
}

/** What has been learnt about the way this user draws. */
export function PreferenceSection({
  preference,
  forget,
}: {
  readonly preference: NonNullable<PanelModel['preference']>;
  readonly forget: () => void;
}) {
  const { answers, kept, tendency, margin } = preference;
  const distance = margin === null ? null : formatDistance(margin);
  return (
    <section className="spa-section" aria-label={panelText.preference}>
      <div className="spa-section-heading">
        <h3 className="spa-section-title">{panelText.preference}</h3>
        <span className="spa-quiet" title={answers > 0 ? panelText.keptTitle(kept) : undefined}>
          {panelText.answers(answers, kept)}
        </span>
        <Button
          cy="spa-forget"
          className="spa-button-small"
          enabled={answers > 0}
          title={panelText.forgetTitle}
          onPress={forget}
        >
          {panelText.forget}
        </Button>
      </div>
      {tendency !== 'untold' && (
        <>
          <TendencyBar ends={panelText.tendency.generosity} value={tendency?.generosity ?? null} />
          <TendencyBar ends={panelText.tendency.smoothness} value={tendency?.smoothness ?? null} />
        </>
      )}
      {margin !== null && distance !== null && (
        <p className="spa-quiet" data-cy="spa-margin">
          {panelText.margin(distance, margin.distance > 0)}
        </p>
      )}
    </section>
  );
}
