import { createRoot } from 'react-dom/client';

import './panel.css';
import './controls.css';
import './model.css';
import './proposal.css';
import './sections.css';
import './adaptive.css';
import './forced-colours.css';
import { Panel } from './panel';
import type { PanelStore } from './panel-model';

/**
 * Shows the panel in `element` with a React root of its own: the host's React is not reachable from a plugin.
 * Returns the function that takes it away again.
 */
export function mountPanel(element: HTMLElement, store: PanelStore): () => void {
  // React puts a hundred listeners on what it draws into and leaves them there; of the panels that were left the host keeps its own elements.
  const container = document.createElement('div');
  container.style.display = 'contents';
  element.append(container);
  const root = createRoot(container);
  root.render(<Panel store={store} />);
  return () => {
    root.unmount();
    container.remove();
  };
}
