import type { Slice } from '../../core/image/slice';
import type { Host } from '../host/host';
import { showsStack } from '../host/stack';
import { readSlice } from '../slice/read-slice';
import type { WorkStore } from './work-store';

/** The slice in work with the window in which it is seen now; as it was last seen while another image is shown. */
export function sliceAsSeen(host: Host, state: WorkStore): Slice | null {
  const { place, slice } = state.now;
  const viewport = place === null ? null : host.viewport(place.viewportId);
  if (viewport === null || !showsStack(viewport)) return slice;
  if (viewport.getCurrentImageId() !== place?.imageId) return slice;
  const seen = readSlice(host.cornerstone, viewport);
  if (seen.key === slice?.key) return slice;
  state.change({ slice: seen });
  return seen;
}
