"""The REFUGE layout: `Training-400/NAME/NAME_cropped.jpg` with `NAME_seg_cup_1..7_cropped.jpg`, likewise `Test-400`."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from .annotated import AnnotatedImage
from .dataset_error import DatasetError
from .image_files import read_image, read_mask

TRAINING, VALIDATION = "Training-400", "Test-400"
READERS = 7


class RefugeImages:
    """One folder an image; the seven readers drew the optic cup. A mask may be .jpg, .png or .bmp."""

    def __init__(self, folder: Path, structure: str = "cup") -> None:
        names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
        if not names:
            raise DatasetError(f"{folder} holds no folders NAME/ with NAME_cropped.jpg. Name the folder that holds {folder.name}.")
        self._folder, self._names = folder, names
        self._mask = re.compile(rf"_seg_{structure}_(\d+)_cropped\.(jpg|png|bmp)$")
        self.patients = names

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, index: int) -> AnnotatedImage:
        name = self._names[index]
        folder = self._folder / name
        pixels = read_image(folder / f"{name}_cropped.jpg")
        found = {int(match[1]): path for path in folder.iterdir() if (match := self._mask.search(path.name))}
        if not found:
            raise DatasetError(f"{folder} holds no {name}_seg_cup_1_cropped.jpg. Take the folder out, or add its masks.")
        masks = np.stack([read_mask(found[number], pixels.shape[:2]) for number in sorted(found)])
        return AnnotatedImage(name, name, pixels, masks, tuple(f"reader-{number}" for number in sorted(found)))
