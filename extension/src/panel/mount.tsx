import { createRoot } from 'react-dom/client';

import './panel.css';
import './controls.css';
import './model.css';
import './proposal.css';
import './sections.css';
import './adaptive.css';
import { Panel } from './panel';
import type { PanelStore } from './panel-model';

/**
 * Shows the panel in `element` with a React root of its own: the host's React is not reachable from a plugin.
 * Returns the function that takes it away again.
 */
export function mountPanel(element: HTMLElement, store: PanelStore): () => void {
  const root = createRoot(element);
  root.render(<Panel store={store} />);
  return () => root.unmount();
}
