import { beforeEach, expect, it } from '@jest/globals';
import { encodeMask, type Mask } from '../../../extension/src/core/mask';
import { defaultColours, labels } from '../../../extension/src/ohif/overlays/appearance';
import { Overlays, type OverlayPicture } from '../../../extension/src/ohif/overlays/overlays';
import { FakeViewer, HEIGHT, VIEWPORT, WIDTH } from '../fake-viewer';

let viewer: FakeViewer;
let overlays: Overlays;

const pixel = (index: number): Mask =>
  encodeMask(
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i === index ? 1 : 0)),
    WIDTH,
    HEIGHT,
  );

const picture = (change: Partial<OverlayPicture> = {}): OverlayPicture => ({
  place: { viewportId: VIEWPORT, imageId: 'image-1' },
  recommended: pixel(3),
  candidates: [pixel(4), pixel(5)],
  uncertainty: null,
  switches: { recommended: true, candidates: true, uncertainty: false, opacity: 0.4 },
  previewed: null,
  ...change,
});

const painted = (name: string): [number, number][] =>
  viewer
    .labels(`spa-overlay:image:${name}`)
    .flatMap((label, i): [number, number][] => (label ? [[i, label]] : []));

beforeEach(() => {
  viewer = new FakeViewer();
  overlays = new Overlays(viewer.host, defaultColours);
});

it('has a labelmap of its own for every mask, since masks overlap', () => {
  overlays.draw(picture());
  expect(painted('recommended')).toEqual([[3, labels.recommended]]);
  expect(painted('candidate-1')).toEqual([[4, labels.candidate]]);
  expect(painted('candidate-2')).toEqual([[5, labels.candidate]]);
});

it('refers to the image in work and to no other', () => {
  overlays.draw(picture());
  for (const segmentation of viewer.segmentations.values()) {
    const imageIds = segmentation.representationData.Labelmap?.imageIds ?? [];
    expect(imageIds.map(id => viewer.images.get(id)?.referencedImageId)).toEqual(['image-1']);
  }
});

it('leaves nothing behind when it is cleared', () => {
  const images = viewer.images.size;
  overlays.draw(picture());
  overlays.clear();
  expect(viewer.images.size).toBe(images);
  expect(viewer.segmentations.size).toBe(0);
  expect(viewer.representations).toEqual([]);
  expect(viewer.styles.size).toBe(0);
  expect(viewer.displaySets.size).toBe(0);
});

it('keeps no more for a hundred slices than for one', () => {
  overlays.draw(picture());
  const before = [viewer.images.size, viewer.segmentations.size, viewer.colourTables];
  for (let i = 0; i < 100; i++) {
    overlays.draw(
      picture({ place: { viewportId: VIEWPORT, imageId: `image-${i % 3}` }, recommended: pixel(i % 40) }),
    );
  }
  expect([viewer.images.size, viewer.segmentations.size, viewer.colourTables]).toEqual(before);
});

it('repaints in place for the next round, and drops candidates that are no more', () => {
  overlays.draw(picture());
  const before = viewer.segmentations.get('spa-overlay:recommended');
  overlays.draw(picture({ recommended: pixel(7), candidates: [pixel(8)] }));
  expect(viewer.segmentations.get('spa-overlay:recommended')).toBe(before);
  expect(painted('recommended')).toEqual([[7, labels.recommended]]);
  expect(viewer.segmentations.has('spa-overlay:candidate-2')).toBe(false);
});

it('does not become a display set of the study', () => {
  overlays.draw(picture());
  expect(viewer.displaySets.size).toBe(0);
});

it('leaves the segmentation of the user the active one', () => {
  viewer.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', active: true } });
  overlays.draw(picture());
  expect(viewer.representations.filter(each => each.active).map(each => each.segmentationId)).toEqual([
    'liver',
  ]);
});

it('is never the active segmentation itself', () => {
  overlays.draw(picture());
  expect(viewer.representations.some(each => each.active)).toBe(false);
});

it('is locked against the host’s brush', () => {
  overlays.draw(picture());
  for (const { segments } of viewer.segmentations.values()) {
    expect(Object.values(segments).every(segment => segment?.locked === true)).toBe(true);
  }
});

it('paints the uncertainty where the map lies, and only while it is switched on', () => {
  const uncertainty = { x: 2, y: 1, width: 2, height: 1, values: Uint8Array.of(0, 255) };
  overlays.draw(picture({ uncertainty }));
  expect(painted('uncertainty')).toEqual([]);
  overlays.draw(picture({ uncertainty, switches: { ...picture().switches, uncertainty: true } }));
  expect(painted('uncertainty').map(([index]) => index)).toEqual([WIDTH + 3]);
});

it('paints anew where the host has emptied its cache', () => {
  overlays.draw(picture());
  viewer.images.delete('spa-overlay:image:recommended');
  overlays.draw(picture({ recommended: pixel(6) }));
  expect(painted('recommended')).toEqual([[6, labels.recommended]]);
});
