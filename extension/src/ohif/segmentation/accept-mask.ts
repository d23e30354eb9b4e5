import { SpaError } from '../../core/error';
import type { Mask } from '../../core/mask';
import type { Segment, Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import { mergeMask, redoMerge, undoMerge, type LabelmapChange } from './merge-mask';
import { chooseTarget, type ExistingTarget } from './target';

export interface AcceptRequest {
  readonly viewportId: string;
  readonly imageId: string;
  readonly mask: Mask;
  /** Who made the mask, with the version: SegmentAlgorithmName (0062,0009) of the segment. */
  readonly algorithm: string;
  /** Label of a segmentation that has to be made. */
  readonly newLabel: string;
}

type Labels = Uint8Array | Uint16Array;

/**
 * Writes a mask into the viewer's own segmentation: the active segment, or the first segment of a new segmentation. The host's undo
 * takes it back.
 * @throws SpaError `segment-locked`, `no-image`
 */
export async function acceptMask(host: Host, request: AcceptRequest): Promise<ExistingTarget> {
  const { viewportId, imageId, mask } = request;
  const target = findTarget(host, viewportId, imageId) ?? (await createSegmentation(host, request));
  markAlgorithm(host, target, request.algorithm);
  const labelmapImageId = labelmapImageFor(host, viewportId, target.segmentationId, imageId);
  const labelmap = labelmapImageId === null ? null : pixelsOf(host, labelmapImageId);
  if (labelmapImageId === null || labelmap === null)
    throw new SpaError('unexpected', { reason: 'no labelmap for this slice' });
  const change = mergeMask(labelmap, mask, target.segmentIndex, label =>
    isLocked(host, target.segmentationId, label),
  );
  remember(host, target, labelmapImageId, change);
  announce(host, target.segmentationId);
  return target;
}

/**
 * Where Accept would write now; null: into a new segmentation.
 * @throws SpaError `segment-locked`
 */
export function findTarget(host: Host, viewportId: string, imageId: string): ExistingTarget | null {
  const active = host.services.segmentationService.getActiveSegmentation(viewportId) ?? null;
  return chooseTarget({
    active,
    coversSlice:
      active !== null && labelmapImageFor(host, viewportId, active.segmentationId, imageId) !== null,
    isLocked: index => active !== null && isLocked(host, active.segmentationId, index),
  });
}

async function createSegmentation(host: Host, request: AcceptRequest): Promise<ExistingTarget> {
  const { displaySetService, segmentationService, viewportGridService } = host.services;
  const displaySet = (viewportGridService.getDisplaySetsUIDsForViewport(request.viewportId) ?? [])
    .map(uid => displaySetService.getDisplaySetByUID(uid))
    .find(candidate => candidate?.imageIds?.includes(request.imageId));
  if (displaySet === undefined) throw new SpaError('no-image');
  // All segments exist from the start: the host writes statistics back later and would drop one that was added meanwhile.
  const segments: Record<number, Segment> = {
    1: { segmentIndex: 1, label: 'Segment 1', active: true, locked: false },
  };
  const segmentationId = await segmentationService.createLabelmapForDisplaySet(displaySet, {
    label: request.newLabel,
    segments,
  });
  await segmentationService.addSegmentationRepresentation(request.viewportId, {
    segmentationId,
    type: 'Labelmap',
  });
  return { segmentationId, segmentIndex: 1 };
}

function markAlgorithm(host: Host, target: ExistingTarget, algorithm: string): void {
  const { state, updateSegmentations } = host.tools.segmentation;
  const segmentation = state.getSegmentation(target.segmentationId);
  const segment = segmentation?.segments[target.segmentIndex];
  if (segmentation === undefined || segment === undefined || segment === null) return;
  if (segment.algorithmName === algorithm && segment.algorithmType === 'SEMIAUTOMATIC') return;
  updateSegmentations([
    {
      segmentationId: target.segmentationId,
      payload: {
        segments: {
          ...segmentation.segments,
          [target.segmentIndex]: {
            ...segment,
            algorithmType: 'SEMIAUTOMATIC',
            algorithmName: algorithm,
          },
        },
      },
    },
  ]);
}

/** The labelmap image of a segmentation that belongs to an image of the series; null if it has none. */
function labelmapImageFor(
  host: Host,
  viewportId: string,
  segmentationId: string,
  imageId: string,
): string | null {
  const { cornerstone, tools } = host;
  const { state } = tools.segmentation;
  const segmentation: Segmentation | undefined = state.getSegmentation(segmentationId);
  const imageIds = segmentation?.representationData.Labelmap?.imageIds;
  if (imageIds === undefined) return null;
  const refersTo = (labelmapImageId: string): string | undefined =>
    cornerstone.cache.getImage(labelmapImageId)?.referencedImageId;
  if (host.viewport(viewportId)?.getCurrentImageId() === imageId) {
    const current = state.getCurrentLabelmapImageIdForViewport(viewportId, segmentationId);
    // By position alone the host may name the labelmap of another slice.
    if (current !== undefined && refersTo(current) === imageId) return current;
  }
  return imageIds.find(candidate => refersTo(candidate) === imageId) ?? null;
}

function pixelsOf(host: Host, labelmapImageId: string): Labels | null {
  const pixels = host.cornerstone.cache.getImage(labelmapImageId)?.voxelManager?.getScalarData();
  return pixels instanceof Uint8Array || pixels instanceof Uint16Array ? pixels : null;
}

function isLocked(host: Host, segmentationId: string, segmentIndex: number): boolean {
  return host.tools.segmentation.segmentLocking.isSegmentIndexLocked(segmentationId, segmentIndex);
}

function remember(host: Host, target: ExistingTarget, labelmapImageId: string, change: LabelmapChange): void {
  const { utilities } = host.cornerstone;
  utilities.HistoryMemo?.DefaultHistoryMemo.push({
    id: utilities.uuidv4(),
    operationType: 'labelmap',
    restoreMemo: undo => {
      const labelmap = pixelsOf(host, labelmapImageId);
      // The segmentation was deleted meanwhile: nothing to restore it in.
      if (labelmap === null) return;
      if (undo) undoMerge(labelmap, change);
      else redoMerge(labelmap, change);
      announce(host, target.segmentationId);
    },
  });
}

/** For the whole segmentation: with a list of slices, volume viewports keep showing the old state. */
function announce(host: Host, segmentationId: string): void {
  host.tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(segmentationId);
}
