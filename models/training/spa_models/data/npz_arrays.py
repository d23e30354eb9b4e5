"""The arrays of the npz layouts: `image` with `masks_packed` (several readers of one structure) or with `label` (one reader, several structures)."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .dataset_error import DatasetError


@dataclass(frozen=True)
class PackedMasks:
    """`bits` uint8 [n,ceil(R*H*W/8)] as numpy.packbits makes them: the masks of an image's R readers in one row, without a gap between them.

    `groups` int [n]: on images with the same number reader r is the same person; None where that is not known.
    `styles` float32 [n,R,T]: the traits of computed readers, or None.
    """

    bits: np.ndarray
    readers: int
    groups: np.ndarray | None
    styles: np.ndarray | None


@dataclass(frozen=True)
class NpzArrays:
    """`images` uint8 [n,H,W] or [n,H,W,3]; `patients` [n]; `masks` is PackedMasks, or labels [n,H,W] whose 0 is the background."""

    images: np.ndarray
    patients: list[str]
    masks: PackedMasks | np.ndarray


def read_npz(path: Path) -> NpzArrays:
    """Without `patient` and `name` every image is a patient of its own. Raises DatasetError for a file that is missing, or laid out otherwise."""
    if not path.is_file():
        raise DatasetError(f"{path} is not there. Name an npz file, or a folder with train.npz and val.npz.")
    with _open(path) as archive:
        if "image" not in archive or not ({"masks_packed", "label"} & set(archive.files)):
            raise DatasetError(f"{path} holds {sorted(archive.files)}. Expected 'image' and either 'masks_packed' or 'label'.")
        images = _array(path, archive, "image")
        if images.dtype != np.uint8 or images.ndim not in (3, 4):
            raise DatasetError(f"{path}: 'image' is {images.dtype} {images.shape}. Expected uint8 [n,H,W] or [n,H,W,3].")
        masks = _packed(path, archive, images) if "masks_packed" in archive else _labels(path, archive, images)
        return NpzArrays(images, _patients(path, archive, len(images)), masks)


def _patients(path: Path, archive: np.lib.npyio.NpzFile, count: int) -> list[str]:
    name = next((key for key in ("patient", "name") if key in archive), None)
    if name is None:
        return [f"image-{row}" for row in range(count)]
    return [str(value) for value in _one_each(path, name, _array(path, archive, name), count)]


def _packed(path: Path, archive: np.lib.npyio.NpzFile, images: np.ndarray) -> PackedMasks:
    packed, pixels = _array(path, archive, "masks_packed"), int(np.prod(images.shape[1:3]))
    bits = packed.reshape(len(packed), int(np.prod(packed.shape[1:])))
    readers = bits.shape[1] * 8 // pixels
    # The last byte of a row need not be full.
    whole = -(-readers * pixels // 8) == bits.shape[1]
    if packed.dtype != np.uint8 or len(packed) != len(images) or not whole or readers == 0:
        raise DatasetError(
            f"{path}: 'masks_packed' {packed.dtype} {packed.shape} does not go with 'image' {images.shape}. "
            "Expected uint8, readers*H*W/8 bytes, rounded up, for each image."
        )
    styles = _array(path, archive, "styles") if "styles" in archive else None
    if "readers" not in archive:
        return PackedMasks(bits, readers, None, styles)
    told = _array(path, archive, "readers")
    if told.ndim:
        return PackedMasks(bits, readers, _one_each(path, "readers", told, len(images)), styles)
    if told != readers:
        raise DatasetError(
            f"{path}: 'readers' says {told}, but 'masks_packed' {packed.shape} holds the masks of {readers}. "
            "Leave 'readers' out, or pack the masks of all readers for each image."
        )
    return PackedMasks(bits, readers, None, styles)


def _labels(path: Path, archive: np.lib.npyio.NpzFile, images: np.ndarray) -> np.ndarray:
    labels = _array(path, archive, "label")
    if labels.shape != images.shape[:3]:
        raise DatasetError(f"{path}: 'label' {labels.shape} has another shape than 'image' {images.shape}. They must be equal.")
    if not labels.any():
        raise DatasetError(f"{path}: 'label' is 0 everywhere. Give every structure a number of its own.")
    return labels


def _one_each(path: Path, name: str, values: np.ndarray, count: int) -> np.ndarray:
    if values.shape != (count,):
        raise DatasetError(f"{path}: '{name}' {values.shape} must have one entry for each of the {count} images.")
    return values


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
