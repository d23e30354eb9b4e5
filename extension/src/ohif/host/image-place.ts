/** An image, and the viewport that shows it, or showed it last. */
export interface ImagePlace {
  readonly viewportId: string;
  readonly imageId: string;
}

export function isSamePlace(a: ImagePlace | null, b: ImagePlace): boolean {
  return a?.viewportId === b.viewportId && a.imageId === b.imageId;
}
