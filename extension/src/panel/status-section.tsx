import { panelText } from '../text';
import { Button } from './button';
import { formatMegabytes } from './format';
import { guidanceSentence } from './guidance';
import { icons } from './icons';
import type { PanelIntents, PanelModel, ProblemModel } from './panel-model';

interface Props {
  readonly model: PanelModel;
  readonly intents: PanelIntents;
}

function BundleBadge({ bundle }: { readonly bundle: NonNullable<PanelModel['bundle']> }) {
  const { name, version, license, backend, threads } = bundle;
  return (
    <span
      className="spa-badge"
      data-cy="spa-bundle"
      title={panelText.bundleTitle(name, version, license, panelText.backendTitle(backend, threads))}
    >
      <span className="spa-badge-name">{`${name} ${version}`}</span>
      <span className="spa-badge-backend">{panelText.backend(backend, threads)}</span>
    </span>
  );
}

function Progress({ progress }: { readonly progress: NonNullable<PanelModel['progress']> }) {
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
  const { state, bundle, progress, problem, warning } = model;
  // A problem that stops the work says the next step itself; beside any other one the guidance still holds.
  const guides = state !== 'error' || problem === null;
  return (
    <header className="spa-top">
      <div className="spa-heading">
        <h2 className="spa-title">{panelText.title}</h2>
        {bundle !== null && <BundleBadge bundle={bundle} />}
      </div>
      <div data-cy="spa-status" data-state={state} data-backend={bundle?.backend ?? ''}>
        {guides && (
          <p className="spa-guidance" data-cy="spa-guidance" role="status">
            {guidanceSentence(model)}
          </p>
        )}
        {state === 'loading' && progress !== null && <Progress progress={progress} />}
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
