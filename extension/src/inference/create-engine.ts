import { EngineClient } from './client';
import type { Engine } from './engine';
import { SwitchingEngine } from './switching-engine';
import { startModuleWorker } from './worker-factory';

/** The engine of a page. `worker.js` and the folder `ort/` lie beside the script that this is built into. */
export function createEngine(): Engine {
  return new SwitchingEngine(
    () => new EngineClient(() => startModuleWorker(new URL('./worker.js', import.meta.url))),
  );
}
