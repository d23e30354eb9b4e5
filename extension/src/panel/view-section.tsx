import { panelText } from '../text';
import { Button } from './button';
import { formatShare, formatSide } from './format';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';
import { Switch } from './switch';

/** One press changes the side of the field of view by a quarter. */
const fieldStep = 1.25;

interface Props {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}

function FieldOfView({ model: { fieldOfView }, intents }: Props) {
  return (
    <div className="spa-control" role="group" aria-label={panelText.fieldOfView}>
      <span className="spa-control-name" title={panelText.fieldOfViewTitle}>
        {panelText.fieldOfView}
      </span>
      {fieldOfView === 'slice' ? (
        <span className="spa-quiet" data-cy="spa-field">
          {panelText.wholeSlice}
        </span>
      ) : (
        <Stepper field={fieldOfView} intents={intents} />
      )}
    </div>
  );
}

interface StepperProps extends Pick<Props, 'intents'> {
  readonly field: Exclude<PanelModel['fieldOfView'], 'slice'>;
}

function Stepper({ field, intents }: StepperProps) {
  return (
    <div className="spa-stepper">
      <Button
        cy="spa-field-smaller"
        look="quiet"
        enabled={field !== null}
        label={panelText.fieldSmaller}
        title={panelText.fieldSmaller}
        onPress={() => intents.scaleFieldOfView(1 / fieldStep)}
      >
        {icons.minus}
      </Button>
      <output className="spa-stepper-value" data-cy="spa-field">
        {field === null ? panelText.automatic : formatSide(field.side, field.unit)}
        {field?.automatic === true && <span className="spa-quiet"> {panelText.automatic}</span>}
      </output>
      <Button
        cy="spa-field-larger"
        look="quiet"
        enabled={field !== null}
        label={panelText.fieldLarger}
        title={panelText.fieldLarger}
        onPress={() => intents.scaleFieldOfView(fieldStep)}
      >
        {icons.plus}
      </Button>
    </div>
  );
}

/** What is drawn on the slice, and how much of the slice the model looks at. */
export function ViewSection({ model, intents }: Props) {
  const { layers } = model;
  return (
    <section className="spa-section" aria-label={panelText.view}>
      <div className="spa-switches">
        <Switch
          cy="spa-show-recommended"
          name={panelText.layer.recommended}
          swatch="recommended"
          on={layers.recommended}
          onChange={on => intents.setLayer('recommended', on)}
        />
        <Switch
          cy="spa-show-candidates"
          name={panelText.layer.candidates}
          swatch="candidates"
          on={layers.candidates}
          onChange={on => intents.setLayer('candidates', on)}
        />
        <Switch
          cy="spa-uncertainty"
          name={panelText.layer.uncertainty}
          swatch="uncertainty"
          shortcut="U"
          on={layers.uncertainty}
          onChange={on => intents.setLayer('uncertainty', on)}
        />
        {layers.uncertainty && (
          <div className="spa-scale" data-cy="spa-uncertainty-scale" title={panelText.scaleTitle}>
            <span>{panelText.scale.low}</span>
            <span className="spa-scale-track" />
            <span>{panelText.scale.high}</span>
          </div>
        )}
        <label className="spa-control">
          <span className="spa-control-name">{panelText.opacity}</span>
          <input
            type="range"
            className="spa-slider"
            data-cy="spa-opacity"
            min={0}
            max={1}
            step={0.05}
            value={layers.opacity}
            aria-valuetext={formatShare(layers.opacity)}
            onChange={event => intents.setOpacity(Number(event.currentTarget.value))}
          />
        </label>
      </div>
      <FieldOfView model={model} intents={intents} />
    </section>
  );
}
