"""Which mask is wanted in which image: the cases of `npm run evaluate`, drawn by the same chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..data.annotated import AnnotatedImage, AnnotatedImages
from ..data.dataset_error import DatasetError
from ..data.slices import SMALLEST_TARGET
from .seeded_random import SeededRandom, derive_seed

TARGETS = ("reader", "agreeing")


@dataclass(frozen=True)
class Case:
    """`target` and `votes` [H,W]: the mask wanted (bool), and how many readers drew each pixel (int)."""

    image: AnnotatedImage
    target: np.ndarray
    votes: np.ndarray
    seed: int


def choose_cases(images: AnnotatedImages, kind: str, seed: int, limit: int | None) -> list[tuple[int, int]]:
    """(index of the image, seed of the case) of all cases, or of `limit` drawn ones, in their order.

    Raises DatasetError when no image has a mask of at least twelve pixels.
    """
    cases = [(row, derive_seed(seed, row)) for row in range(len(images))]
    cases = [(row, own) for row, own in cases if draw_target(images[row], kind, own) is not None]
    if not cases:
        raise DatasetError(f"No structure has {SMALLEST_TARGET} pixels: give data whose masks are not empty.")
    if limit is None or limit >= len(cases):
        return cases
    random = SeededRandom(seed, 1)
    order = list(range(len(cases)))
    for place in range(limit):
        other = place + random.below(len(order) - place)
        order[place], order[other] = order[other], order[place]
    return [cases[index] for index in sorted(order[:limit])]


def draw_target(image: AnnotatedImage, kind: str, seed: int) -> np.ndarray | None:
    """bool [H,W]; None when it has fewer than twelve pixels.

    `reader`: one of those who drew enough. `agreeing`: a pixel on which readers disagree and a label for it, then the majority of
    those who give it that label (the target of the SPA paper); the majority of all where nobody disagrees.
    """
    random = SeededRandom(seed)
    if kind == "reader":
        drew = [mask for mask in image.masks if mask.sum() >= SMALLEST_TARGET]
        return drew[random.below(len(drew))] if drew else None
    count = image.masks.sum(0)
    disputed = np.flatnonzero((count > 0) & (count < len(image.masks)))
    draw = random.below(len(disputed))
    label = bool(random.below(2))
    agreeing = image.masks
    if len(disputed):
        agreeing = image.masks[image.masks.reshape(len(image.masks), -1)[:, disputed[draw]] == label]
    target = 2 * agreeing.sum(0) > len(agreeing)
    return target if target.sum() >= SMALLEST_TARGET else None


def open_case(images: AnnotatedImages, row: int, seed: int, kind: str) -> Case:
    image = images[row]
    target = draw_target(image, kind, seed)
    if target is None:
        raise DatasetError(f"{image.name} has no mask of {SMALLEST_TARGET} pixels.")
    return Case(image, target, image.masks.sum(0), seed)
