"""Training examples: a square image, the mask wanted, and the first click; each follows from its number and the seed alone.

So any number of loader processes, and a training that was stopped and resumed, see the same examples.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from ..bayes.prompting import agreed_region, deepest
from .annotated import AnnotatedImages
from .augment import augment_grey
from .dataset_error import DatasetError
from .slices import SMALLEST_TARGET
from .squares import Square

ATTEMPTS = 25
AUGMENTATIONS = ("none", "flips", "full")


@dataclass(frozen=True)
class Draw:
    """How examples are drawn. Sizes in model pixels; `disputed`: share of first clicks on a pixel that readers dispute."""

    image_size: int
    output_size: int
    seed: int
    augmentation: str = "full"
    disputed: float = 0.5


class TrainingSquares(torch.utils.data.Dataset):
    """Item `number` of an endless sequence that goes through all images in an order of its own in every epoch.

    An item: `image` [3,S,S]; `target` [O,O] 0 or 1, the majority of the readers who agree with the label at a disputed pixel;
    `point` [2] as (x, y) and `label`, the first click on the S x S grid; `mean` [O,O] of all readers; `reader` [O,O] one of them.
    """

    def __init__(self, images: AnnotatedImages, draw: Draw) -> None:
        if len(images) == 0:
            raise DatasetError("There are no images to train on.")
        self.images, self.how = images, draw

    def row(self, number: int) -> int:
        epoch, place = divmod(number, len(self.images))
        return int(np.random.default_rng((self.how.seed, epoch)).permutation(len(self.images))[place])

    def __getitem__(self, number: int) -> dict[str, torch.Tensor]:
        """Raises DatasetError when many images in a row have no mask that could be wanted."""
        random = np.random.default_rng((self.how.seed, 1, number))
        for attempt in range(ATTEMPTS):
            # Neighbours are often slices of one small structure: the next attempt is anywhere.
            found = self._example(int(random.integers(len(self.images))) if attempt else self.row(number), random)
            if found is not None:
                return found
        raise DatasetError(f"{ATTEMPTS} images have no mask of {SMALLEST_TARGET} pixels. Check the masks' values and sizes.")

    def _example(self, row: int, random: np.random.Generator) -> dict[str, torch.Tensor] | None:
        annotated = self.images[row]
        size, output = self.how.image_size, self.how.output_size
        height, width = annotated.pixels.shape[:2]
        image = Square(height, width, size).image(annotated.pixels)
        masks = Square(height, width, output).masks(annotated.masks)
        image, masks = self._augment(image, masks, random)
        readers = masks.numpy() > 0.5
        wanted = _agreeing(readers, max(1.0, SMALLEST_TARGET * (output / max(height, width)) ** 2), random)
        if wanted is None:
            return None
        target, place, label = wanted
        if place is None or random.random() >= self.how.disputed:
            inner = deepest(agreed_region(target, readers.sum(0)))
            if inner is None:
                return None
            place, label = inner, True
        scale = size / output
        point = torch.tensor([(place[0] + 0.5) * scale - 0.5, (place[1] + 0.5) * scale - 0.5])
        return {
            "image": image,
            "target": torch.from_numpy(target.astype(np.float32)),
            "point": point,
            "label": torch.tensor(int(label)),
            "mean": torch.from_numpy(readers.mean(0).astype(np.float32)),
            "reader": torch.from_numpy(readers[random.integers(len(readers))].astype(np.float32)),
        }

    def _augment(self, image: torch.Tensor, masks: torch.Tensor, random: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        if self.how.augmentation == "none":
            return image, masks
        full = self.how.augmentation == "full"
        turn = random.uniform(0, 2 * math.pi) if full else math.pi / 2 * random.integers(4)
        scale = math.exp(random.uniform(-0.25, 0.25)) if full else 1.0
        mirror = random.choice([-1.0, 1.0])
        shift = random.uniform(-0.15, 0.15, 2) if full else (0.0, 0.0)
        cos, sin = scale * math.cos(turn), scale * math.sin(turn)
        matrix = torch.tensor([[cos * mirror, -sin, shift[0]], [sin * mirror, cos, shift[1]]], dtype=torch.float32)[None]
        image, masks = (
            F.grid_sample(x[None], F.affine_grid(matrix, [1, *x.shape], align_corners=False), align_corners=False)[0]
            for x in (image, masks)
        )
        if full and torch.equal(image[0], image[1]):
            generator = torch.Generator().manual_seed(int(random.integers(2**31)))
            image = augment_grey(image[None, :1], generator, torch.tensor([0.5]))[0].expand(3, -1, -1)
        return image.contiguous(), masks


def _agreeing(readers: np.ndarray, smallest: float, random: np.random.Generator) -> tuple[np.ndarray, tuple[int, int] | None, bool] | None:
    """(target, disputed pixel (x, y) or None, its label): the majority of those who give a disputed pixel that label.

    Where that majority has fewer than `smallest` pixels, or nobody disagrees, the majority of all; None when that has fewer too.
    """
    count = readers.sum(0)
    disputed = np.flatnonzero((count > 0) & (count < len(readers)))
    if len(disputed):
        pixel, label = disputed[random.integers(len(disputed))], bool(random.integers(2))
        agreeing = readers[readers.reshape(len(readers), -1)[:, pixel] == label]
        target = 2 * agreeing.sum(0) > len(agreeing)
        if target.sum() >= smallest:
            y, x = divmod(int(pixel), readers.shape[2])
            return target, (x, y), label
    target = 2 * count > len(readers)
    return (target, None, True) if target.sum() >= smallest else None


class StepBatches(torch.utils.data.Sampler):
    """The numbers of each step's examples, from step `start` on: every process of a distributed training gets its own."""

    def __init__(self, batch: int, start: int, rank: int = 0, processes: int = 1) -> None:
        self.batch, self.step, self.rank, self.processes = batch, start, rank, processes

    def __iter__(self) -> Iterator[list[int]]:
        step = self.step
        while True:
            first = (step * self.processes + self.rank) * self.batch
            yield list(range(first, first + self.batch))
            step += 1


def batches(examples: TrainingSquares, sampler: StepBatches, workers: int) -> Iterator[dict[str, torch.Tensor]]:
    """Endless; `workers` processes read and augment ahead, 0 does so in this one."""
    loader = torch.utils.data.DataLoader(
        examples, batch_sampler=sampler, num_workers=workers, worker_init_fn=_one_thread, persistent_workers=workers > 0
    )
    return iter(loader)


def _one_thread(_: int) -> None:
    torch.set_num_threads(1)
