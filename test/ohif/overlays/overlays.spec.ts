import { beforeEach, expect, it } from '@jest/globals';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { meaning } from '../../../extension/src/core/image/colours';
import { labels } from '../../../extension/src/ohif/overlays/appearance';
import { ColourTable } from '../../../extension/src/ohif/overlays/colour-table';
import { Overlays, type OverlayPicture } from '../../../extension/src/ohif/overlays/overlays';
import { Frames } from '../frames';
import { HEIGHT, WIDTH } from '../fake-viewer/images';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

let viewer: FakeViewer;
let overlays: Overlays;
let frames: Frames;

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
  viewer.images
    .labels(`spa-overlay:image:${name}`)
    .flatMap((label, i): [number, number][] => (label ? [[i, label]] : []));

beforeEach(() => {
  viewer = new FakeViewer();
  frames = new Frames();
  overlays = new Overlays(viewer.host, new ColourTable(viewer.host, meaning), frames.later);
});

/** Draws as far as the picture is complete. */
const draw = (change: Partial<OverlayPicture> = {}): void => {
  overlays.draw(picture(change));
  frames.all();
};
const layers = (): string[] => viewer.segmentations.representations.map(each => each.segmentationId);
const candidates = (): number[] =>
  [...painted('candidates-1'), ...painted('candidates-2')].map(([index]) => index);

it('shows the recommended mask in one labelmap, and all candidates in others', () => {
  draw();
  expect(painted('recommended')).toEqual([[3, labels.recommended]]);
  expect(candidates().sort()).toEqual([4, 5]);
});

it('shows the recommended mask at once, and makes one more layer a frame', () => {
  overlays.draw(picture());
  expect(layers()).toEqual(['spa-overlay:recommended']);
  frames.next();
  expect(layers()).toEqual(['spa-overlay:recommended', 'spa-overlay:candidates-1']);
  frames.next();
  expect(layers()).toHaveLength(3);
  expect(frames.waiting).toBe(0);
});

it('makes no layer in the task of the click nor in that of the round when the model leaves it the time', () => {
  overlays.prepare(picture().place, picture().switches);
  expect(layers()).toEqual([]);
  frames.all();
  expect(viewer.segmentations.layersMade).toBe(2);
  expect(candidates()).toEqual([]);
  draw({ candidates: [pixel(4)] });
  expect(viewer.segmentations.layersMade).toBe(2);
});

it('makes the second layer of candidates with the first round that needs it, and keeps it', () => {
  draw({ candidates: [pixel(4)] });
  expect(viewer.segmentations.layersMade).toBe(2);
  draw();
  const made = viewer.segmentations.layersMade;
  expect(made).toBe(3);
  draw({ recommended: pixel(7), candidates: [pixel(8), pixel(9), pixel(10), pixel(11)] });
  draw({ candidates: [] });
  expect(viewer.segmentations.layersMade).toBe(made);
});

it('makes no layers of a round that was called off', () => {
  overlays.prepare(picture().place, picture().switches);
  frames.next();
  overlays.clear();
  frames.all();
  expect(layers()).toEqual([]);
});

it('shows the candidate that is previewed alone, then all of them again', () => {
  draw({ previewed: 1 });
  expect(candidates()).toEqual([5]);
  draw();
  expect(candidates().sort()).toEqual([4, 5]);
});

it('refers to the image in work and to no other', () => {
  draw();
  for (const segmentation of viewer.segmentations.values()) {
    const imageIds = segmentation.representationData.Labelmap?.imageIds ?? [];
    expect(imageIds.map(id => viewer.images.get(id)?.referencedImageId)).toEqual(['image-1']);
  }
});

it('leaves nothing behind when it is cleared', () => {
  const images = viewer.images.size;
  draw();
  overlays.clear();
  expect(viewer.images.size).toBe(images);
  expect(viewer.segmentations.size).toBe(0);
  expect(viewer.segmentations.representations).toEqual([]);
  expect(viewer.segmentations.styles.size).toBe(0);
  expect([...viewer.displaySets.keys()]).toEqual(['series']);
});

it('keeps no more for a hundred slices than for one', () => {
  draw();
  const before = [viewer.images.size, viewer.segmentations.size, viewer.segmentations.colourTables];
  for (let i = 0; i < 100; i++) {
    draw({ place: { viewportId: VIEWPORT, imageId: `image-${i % 3}` }, recommended: pixel(i % 40) });
  }
  expect([viewer.images.size, viewer.segmentations.size, viewer.segmentations.colourTables]).toEqual(before);
});

it('repaints in place for the next round, and drops candidates that are no more', () => {
  draw();
  const before = viewer.segmentations.get('spa-overlay:recommended');
  draw({ recommended: pixel(7), candidates: [pixel(8)] });
  expect(viewer.segmentations.get('spa-overlay:recommended')).toBe(before);
  expect(painted('recommended')).toEqual([[7, labels.recommended]]);
  expect(candidates()).toEqual([8]);
});

it('has the host draw once for each change, not once for each layer', () => {
  draw();
  viewer.viewport.frames = 0;
  draw({ previewed: 0 });
  expect(viewer.viewport.frames).toBe(1);
  draw();
  expect(viewer.viewport.frames).toBe(2);
  const next = { recommended: pixel(7), candidates: [pixel(8)] };
  draw(next);
  expect(viewer.viewport.frames).toBe(3);
  draw(next);
  expect(viewer.viewport.frames).toBe(3);
});

it('looks as the panel says in hosts that know but the styles of which every change is drawn', () => {
  const { config, segmentationStyle } = viewer.host.tools.segmentation;
  expect(segmentationStyle).toBeDefined();
  Object.assign(viewer.host.tools.segmentation, { segmentationStyle: undefined });
  draw();
  expect(config.style).not.toBe(segmentationStyle);
  expect(viewer.segmentations.styles.get('spa-overlay:recommended')).toMatchObject({ fillAlpha: 0.4 });
});

it('does not become a display set of the study', () => {
  draw();
  expect([...viewer.displaySets.keys()]).toEqual(['series']);
});

it('leaves the segmentation of the user the active one', () => {
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', active: true } });
  draw();
  expect(
    viewer.segmentations.representations.filter(each => each.active).map(each => each.segmentationId),
  ).toEqual(['liver']);
});

it('is never the active segmentation itself', () => {
  draw();
  expect(viewer.segmentations.representations.some(each => each.active)).toBe(false);
});

it('is locked against the host’s brush', () => {
  draw();
  for (const { segments } of viewer.segmentations.values()) {
    expect(Object.values(segments).every(segment => segment?.locked === true)).toBe(true);
  }
});

it('paints the uncertainty where the map lies, and only while it is switched on', () => {
  const uncertainty = { x: 2, y: 1, width: 2, height: 1, values: Uint8Array.of(0, 255) };
  draw({ uncertainty });
  expect(painted('uncertainty')).toEqual([]);
  draw({ uncertainty, switches: { ...picture().switches, uncertainty: true } });
  expect(painted('uncertainty').map(([index]) => index)).toEqual([WIDTH + 3]);
});

it('paints anew where the host has emptied its cache', () => {
  draw();
  viewer.images.delete('spa-overlay:image:recommended');
  draw({ recommended: pixel(6) });
  expect(painted('recommended')).toEqual([[6, labels.recommended]]);
});
