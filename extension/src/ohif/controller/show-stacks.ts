import type { Host } from '../host/host';

/**
 * Has the host show its series image by image, as they were acquired. By its default layout, since its layout menu leaves the viewports volumes;
 * and for that it must not know a series of several echoes, b-values or moments for what it is.
 */
export function showStacks(host: Host): void {
  const { displaySetService, viewportGridService } = host.services;
  for (const { viewport } of host.cornerstone.getEnabledElements()) {
    for (const uid of viewportGridService.getDisplaySetsUIDsForViewport(viewport.id) ?? []) {
      const displaySet = displaySetService.getDisplaySetByUID(uid);
      if (displaySet?.isDynamicVolume === true) displaySet.isDynamicVolume = false;
    }
  }
  host.commands.run('setHangingProtocol', { protocolId: 'default' });
}
