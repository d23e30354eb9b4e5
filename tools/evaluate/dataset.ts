/** Images and what readers drew on them. All images are of one size, row-major. */
export interface Dataset {
  readonly width: number;
  readonly height: number;
  readonly images: readonly AnnotatedImage[];
}

export interface AnnotatedImage {
  /** Values 0..255, `channels` for each pixel. */
  readonly pixels: Uint8Array;
  readonly channels: 1 | 3;
  readonly patient: string;
  /** Reader r is the same person on all images of one group; 0 where the file does not tell. */
  readonly group: number;
  /** Which of the patient's nodules the image was cut out for; '' where the file does not tell. */
  readonly nodule: string;
  /** Number of the slice: images of one nodule whose numbers differ by 1 lie next to each other. Null where the file does not tell. */
  readonly sliceNumber: number | null;
  readonly structures: readonly Structure[];
}

/** One structure on one image. */
export interface Structure {
  /** Its value in the label image, the same on all images; 1 where readers' masks show one structure an image. */
  readonly label: number;
  /** Row-major, 1 inside: one mask a reader. Several are several opinions on the structure. */
  readonly readers: readonly Uint8Array[];
}
