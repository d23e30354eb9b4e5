import { OVERLAY_PREFIX, veilOverlays } from '../../../extension/src/ohif/overlays/veil';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

const overlay = `${OVERLAY_PREFIX}recommended`;
const segments = { 1: { segmentIndex: 1, label: 'Segment 1', active: true } };

function viewerWithBoth() {
  const viewer = new FakeViewer();
  viewer.segmentations.addLabelmap('own', segments);
  viewer.segmentations.addLabelmap(overlay, segments);
  const service = viewer.host.services.segmentationService;
  const listed = () => service.getSegmentations().map(({ segmentationId }) => segmentationId);
  return { viewer, service, listed };
}

test('under the veil the host lists its own segmentations only', () => {
  const { service, listed } = viewerWithBoth();
  const lift = veilOverlays(service);
  expect(listed()).toEqual(['own']);
  expect(service.getSegmentationRepresentations(VIEWPORT)).toHaveLength(1);
  expect(service.getActiveSegmentation(VIEWPORT)).toBeUndefined();
  lift();
  expect(listed()).toEqual(['own', overlay]);
});

test('under the veil the host shows no overlay in further viewports, and its own segmentations as before', async () => {
  const { viewer, service } = viewerWithBoth();
  const lift = veilOverlays(service);
  const shown = () => viewer.segmentations.representations.map(({ segmentationId }) => segmentationId);
  await service.addSegmentationRepresentation('another', { segmentationId: overlay, type: 'Labelmap' });
  expect(shown()).toEqual(['own', overlay]);
  await service.addSegmentationRepresentation('another', { segmentationId: 'own', type: 'Labelmap' });
  expect(shown()).toEqual(['own', overlay, 'own']);
  lift();
});
