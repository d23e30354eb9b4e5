"""Slices and their readers' masks, from the npz layouts the project uses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .dataset_error import DatasetError
from .npz_arrays import PackedMasks, read_npz

SMALLEST_TARGET = 12
"""A mask with fewer pixels than this is no target: one click more or less decides its Dice."""


@dataclass(frozen=True)
class Slices:
    """`images` uint8 [n,H,W]; `packed` uint8 [n,R,ceil(H*W/8)], one bit a pixel; `patients` [n] str; `source` [n] str.

    A reader who drew nothing has an empty mask. For label data every label is a case of one reader. `groups` int [n]: on slices with the
    same number reader r is the same person; None where that is not known. `styles` float32 [n,R,T]: the traits of computed readers.
    """

    images: np.ndarray
    packed: np.ndarray
    patients: np.ndarray
    source: np.ndarray
    groups: np.ndarray | None = None
    styles: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.images)

    def masks(self, rows: np.ndarray | list[int]) -> np.ndarray:
        """The readers' masks of some rows: bool [len(rows),R,H,W]."""
        height, width = self.images.shape[1:]
        bits = np.unpackbits(self.packed[rows], axis=-1, count=height * width)
        return bits.reshape(len(bits), -1, height, width).astype(bool)

    def subset(self, rows: np.ndarray) -> Slices:
        return replace(
            self,
            images=self.images[rows],
            packed=self.packed[rows],
            patients=self.patients[rows],
            source=self.source[rows],
            groups=None if self.groups is None else self.groups[rows],
            styles=None if self.styles is None else self.styles[rows],
        )

    def areas(self) -> np.ndarray:
        """Pixels in each reader's mask: int [n,R]."""
        counts = np.array([bin(byte).count("1") for byte in range(256)], dtype=np.int32)
        return np.stack([counts[row].sum(-1) for row in self.packed])

    def targets(self, smallest: int = SMALLEST_TARGET) -> np.ndarray:
        """All (row, reader) pairs that may serve as a target: int [k,2]."""
        return np.argwhere(self.areas() >= smallest)


def load_slices(path: str | Path) -> Slices:
    """Reads `masks_packed` (several readers) or `label` (one reader, several structures) npz files.

    Raises DatasetError when the file has neither layout, or its arrays do not go together.
    """
    path = Path(path)
    arrays = read_npz(path)
    images, patients = arrays.images, np.array(arrays.patients)
    if images.ndim != 3:
        raise DatasetError(f"{path}: 'image' {images.shape} is in colour. Slices are grey: write it as uint8 [n,H,W].")
    groups: np.ndarray | None = None
    styles: np.ndarray | None = None
    if isinstance(arrays.masks, PackedMasks):
        packed = _split_readers(arrays.masks, int(np.prod(images.shape[1:])))
        groups, styles = arrays.masks.groups, arrays.masks.styles
    else:
        images, packed = _split_labels(images, arrays.masks)
        patients = np.repeat(patients, len(images) // len(patients))
    source = np.full(len(images), path.parent.name or path.stem)
    return Slices(images, packed, patients, source, groups, styles)


def _split_readers(masks: PackedMasks, pixels: int) -> np.ndarray:
    """The bits of all readers in one row -> uint8 [n,R,ceil(pixels/8)], where each reader begins with a byte."""
    count = len(masks.bits)
    if pixels % 8 == 0:
        return masks.bits.reshape(count, masks.readers, -1)
    bits = np.unpackbits(masks.bits, axis=-1, count=masks.readers * pixels)
    return np.packbits(bits.reshape(count, masks.readers, pixels), axis=-1)


def _split_labels(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One case for each label value: every image is repeated as often as there are values."""
    values = [value for value in np.unique(labels) if value != 0]
    repeated = np.repeat(images, len(values), axis=0)
    masks = np.stack([labels == value for value in values], axis=1).reshape(len(repeated), 1, -1)
    return repeated, np.packbits(masks, axis=-1)


def split_patients(slices: Slices, share: float, seed: int) -> tuple[Slices, Slices]:
    """(rest, held out): whole patients are held out, never single slices of one."""
    patients = np.unique(slices.patients)
    order = np.random.default_rng(seed).permutation(len(patients))
    held = set(patients[order[: max(1, round(share * len(patients)))]])
    chosen = np.array([patient in held for patient in slices.patients])
    return slices.subset(~chosen), slices.subset(chosen)


def sha256(path: str | Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
