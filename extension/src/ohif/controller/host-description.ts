import { SpaError } from '../../core/error';
import type { Host } from '../host/host';
import { hostText } from '../../text';
import type { ImagePlace } from '../host/image-place';
import { findTarget } from '../segmentation/accept-mask';
import { isHidden, segmentationsIn } from '../segmentation/segmentations-in';
import { toolInHand } from '../tool/tool-in-hand';
import { directionsFrom, directionsOfSegment } from './following';
import { sightOf, stackWith } from './sight';
import type { WorkState } from './work-state';

export type HostDescription = Pick<
  WorkState,
  | 'shown'
  | 'sight'
  | 'toolInHand'
  | 'target'
  | 'writesTo'
  | 'hostHistory'
  | 'canExport'
  | 'canStore'
  | 'follows'
>;

/** What the panel says of the host. `place`: the slice in work, or the last one that was; `isFree`: nothing is in work there. */
export function describeHost(host: Host, place: ImagePlace | null, isFree: boolean): HostDescription {
  const viewport = host.activeViewport();
  const active = placeOnShow(host);
  return {
    shown: active === null ? null : { modality: modalityOf(host, active.imageId) },
    sight: sightOf(host, place),
    toolInHand: viewport === null ? 'ours' : toolInHand(host.tools, viewport.id),
    ...describeTarget(host, isFree ? (active ?? place) : (place ?? active)),
    hostHistory: historyOf(host),
    canExport: viewport !== null && segmentationsIn(host, viewport.id).length > 0,
    canStore: host.canStoreDicom(),
    follows: {
      inWork: directionsFrom(host, place),
      inSegment: directionsOfSegment(host, active),
    },
  };
}

/** The image in the active viewport; null without one. */
export function placeOnShow(host: Host): ImagePlace | null {
  const viewport = host.activeViewport();
  const imageId = viewport?.getCurrentImageId();
  return viewport !== null && imageId ? { viewportId: viewport.id, imageId } : null;
}

export function isSameDescription(a: HostDescription, b: HostDescription): boolean {
  const values = (of: HostDescription): string =>
    JSON.stringify([
      of.shown,
      of.sight,
      of.toolInHand,
      of.target,
      of.writesTo,
      of.hostHistory,
      of.canExport,
      of.canStore,
      of.follows,
    ]);
  return values(a) === values(b);
}

function historyOf(host: Host): WorkState['hostHistory'] {
  const history = host.cornerstone.utilities.HistoryMemo?.DefaultHistoryMemo;
  return { canUndo: history?.canUndo ?? false, canRedo: history?.canRedo ?? false };
}

function modalityOf(host: Host, imageId: string): string {
  const series = host.cornerstone.metaData.get('generalSeriesModule', imageId) as
    { modality?: string } | undefined;
  return series?.modality ?? '';
}

function describeTarget(host: Host, place: ImagePlace | null): Pick<HostDescription, 'target' | 'writesTo'> {
  if (place === null) return { target: null, writesTo: null };
  try {
    // Its own viewport may be gone.
    const viewportId = stackWith(host, place)?.viewport.id ?? place.viewportId;
    const writesTo = findTarget(host, viewportId, place.imageId);
    if (writesTo === null) return { target: null, writesTo };
    const segmentation = host.services.segmentationService.getSegmentation(writesTo.segmentationId);
    const segment = segmentation?.segments[writesTo.segmentIndex];
    const target = {
      segmentation: segmentation?.label ?? '',
      segment: segment?.label ?? hostText.newSegment,
      isHidden: isHidden(host, viewportId, writesTo),
    };
    return { target, writesTo };
  } catch (error) {
    if (error instanceof SpaError && error.code === 'segment-locked')
      return { target: 'locked', writesTo: null };
    throw error;
  }
}
