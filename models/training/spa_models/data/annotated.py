"""One image with what its readers drew, and the interface that every data layout offers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .dataset_error import DatasetError


@dataclass(frozen=True)
class AnnotatedImage:
    """`pixels` uint8 [H,W] (grey) or [H,W,3] (colour); `masks` bool [R,H,W], one of each reader in `readers`.

    A reader who looked and saw nothing has an empty mask; a reader who never saw the image is not among `readers`.
    An image on which several structures were labelled is several of these, one for each structure.
    """

    name: str
    patient: str
    pixels: np.ndarray
    masks: np.ndarray
    readers: tuple[str, ...]


class AnnotatedImages(Protocol):
    """What a layout offers. Images may be read from their files as they are asked for."""

    @property
    def patients(self) -> Sequence[str]:
        """Of every image: what belongs to one patient must not be split between training and validation."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> AnnotatedImage:
        """Raises DatasetError, naming the file and the remedy, when a file cannot be used."""


class Subset:
    """Some images of a dataset, in the order of `rows`."""

    def __init__(self, images: AnnotatedImages, rows: Sequence[int]) -> None:
        self._images, self._rows = images, list(rows)

    @property
    def patients(self) -> Sequence[str]:
        patients = self._images.patients
        return [patients[row] for row in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> AnnotatedImage:
        return self._images[self._rows[index]]


def hold_out(images: AnnotatedImages, share: float, seed: int) -> tuple[Subset, Subset]:
    """(training, validation): a patient's place follows from the hash of seed and name alone.

    So images that are added later never move another patient from one part to the other. At least one patient is held out.
    Raises DatasetError when there is but one patient, or nothing is left to train on.
    """
    places = {patient: _place(patient, seed) for patient in images.patients}
    if len(places) < 2:
        raise DatasetError(
            f"There is {len(places)} patient: validation needs another than training. Add images, or name them in patients.csv."
        )
    held = {patient for patient, place in places.items() if place < share} or {min(places, key=places.__getitem__)}
    if len(held) == len(places):
        raise DatasetError(f"All {len(places)} patients would be held out. Lower --held-out.")
    rows = range(len(images))
    training = [row for row in rows if images.patients[row] not in held]
    return Subset(images, training), Subset(images, [row for row in rows if images.patients[row] in held])


def _place(patient: str, seed: int) -> float:
    """A number in [0,1) that is the same on every machine."""
    digest = hashlib.sha256(f"{seed}:{patient}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
