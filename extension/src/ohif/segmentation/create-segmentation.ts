import { SpaError } from '../../core/error';
import { hostText } from '../../text';
import type { LabelmapImage, Segment } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { DisplaySet } from '../host/host-types';
import type { AcceptRequest } from './accept-request';
import { showAcceptedBeside } from './show-in-stacks';
import type { ExistingTarget } from './target';

/** Labelmap images made before the page may draw again: about 10 ms of work. */
const IMAGES_AT_A_TIME = 16;

/**
 * Makes an empty segmentation of the series that the viewport shows, with a labelmap for every image of it, and shows it there and in all
 * stacks of that series. The host's own `createLabelmapForDisplaySet` does the same in one go, which holds up the page the longer the series is.
 * @throws SpaError `no-image`
 */
export async function createSegmentation(host: Host, request: AcceptRequest): Promise<ExistingTarget> {
  const segmentationId = host.cornerstone.utilities.uuidv4();
  try {
    return await createAs(segmentationId, host, request);
  } catch (error) {
    host.labelmaps.release(segmentationId);
    throw error;
  }
}

async function createAs(
  segmentationId: string,
  host: Host,
  { viewportId, imageId, newLabel, algorithm, pause }: AcceptRequest,
): Promise<ExistingTarget> {
  const { segmentationService } = host.services;
  const displaySet = displaySetOf(host, viewportId, imageId);
  if (displaySet === null) throw new SpaError('no-image');
  const referencedImageIds = [...(displaySet.imageIds ?? [])];
  const imageIds: string[] = [];
  for (const [i, referenced] of referencedImageIds.entries()) {
    if (i > 0 && i % IMAGES_AT_A_TIME === 0) await pause();
    const labelmap = labelmapImage(host, referenced, i + 1);
    // From now on: what the others need may push it out of the viewer's cache before a mask is written.
    host.labelmaps.keep(segmentationId, labelmap);
    imageIds.push(labelmap.imageId);
  }
  await pause();
  // The mode may have been left meanwhile.
  if (displaySetOf(host, viewportId, imageId) !== displaySet) throw new SpaError('no-image');

  // All segments exist from the start: the host writes statistics back later and would drop one that was added meanwhile.
  const segments: Record<number, Segment> = {
    1: {
      segmentIndex: 1,
      label: hostText.newSegment,
      active: true,
      locked: false,
      algorithmType: 'SEMIAUTOMATIC',
      algorithmName: algorithm,
    },
  };
  const { SeriesNumber, SeriesDescription, Modality } = displaySet;
  segmentationService.addOrUpdateSegmentation({
    segmentationId,
    representation: { type: 'Labelmap', data: { imageIds, referencedImageIds } },
    config: {
      label: newLabel,
      fallbackLabel: `S:${SeriesNumber ?? ''} ${Modality ?? ''}`,
      segments,
      cachedStats: { info: `S${SeriesNumber ?? ''}: ${SeriesDescription ?? ''}` },
    },
  });
  await pause();
  await segmentationService.addSegmentationRepresentation(viewportId, { segmentationId, type: 'Labelmap' });
  await pause();
  await showAcceptedBeside(host, viewportId);
  return { segmentationId, segmentIndex: 1 };
}

function displaySetOf(host: Host, viewportId: string, imageId: string): DisplaySet | null {
  const { displaySetService, viewportGridService } = host.services;
  const uids = viewportGridService.getDisplaySetsUIDsForViewport(viewportId) ?? [];
  const displaySets = uids.map(uid => displaySetService.getDisplaySetByUID(uid));
  return displaySets.find(candidate => candidate?.imageIds?.includes(imageId)) ?? null;
}

/** An empty labelmap image in the host's cache. */
function labelmapImage(host: Host, referencedImageId: string, instanceNumber: number): LabelmapImage {
  const { imageLoader, utilities } = host.cornerstone;
  const imageId = `derived:${utilities.uuidv4()}`;
  return imageLoader.createAndCacheDerivedLabelmapImage(referencedImageId, { imageId, instanceNumber });
}
