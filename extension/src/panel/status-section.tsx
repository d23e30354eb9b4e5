import { panelText } from '../text';
import { Button } from './button';
import { guidanceSentence } from './guidance';
import { icons } from './icons';
import { ModelSection, Opening, Progress } from './model-section';
import type { PanelIntents, PanelModel, ProblemModel } from './panel-model';

interface Props {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}

function Problem({ problem, intents }: { readonly problem: ProblemModel; readonly intents: PanelIntents }) {
  return (
    <div className="spa-problem" data-cy="spa-problem" data-code={problem.code} role="alert">
      <p className="spa-problem-message">
        {icons.warning}
        <span>{problem.message}</span>
      </p>
      <p className="spa-problem-remedy">{problem.remedy}</p>
      <div className="spa-row">
        {problem.canRetry && (
          <Button cy="spa-retry" look="primary" onPress={() => intents.retry()}>
            {icons.retry}
            {panelText.retry}
          </Button>
        )}
        <Button cy="spa-dismiss" onPress={() => intents.dismissProblem()}>
          {panelText.dismiss}
        </Button>
      </div>
    </div>
  );
}

/** Stays at the top while the rest scrolls: who is at work, how far it is, and what to do next. */
export function StatusSection({ model, intents }: Props) {
  const { state, bundle, bundles, opening, progress, problem, warning } = model;
  // A problem that stops the work says the next step itself; beside any other one the guidance still holds.
  const guides = state !== 'error' || problem === null;
  return (
    <header className="spa-top">
      <div className="spa-heading">
        <h2 className="spa-title">{panelText.title}</h2>
      </div>
      {(bundle !== null || bundles.length > 1) && (
        <ModelSection bundle={bundle} bundles={bundles} intents={intents} />
      )}
      <div data-cy="spa-status" data-state={state} data-backend={bundle?.backend ?? ''}>
        {/* Always there: what is said in a live region that comes with its words, many screen readers do not announce. */}
        <div className="spa-said" data-cy="spa-said" role="status" tabIndex={-1}>
          {guides && (
            <p className="spa-guidance" data-cy="spa-guidance">
              {guidanceSentence(model)}
            </p>
          )}
        </div>
        {state === 'loading' && progress !== null && <Progress progress={progress} />}
        {opening !== null && <Opening opening={opening} cancel={() => intents.cancelSwitch()} />}
        {problem !== null && <Problem problem={problem} intents={intents} />}
        {warning !== null && (
          <p className="spa-warning" data-cy="spa-warning">
            {icons.warning}
            <span>{warning}</span>
          </p>
        )}
      </div>
      <div className={state === 'working' ? 'spa-activity spa-activity-on' : 'spa-activity'} />
    </header>
  );
}
