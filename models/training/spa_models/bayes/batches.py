"""Training crops: which slice, which reader, how far zoomed, and what the scanner did to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from ..data.augment import augment_grey
from ..data.crops import Geometry, crop, random_turns
from ..data.slices import Slices
from .known_style import unknown_styles

STRUCTURE_FRACTION = 0.35
"""Share of the crop's side that the structure fills once the engine has zoomed; the middle of what training shows."""

GREY_MEAN, GREY_STD = 0.35, 0.27


@dataclass(frozen=True)
class Batch:
    """All [B,1,S,S] float: `image` normalised; `target` one reader's mask; `readers` the mean of all who drew something.

    `fellow` int64 [B]: the crop of another image that the same reader drew, by its place in the batch; -1 where there is none.
    `style` float [B,T]: the traits of the reader who drew `target`; NaN where they are not known.
    """

    image: torch.Tensor
    target: torch.Tensor
    readers: torch.Tensor
    fellow: torch.Tensor
    style: torch.Tensor

    def to(self, device: torch.device) -> Batch:
        return Batch(*(t.to(device) for t in (self.image, self.target, self.readers, self.fellow, self.style)))


@dataclass(frozen=True)
class Share:
    """A dataset's part of every batch. `augmentation`: 0 leaves the grey values alone."""

    slices: Slices
    part: float
    augmentation: float


def normalise(grey: torch.Tensor) -> torch.Tensor:
    """Grey in [0,1] -> the numbers the encoder sees."""
    return (grey - GREY_MEAN) / GREY_STD


def _fellows(slices: Slices, targets: np.ndarray) -> list[np.ndarray] | None:
    """For each target the places of those that the same reader drew on other slices; None where it is not known who drew what."""
    if slices.groups is None:
        return None
    people: dict[tuple[int, int], list[int]] = {}
    for place, (row, reader) in enumerate(targets):
        people.setdefault((int(slices.groups[row]), int(reader)), []).append(place)
    drawn = [np.array(people[int(slices.groups[row]), int(reader)]) for row, reader in targets]
    return [places[places != place] for place, places in enumerate(drawn)]


def _styles(slices: Slices, rows: np.ndarray, readers: np.ndarray) -> torch.Tensor:
    if slices.styles is None:
        return unknown_styles(len(rows))
    return torch.from_numpy(slices.styles[rows, readers]).float()


class CropSource:
    """Draws batches; the random state is all its state, so that training resumes where it stopped."""

    def __init__(self, shares: list[Share], size: int, seed: int) -> None:
        self.shares = shares
        self.targets = [share.slices.targets() for share in shares]
        self.fellows = [_fellows(share.slices, targets) for share, targets in zip(shares, self.targets)]
        self.size = size
        self.random = np.random.default_rng(seed)
        self.torch_random = torch.Generator().manual_seed(seed)

    def draw(self, count: int) -> Batch:
        parts = np.array([share.part for share in self.shares])
        counts = self.random.multinomial(count, parts / parts.sum())
        drawn = [self._draw(index, int(n)) for index, n in enumerate(counts) if n]
        parts = (torch.cat([getattr(b, name) for b in drawn]) for name in ("image", "target", "readers"))
        styles = torch.cat([b.style for b in drawn])
        first = np.cumsum([0, *(len(b.fellow) for b in drawn)])
        fellows = [torch.where(b.fellow < 0, b.fellow, b.fellow + int(offset)) for b, offset in zip(drawn, first)]
        return Batch(*parts, torch.cat(fellows), styles)

    def _draw(self, index: int, count: int) -> Batch:
        share = self.shares[index]
        chosen, fellow = self._choose(index, count)
        rows, readers = self.targets[index][chosen].T
        masks = share.slices.masks(rows)
        geometry = self._geometry(masks[np.arange(count), readers])
        images = torch.from_numpy(share.slices.images[rows].astype(np.float32) / 255)[:, None]
        maps = crop(torch.cat([images, torch.from_numpy(masks.astype(np.float32))], 1), geometry, self.size)
        drew = torch.from_numpy(masks.any((2, 3)).astype(np.float32))[:, :, None, None]
        mean = (maps[:, 1:] * drew).sum(1, keepdim=True) / drew.sum(1, keepdim=True)
        strength = torch.full((count,), share.augmentation)
        strength *= torch.rand(count, generator=self.torch_random) < 0.75
        grey = augment_grey(maps[:, :1], self.torch_random, strength)
        target = maps[torch.arange(count), 1 + readers][:, None]
        return Batch(normalise(grey), target, mean, torch.from_numpy(fellow), _styles(share.slices, rows, readers))

    def _choose(self, index: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Places in the targets, and the fellow of each: two by two where it is known who drew other slices as well."""
        chosen = self.random.integers(len(self.targets[index]), size=count)
        fellow = np.full(count, -1)
        known = self.fellows[index]
        if known is None:
            return chosen, fellow
        for place in range(0, count - 1, 2):
            others = known[chosen[place]]
            if len(others):
                chosen[place + 1] = others[self.random.integers(len(others))]
                fellow[place], fellow[place + 1] = place + 1, place
        return chosen, fellow

    def _geometry(self, masks: np.ndarray) -> Geometry:
        """Crops as the engine sees them: mostly zoomed to the structure; sometimes, as while it looks for the right view, with a
        structure that is small in the crop, or larger than the crop. A wrong size there would spoil all that follows.
        """
        random, count = self.random, len(masks)
        kind = random.random(count)
        low = np.select([kind < 0.52, kind < 0.72, kind < 0.87], [0.22, 0.05, 0.5], 0.85)
        high = np.select([kind < 0.52, kind < 0.72, kind < 0.87], [0.55, 0.28, 0.9], 3.0)
        fraction = np.exp(random.uniform(np.log(low), np.log(high)))
        centres, extents = np.empty((count, 2)), np.empty(count)
        for index, mask in enumerate(masks):
            ys, xs = np.nonzero(mask)
            extents[index] = max(np.ptp(ys), np.ptp(xs)) + 1
            centres[index] = (xs.min() + xs.max()) / 2, (ys.min() + ys.max()) / 2
        side = np.minimum(extents / fraction, 1.5 * max(masks.shape[1:]))
        centres += random.uniform(-0.15, 0.15, (count, 2)) * np.maximum(side - 0.5 * extents, 0)[:, None]
        turn = random_turns(count, self.torch_random)
        return Geometry(torch.from_numpy(centres).float(), torch.from_numpy(side).float(), turn)

    def state(self) -> dict:
        return {"numpy": self.random.bit_generator.state, "torch": self.torch_random.get_state()}

    def restore(self, state: dict) -> None:
        self.random.bit_generator.state = state["numpy"]
        self.torch_random.set_state(state["torch"])
