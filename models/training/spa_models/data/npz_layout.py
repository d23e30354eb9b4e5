"""The npz layouts as annotated images: of `masks_packed` one item an image, of `label` one for each structure of an image."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .annotated import AnnotatedImage
from .npz_arrays import NpzArrays, PackedMasks, read_npz


class PackedImages:
    """Several readers' masks of one structure in each image."""

    def __init__(self, stem: str, arrays: NpzArrays, masks: PackedMasks) -> None:
        self._stem, self._images, self._bits, self.patients = stem, arrays.images, masks.bits, arrays.patients
        self._readers = tuple(f"reader-{number + 1}" for number in range(masks.readers))

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, index: int) -> AnnotatedImage:
        pixels = self._images[index]
        height, width = pixels.shape[:2]
        readers = len(self._readers)
        bits = np.unpackbits(self._bits[index], count=readers * height * width).reshape(readers, height, width)
        return AnnotatedImage(f"{self._stem}-{index:05d}", self.patients[index], pixels, bits.astype(bool), self._readers)


class LabelImages:
    """Every value but 0 of an image's `labels` [n,H,W] is one item of one reader."""

    def __init__(self, stem: str, arrays: NpzArrays, labels: np.ndarray) -> None:
        self._stem, self._images, self._labels = stem, arrays.images, labels
        self._items = [(row, int(value)) for row, label in enumerate(labels) for value in np.unique(label) if value != 0]
        self.patients = [arrays.patients[row] for row, _ in self._items]

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> AnnotatedImage:
        row, value = self._items[index]
        name = f"{self._stem}-{row:05d}-label-{value}"
        return AnnotatedImage(name, self.patients[index], self._images[row], (self._labels[row] == value)[None], ("reader-1",))


def open_npz(path: Path) -> PackedImages | LabelImages:
    """Raises DatasetError for a file that is missing or has neither layout."""
    arrays = read_npz(path)
    if isinstance(arrays.masks, PackedMasks):
        return PackedImages(path.stem, arrays, arrays.masks)
    return LabelImages(path.stem, arrays, arrays.masks)
