"""The folder layout that any hospital can make:

    images/NAME.png            a PNG, JPEG, TIFF, BMP or DICOM image (.dcm), grey or colour
    masks/READER/NAME.png      what that reader drew: 0 outside, anything else inside; as large as the image
    patients.csv               optional: lines `NAME,PATIENT`, so that a patient's images stay together

A reader who did not look at an image has no file for it; one who saw nothing has an empty mask.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from .annotated import AnnotatedImage
from .dataset_error import DatasetError
from .dicom_image import read_patient
from .image_files import DICOM_SUFFIXES, SUFFIXES, read_image, read_mask
from .windowing import Window


class FolderImages:
    """Reads the files as they are asked for; what is missing or superfluous is found when it is opened."""

    def __init__(self, root: Path, window: Window | None = None) -> None:
        self._window = window
        images = _files(root / "images", f"{root}: expected the folders images/ and masks/READER/.")
        masks = root / "masks"
        readers = sorted(entry for entry in masks.iterdir() if entry.is_dir()) if masks.is_dir() else []
        if not readers:
            raise DatasetError(f"{masks} holds no reader's folder. Put every reader's masks into masks/READER/NAME.png.")
        self._masks: dict[str, dict[str, Path]] = {name: {} for name in images}
        for reader in readers:
            for name, path in _files(reader, f"{reader} holds no masks.").items():
                if name not in images:
                    raise DatasetError(f"{path} has no image: {root / 'images' / name}.* is not there. Add it, or remove the mask.")
                self._masks[name][reader.name] = path
        unread = [name for name, found in self._masks.items() if not found]
        if unread:
            raise DatasetError(
                f"{images[unread[0]]} has no mask of any reader ({len(unread)} such images). "
                "Add masks/READER/NAME.png (all 0 if nothing is there), or remove the image."
            )
        self._images = images
        self._names = sorted(images)
        given = _patients(root / "patients.csv", images)
        self.patients = [given.get(name) or self._patient(name) for name in self._names]

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, index: int) -> AnnotatedImage:
        name = self._names[index]
        pixels = read_image(self._images[name], self._window)
        found = self._masks[name]
        masks = np.stack([read_mask(path, pixels.shape[:2]) for path in found.values()])
        return AnnotatedImage(name, self.patients[index], pixels, masks, tuple(found))

    def _patient(self, name: str) -> str:
        path = self._images[name]
        return (read_patient(path) if path.suffix.lower() in DICOM_SUFFIXES else "") or name


def _files(folder: Path, otherwise: str) -> dict[str, Path]:
    """Name without suffix -> file. Raises DatasetError when there is none, or two of one name."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        if path.stem in found:
            raise DatasetError(f"{path} and {found[path.stem]} have one name. Remove or rename one of them.")
        found[path.stem] = path
    if not found:
        raise DatasetError(f"{folder} holds no image ({', '.join(SUFFIXES)}). {otherwise}")
    return found


def _patients(path: Path, images: dict[str, Path]) -> dict[str, str]:
    if not path.is_file():
        return {}
    with open(path, newline="", encoding="utf-8-sig") as stream:
        rows = [row for row in csv.reader(stream) if row]
    short = next((number for number, row in enumerate(rows, 1) if len(row) < 2), None)
    if short is not None:
        raise DatasetError(f"{path}, line {short}: expected `NAME,PATIENT`.")
    return {Path(row[0].strip()).stem if row[0].strip() not in images else row[0].strip(): row[1].strip() for row in rows}
