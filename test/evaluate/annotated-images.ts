import type { AnnotatedImage, Dataset } from '../../tools/evaluate/dataset';

export const width = 8;
export const height = 4;

/** A mask of `count` full rows from the top. */
export const rows = (count: number): Uint8Array => new Uint8Array(width * height).fill(1, 0, count * width);

/** One structure on an image, as these readers drew it. */
export function drawn(...readers: readonly Uint8Array[]): Pick<AnnotatedImage, 'structures'> {
  return { structures: [{ label: 1, readers }] };
}

/** Empty images of a patient each, with what is told of them. */
export function dataset(...images: readonly Partial<AnnotatedImage>[]): Dataset {
  return {
    width,
    height,
    images: images.map((image, index) => ({
      pixels: new Uint8Array(width * height),
      channels: 1,
      patient: `patient ${index}`,
      group: 0,
      nodule: '',
      sliceNumber: null,
      structures: [],
      ...image,
    })),
  };
}
