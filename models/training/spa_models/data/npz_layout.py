"""The npz layouts: `image` with `masks_packed` (several readers of one structure) or with `label` (one reader, several structures)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .annotated import AnnotatedImage
from .slices import DatasetError


class PackedMasks:
    """`image` uint8 [n,H,W]; `masks_packed` uint8 [n,readers*H*W/8] as numpy.packbits makes them."""

    def __init__(self, path: Path, images: np.ndarray, packed: np.ndarray, patients: Sequence[str]) -> None:
        pixels = int(np.prod(images.shape[1:3]))
        readers, rest = divmod(packed.shape[-1] * 8, pixels)
        if len(packed) != len(images) or rest or readers == 0:
            raise DatasetError(
                f"{path}: 'masks_packed' {packed.shape} does not go with 'image' {images.shape}. "
                "Expected readers*H*W/8 bytes for each image."
            )
        self._images, self._packed, self.patients = images, packed, patients
        self._readers = tuple(f"reader-{number + 1}" for number in range(readers))
        self._stem = path.stem

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, index: int) -> AnnotatedImage:
        pixels = self._images[index]
        bits = np.unpackbits(self._packed[index]).reshape(len(self._readers), *pixels.shape[:2])
        return AnnotatedImage(f"{self._stem}-{index:05d}", self.patients[index], pixels, bits.astype(bool), self._readers)


class LabelImages:
    """`image` uint8 [n,H,W]; `label` uint8 [n,H,W], 0 background: every other value of an image is one item of one reader."""

    def __init__(self, path: Path, images: np.ndarray, labels: np.ndarray, patients: Sequence[str]) -> None:
        if labels.shape != images.shape[:3]:
            raise DatasetError(f"{path}: 'label' {labels.shape} has another shape than 'image' {images.shape}. They must be equal.")
        self._images, self._labels = images, labels
        self._items = [(row, int(value)) for row, label in enumerate(labels) for value in np.unique(label) if value != 0]
        self.patients = [patients[row] for row, _ in self._items]
        self._stem = path.stem

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> AnnotatedImage:
        row, value = self._items[index]
        name = f"{self._stem}-{row:05d}-label-{value}"
        return AnnotatedImage(name, self.patients[index], self._images[row], (self._labels[row] == value)[None], ("reader-1",))


def open_npz(path: Path) -> PackedMasks | LabelImages:
    """Raises DatasetError for a file that is missing or has neither layout."""
    if not path.is_file():
        raise DatasetError(f"{path} is not there. Name an npz file, or a folder with train.npz and val.npz.")
    with _open(path) as archive:
        if "image" not in archive or not ({"masks_packed", "label"} & set(archive.files)):
            raise DatasetError(f"{path} holds {sorted(archive.files)}. Expected 'image' and either 'masks_packed' or 'label'.")
        images = _array(path, archive, "image")
        if images.dtype != np.uint8 or images.ndim not in (3, 4):
            raise DatasetError(f"{path}: 'image' is {images.dtype} {images.shape}. Expected uint8 [n,H,W] or [n,H,W,3].")
        name = next((key for key in ("patient", "name") if key in archive), None)
        patients = [str(value) for value in _array(path, archive, name)] if name else [f"image-{row}" for row in range(len(images))]
        if len(patients) != len(images):
            raise DatasetError(f"{path}: '{name}' has {len(patients)} entries for {len(images)} images. They must be as many.")
        if "masks_packed" in archive:
            return PackedMasks(path, images, _array(path, archive, "masks_packed").reshape(len(images), -1), patients)
        return LabelImages(path, images, _array(path, archive, "label"), patients)


def _open(path: Path) -> np.lib.npyio.NpzFile:
    try:
        archive = np.load(path, allow_pickle=False)
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path) from error
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise _unreadable(path)
    return archive


def _array(path: Path, archive: np.lib.npyio.NpzFile, name: str) -> np.ndarray:
    try:
        return archive[name]
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> DatasetError:
    return DatasetError(f"{path} cannot be read as an npz file of plain arrays. Is it complete? Write it with numpy.savez_compressed.")
