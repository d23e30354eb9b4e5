import { reasonOf, SpaError } from '../../core/error';
import type { Viewport } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import { stopClip } from '../host/stop-clip';

/**
 * Has a stack show one of its images, and waits until it has it, or another one that the user paged to, or is gone. Next viewports name an
 * image as shown before it is loaded. Rejects with the SpaError `pixels-unreadable` if it cannot be loaded; the one before is shown again then.
 */
export async function showImage(host: Host, viewport: Viewport, index: number): Promise<void> {
  stopClip(host, viewport);
  const before = viewport.getCurrentImageId();
  const imageId = viewport.getImageIds?.()[index];
  try {
    await viewport.setImageIdIndex?.(index);
    if (imageId !== undefined && host.cornerstone.cache.getImage(imageId) === undefined) {
      await arrival(host, viewport, imageId);
    }
  } catch (error) {
    const named = host.viewport(viewport.id)?.getCurrentImageId();
    if (named !== imageId && named !== before) return;
    if (named === imageId) showAgain(viewport, before);
    const reason = reasonOf(error);
    throw new SpaError('pixels-unreadable', { reason }, { cause: error });
  }
}

/** A viewport goes on to name an image that it could not load, and does not ask for it again as long as it does. */
function showAgain(viewport: Viewport, imageId: string | null | undefined): void {
  const index = viewport.getImageIds?.().findIndex(each => each === imageId) ?? -1;
  // Should that one be gone as well, there is nothing more to be said.
  if (index >= 0) void viewport.setImageIdIndex?.(index).catch(() => undefined);
}

function arrival({ cornerstone }: Host, { element }: Viewport, imageId: string): Promise<void> {
  const { eventTarget } = cornerstone;
  const {
    STACK_NEW_IMAGE: shown = '',
    IMAGE_LOAD_FAILED: failed = '',
    ELEMENT_DISABLED: disabled = '',
  } = cornerstone.Enums.Events;
  return new Promise((resolve, reject) => {
    const end = (): void => {
      element.removeEventListener(shown, finish);
      eventTarget.removeEventListener(failed, onFailed);
      eventTarget.removeEventListener(disabled, onDisabled);
    };
    const finish = (): void => {
      end();
      resolve();
    };
    const onFailed = (event: Event): void => {
      const { detail } = event as CustomEvent<{ imageId?: string; error?: unknown }>;
      if (detail.imageId !== imageId) return;
      end();
      reject(detail.error instanceof Error ? detail.error : new Error(String(detail.error)));
    };
    const onDisabled = (event: Event): void => {
      if ((event as CustomEvent<{ element?: unknown }>).detail.element === element) finish();
    };
    element.addEventListener(shown, finish);
    eventTarget.addEventListener(failed, onFailed);
    eventTarget.addEventListener(disabled, onDisabled);
  });
}
