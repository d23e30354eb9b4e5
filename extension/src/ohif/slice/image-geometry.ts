import type { Host } from '../host/host';
import type { Instance } from './read-functional-group';
import { geometryOf, type ImagePlane, type SliceGeometry } from './slice-geometry';

/** Where an image of the viewer lies; null where it does not say so, or is none that the viewer knows. */
export function imageGeometry(
  host: Host,
  imageId: string,
  plane = imagePlane(host, imageId),
): SliceGeometry | null {
  const instance = host.cornerstone.metaData.get('instance', imageId) as Instance | undefined;
  if (instance === undefined) return null;
  return geometryOf(plane, instance, frameNumberOf(imageId, instance), firstFrameOf(host, imageId));
}

/** What the host's provider says, or makes up, of where an image lies. */
export function imagePlane({ cornerstone }: Host, imageId: string): ImagePlane {
  return (cornerstone.metaData.get('imagePlaneModule', imageId) ?? {}) as ImagePlane;
}

/** Image ids of multi-frame objects end in `/frames/N` or carry `frame=N`, N from 1; null for an image of a single frame. */
export function frameNumberOf(imageId: string, instance: Instance): number | null {
  if (!(Number(instance['NumberOfFrames'] ?? 1) > 1)) return null;
  const found = /\/frames\/(\d+)|[?&]frame=(\d+)/.exec(imageId);
  return Number(found?.[1] ?? found?.[2] ?? 1);
}

/** The instance of an image as the host gives it for frame 1. */
function firstFrameOf({ cornerstone }: Host, imageId: string): Instance | undefined {
  const first = imageId.replace(/(\/frames\/|[?&]frame=)\d+/, (_all, before: string) => `${before}1`);
  return cornerstone.metaData.get('instance', first) as Instance | undefined;
}
