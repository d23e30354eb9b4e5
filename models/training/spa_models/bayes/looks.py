"""The view of a case, and samples of its masks: the training's stand-in for the engine looks from near to far, zooms and draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from ..data.crops import Geometry, crop, to_model, uncrop
from ..overlap import dice
from .adaptation import part_at
from .batches import STRUCTURE_FRACTION, normalise
from .networks import BayesModel
from .prompting import add_point

FIRST_LOOK = 36.0
SMALLEST_SIDE = 24.0
SMALLEST_SHARE, LARGEST_SHARE = 0.12, 0.85
"""As in the engine: it looks from near to far and trusts the structure on which two neighbouring looks agree best."""


@dataclass
class Case:
    """One image [H,W] in [0,1], the points (x, y, inside) given so far in slice coordinates, and the crop in use."""

    image: np.ndarray
    points: list[tuple[int, int, bool]]
    geometry: Geometry


def look(model: BayesModel, case: Case, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Looks from near to far and settles on the view that suits what two neighbouring looks agree on; the case's view follows."""
    looks = []
    side, largest = float(case.geometry.side), 1.1 * max(case.image.shape)
    while True:
        case.geometry = geometry_at((case.points[0][0], case.points[0][1]), side)
        found = _look_once(model, case, generator)
        if found is not None:
            looks.append(found)
        if side >= largest:
            break
        side = min(2 * side, largest)
    if looks:
        mask, share, side = _trusted(looks)
        ys, xs = np.nonzero(mask)
        extent = max(np.ptp(xs), np.ptp(ys)) + 1
        centre = ((xs.min() + xs.max()) / 2, (ys.min() + ys.max()) / 2)
        case.geometry = geometry_at(centre, min(max(extent / STRUCTURE_FRACTION, SMALLEST_SIDE), largest))
    else:
        case.geometry = geometry_at((case.points[0][0], case.points[0][1]), FIRST_LOOK)
    return _encode(model, case)


def _look_once(model: BayesModel, case: Case, generator: torch.Generator) -> tuple[np.ndarray, float, float] | None:
    """The structure at the first point on the slice, the share of the crop's side that it fills, and that side."""
    size = model.architecture.size
    latents = torch.randn(8, model.architecture.latent, generator=generator)
    mean = draw_samples(model, _encode(model, case), case, torch.zeros(size, size), latents).mean(0).numpy()
    part = part_at(mean > 0.5, *model_pixel(case.points[0], case, size))
    ys, xs = np.nonzero(part)
    if len(ys) == 0:
        return None
    native = uncrop(torch.from_numpy(part.astype(np.float32))[None, None], case.geometry, *case.image.shape)[0, 0].numpy() > 0.5
    share = (max(np.ptp(xs), np.ptp(ys)) + 1) / size
    return (native, float(share), float(case.geometry.side)) if native.any() else None


def _trusted(looks: list[tuple[np.ndarray, float, float]]) -> tuple[np.ndarray, float, float]:
    fits = [SMALLEST_SHARE < share < LARGEST_SHARE for _, share, _ in looks]
    agreements = [
        dice(near[0], far[0]) if fits[index] or fits[index + 1] else -1.0
        for index, (near, far) in enumerate(zip(looks, looks[1:]))
    ]
    best = int(np.argmax(agreements)) if agreements else 0
    pair = looks[best : best + 2] if agreements and agreements[best] >= 0 else looks
    return min(pair, key=lambda found: abs(np.log(found[1] / STRUCTURE_FRACTION)))


def geometry_at(centre: tuple[float, float], side: float) -> Geometry:
    return Geometry(torch.tensor([[centre[0], centre[1]]], dtype=torch.float32), torch.tensor([side], dtype=torch.float32))


def _encode(model: BayesModel, case: Case) -> tuple[torch.Tensor, torch.Tensor]:
    grey = crop(torch.from_numpy(case.image)[None, None], case.geometry, model.architecture.size)
    return model.encoder(normalise(grey).contiguous(memory_format=torch.channels_last))


def draw_samples(
    model: BayesModel, encoded: tuple[torch.Tensor, torch.Tensor], case: Case, previous: torch.Tensor, latents: torch.Tensor
) -> torch.Tensor:
    """Probabilities [N,S,S]."""
    prompts = torch.zeros(4, model.architecture.size, model.architecture.size)
    for x, y, label in case.points:
        place = to_model(torch.tensor([[float(x), float(y)]]), case.geometry, model.architecture.size)[0]
        add_point(prompts, float(place[0]), float(place[1]), label)
    prompts[3] = previous
    conditioning = model.prompt(*encoded, prompts[None])
    return torch.sigmoid(model.head.decode(conditioning, latents[None]))[0]


def model_pixel(point: tuple, case: Case, size: int) -> tuple[int, int]:
    place = to_model(torch.tensor([[float(point[0]), float(point[1])]]), case.geometry, size)[0].round()
    return int(place[0].clamp(0, size - 1)), int(place[1].clamp(0, size - 1))
