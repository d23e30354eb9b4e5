import { beforeEach, expect, it } from '@jest/globals';
import { showAccepted } from '../../../extension/src/ohif/segmentation/show-in-stacks';
import { labelmapImageIds } from '../../../extension/src/ohif/segmentation/labelmap-images';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

const segments = { 1: { segmentIndex: 1, label: 'Segment 1', active: true } };
let viewer: FakeViewer;

beforeEach(() => {
  viewer = new FakeViewer();
});

const shown = () =>
  viewer.segmentations.representations.map(
    ({ segmentationId, active }) => `${segmentationId}${active ? ', active' : ''}`,
  );

/** A mask was accepted into it, and then the layout changed. */
function acceptedInto(segmentationId: string, images = viewer.imageIds): void {
  viewer.segmentations.addLabelmap(segmentationId, segments, images);
  viewer.host.labelmaps.keepAll(segmentationId, labelmapImageIds(viewer.host, segmentationId));
  viewer.segmentations.representations = [];
}

it('shows again what was accepted in a stack that the viewer has made anew', async () => {
  acceptedInto('accepted');
  await showAccepted(viewer.host, VIEWPORT);
  expect(shown()).toEqual(['accepted, active']);
});

it('leaves the segmentation active that the viewer shows there itself', async () => {
  acceptedInto('accepted');
  viewer.segmentations.addLabelmap('remembered', segments);
  await showAccepted(viewer.host, VIEWPORT);
  expect(shown()).toEqual(['remembered, active', 'accepted']);
});

it.each([
  ['of another series', () => acceptedInto('accepted', ['elsewhere'])],
  ['into which nothing was accepted', () => viewer.segmentations.addLabelmap('own', segments)],
  [
    'in a volume',
    () => {
      acceptedInto('accepted');
      viewer.viewport.type = 'orthographic';
    },
  ],
])('shows none %s', async (_, given) => {
  given();
  viewer.segmentations.representations = [];
  await showAccepted(viewer.host, VIEWPORT);
  expect(shown()).toEqual([]);
});
