/** Images and what readers drew on them. All images are of one size, row-major. */
export interface Dataset {
  readonly width: number;
  readonly height: number;
  readonly images: readonly AnnotatedImage[];
}

export interface AnnotatedImage {
  /** Grey values 0..255. */
  readonly pixels: Uint8Array;
  readonly patient: string;
  /** Reader r is the same person on all images of one group; 0 where the file does not tell. */
  readonly group: number;
  /**
   * Structures of the image, each drawn by one or more readers; 1 inside. Several readers of one structure are several opinions on it;
   * several labels are several structures.
   */
  readonly structures: readonly (readonly Uint8Array[])[];
}
