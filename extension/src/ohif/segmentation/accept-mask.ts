import { SpaError } from '../../core/error';
import type { Segment } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { AcceptRequest } from './accept-request';
import { createSegmentation } from './create-segmentation';
import { drawnAnew } from './drawn-anew';
import { coversSlice, labelmapImageFor, labelmapImageIds, labelsOf } from './labelmap-images';
import { mergeMask, ownersBefore, redoMerge, undoMerge, type LabelmapChange } from './merge-mask';
import { chooseTarget, type ExistingTarget } from './target';
import { writtenInto, type Written } from './written-mask';
import { hostText, reasons } from '../../text';

/**
 * Writes a mask into the viewer's own segmentation: the active segment, or the first segment of a new segmentation. A structure that
 * was accepted there before is drawn anew, and what that had taken of other segments is theirs again. The host's undo takes it back. The
 * labelmaps of that segmentation are kept from then on, whatever the viewer's cache drops.
 * @throws SpaError `segment-locked`, `no-image`, `segmentation-lost`
 */
export async function acceptMask(host: Host, request: AcceptRequest): Promise<Written> {
  const { viewportId, imageId, mask } = request;
  const target = findTarget(host, viewportId, imageId) ?? (await createSegmentation(host, request));
  const imageIds = labelmapImageIds(host, target.segmentationId);
  // What is written beside a hole could not be exported.
  if (!host.labelmaps.keepAll(target.segmentationId, imageIds)) throw new SpaError('segmentation-lost');
  if (markAlgorithm(host, target, request.algorithm)) await request.pause();
  const labelmapImageId = labelmapImageFor(host, target, imageId, mask);
  const labelmap = labelmapImageId === null ? null : labelsOf(host, labelmapImageId);
  if (labelmapImageId === null || labelmap === null)
    throw new SpaError('unexpected', { reason: reasons.noLabelmap });
  const { segmentationId, segmentIndex } = target;
  const earlier = writtenInto(target, request.earlier);
  const masks = earlier.map(each => each.mask);
  const changes = earlier.map(each => each.change);
  const owners = ownersBefore(segmentIndex, changes);
  const segments = host.tools.segmentation.state.getSegmentation(segmentationId)?.segments ?? {};
  const locked = (label: number): boolean => isLocked(host, segmentationId, label);
  const change = mergeMask(labelmap, mask, segmentIndex, locked, drawnAnew(mask, masks), pixel => {
    const owner = owners.get(pixel) ?? 0;
    return segments[owner] && !locked(owner) ? owner : 0;
  });
  remember(host, target, labelmapImageId, change, request.restored);
  announce(host, segmentationId, labelmapImageId);
  return { into: target, change };
}

/**
 * Where Accept would write now; null: into a new segmentation.
 * @throws SpaError `segment-locked`
 */
export function findTarget(host: Host, viewportId: string, imageId: string): ExistingTarget | null {
  const active = host.services.segmentationService.getActiveSegmentation(viewportId) ?? null;
  return chooseTarget({
    active,
    coversSlice: active !== null && coversSlice(host, active.segmentationId, imageId),
    isLocked: index => active !== null && isLocked(host, active.segmentationId, index),
  });
}

/** Also makes the segment where it is not there. Returns whether it was not marked yet. */
function markAlgorithm(host: Host, target: ExistingTarget, algorithm: string): boolean {
  const { state, updateSegmentations } = host.tools.segmentation;
  const segmentation = state.getSegmentation(target.segmentationId);
  if (segmentation === undefined) return false;
  const { segmentIndex } = target;
  const segment = segmentation.segments[segmentIndex] ?? newSegment(segmentIndex);
  if (segment.algorithmName === algorithm && segment.algorithmType === 'SEMIAUTOMATIC') return false;
  updateSegmentations([
    {
      segmentationId: target.segmentationId,
      payload: {
        segments: {
          ...segmentation.segments,
          [segmentIndex]: {
            ...segment,
            algorithmType: 'SEMIAUTOMATIC',
            algorithmName: algorithm,
          },
        },
      },
    },
  ]);
  return true;
}

function newSegment(segmentIndex: number): Segment {
  return { segmentIndex, label: hostText.newSegment, active: true, locked: false };
}

function isLocked(host: Host, segmentationId: string, segmentIndex: number): boolean {
  return host.tools.segmentation.segmentLocking.isSegmentIndexLocked(segmentationId, segmentIndex);
}

function remember(
  host: Host,
  target: ExistingTarget,
  labelmapImageId: string,
  change: LabelmapChange,
  restored: AcceptRequest['restored'],
): void {
  const { utilities } = host.cornerstone;
  utilities.HistoryMemo?.DefaultHistoryMemo.push({
    id: utilities.uuidv4(),
    operationType: 'labelmap',
    restoreMemo: undo => {
      // The host's history outlives its segmentations, and its cache does, too: of one that was deleted, or belongs to a study that was
      // left, nothing can be seen.
      if (host.tools.segmentation.state.getSegmentation(target.segmentationId) === undefined) return;
      const labelmap = labelsOf(host, labelmapImageId);
      if (labelmap === null) return;
      if (undo) undoMerge(labelmap, change);
      else redoMerge(labelmap, change);
      announce(host, target.segmentationId, labelmapImageId);
      restored(undo);
    },
  });
}

/** For the whole segmentation: with a list of slices, volume viewports keep showing the old state. */
function announce(host: Host, segmentationId: string, labelmapImageId: string): void {
  host.labelmaps.putBack(labelmapImageId);
  host.tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(segmentationId);
}
