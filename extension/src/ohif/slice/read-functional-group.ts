/** Attributes of an image, or of an item of a sequence, by DICOM keyword, as the host's metadata provider gives them. */
export type Instance = Readonly<Record<string, unknown>>;

/**
 * The item of a functional group (PS3.3 C.7.6.16) that holds for a frame, numbered from 1: its own before the one that all frames share. Of an
 * object of a single frame the host does not read the groups at all.
 */
export function functionalGroup(
  instance: Instance,
  sequence: string,
  frameNumber: number,
): Instance | undefined {
  const own = itemsOf(instance['PerFrameFunctionalGroupsSequence'])[frameNumber - 1];
  const [shared] = itemsOf(instance['SharedFunctionalGroupsSequence']);
  return itemsOf(own?.[sequence])[0] ?? itemsOf(shared?.[sequence])[0];
}

/** The host gives a sequence as a list, or as its one item. */
export function itemsOf(sequence: unknown): readonly Instance[] {
  return [sequence ?? []].flat() as Instance[];
}
