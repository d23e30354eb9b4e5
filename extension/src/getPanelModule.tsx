import { spaServiceOf } from './ohif/spa-service';
import type { HostParameters } from './ohif/host/host-types';
import { mountPanel } from './panel/mount';
import { hostText } from './text';

/**
 * The panel for the host's side bar. Its component uses no hooks, because it is rendered by the host's React: its ref callback mounts a React
 * root of our own and takes it away again.
 */
export function getPanelModule({ servicesManager }: HostParameters) {
  let unmount: (() => void) | null = null;
  const attach = (element: HTMLElement | null): void => {
    unmount?.();
    unmount = null;
    if (element === null) return;
    const service = spaServiceOf(servicesManager.services);
    // Also where another mode shows the panel.
    service.enter();
    unmount = mountPanel(element, service.store);
  };
  return [
    {
      name: 'spa',
      iconName: 'icon-tool-click-segment',
      iconLabel: hostText.panelTitle,
      label: hostText.panelTitle,
      // The host puts a row of tabs above it in the same column: without the minimum it would reach below the window by that row.
      component: () => <div ref={attach} style={{ height: '100%', minHeight: 0 }} />,
    },
  ];
}
