"""A simulated user in Python: look, zoom, propose, choose or click. It follows the training from the outside."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch

from ..data.crops import Geometry, crop, to_model, uncrop
from ..data.slices import Slices
from .adaptation import Preference, Settings, clusters, part_at, refit, weights_of_choice, weights_of_click
from .batches import STRUCTURE_FRACTION, normalise
from .networks import BayesModel
from .prompting import add_point, agreed_region, deepest, error_click

FIRST_LOOK = 36.0
SMALLEST_SIDE = 24.0
SMALLEST_SHARE, LARGEST_SHARE = 0.12, 0.85
"""As in the engine: it looks from near to far and trusts the structure on which two neighbouring looks agree best."""


@dataclass(frozen=True)
class User:
    """`chooses`: takes candidates (else only clicks). `adapts`: the preference distribution follows the answers."""

    rounds: int = 3
    samples: int = 48
    candidates: int = 4
    chooses: bool = True
    adapts: bool = True
    threshold: float = 0.5
    settings: Settings = field(default_factory=Settings)


@dataclass
class Case:
    """One image [H,W] in [0,1], one target [H,W], the crop in use and the points given so far in slice coordinates."""

    image: np.ndarray
    target: np.ndarray
    points: list[tuple[int, int, bool]]
    geometry: Geometry


@dataclass(frozen=True)
class Course:
    """Dice of the recommended mask and best of recommended and candidates after each round; share of clicks obeyed."""

    dice: list[float]
    best: list[float]
    obeyed: list[bool]
    mean_probability: np.ndarray
    target: np.ndarray


@torch.no_grad()
def simulate(model: BayesModel, slices: Slices, row: int, reader: int, user: User, seed: int) -> Course | None:
    """One case from first click to last round; None when the target offers no first click."""
    masks = slices.masks([row])[0]
    target = masks[reader]
    click = deepest(agreed_region(target, masks.sum(0)))
    if click is None:
        return None
    generator = torch.Generator().manual_seed(seed)
    image = slices.images[row].astype(np.float32) / 255
    case = Case(image, target, [(*click, True)], geometry_at(click, FIRST_LOOK))
    encoded = look(model, case, generator)
    preference = Preference.standard(model.architecture.latent)
    previous = torch.zeros(model.architecture.size, model.architecture.size)
    dice, best, obeyed = [], [], []
    first: np.ndarray | None = None
    for _ in range(user.rounds):
        latents = preference.sample(user.samples, generator)
        samples = draw_samples(model, encoded, case, previous, latents)
        recommended = samples.mean(0)
        groups = clusters(samples, user.candidates)
        options = [recommended, *(samples[group].mean(0) for group in groups)]
        native = uncrop(torch.stack(options)[None], case.geometry, *target.shape)[0].numpy()
        scores = [_dice(mask > user.threshold, target) for mask in native]
        x, y, label = case.points[-1]
        obeyed.append(bool((native[0, y, x] > user.threshold) == label))
        dice.append(scores[0])
        best.append(max(scores))
        first = native[0] if first is None else first
        chosen = int(np.argmax(scores))
        if user.chooses and chosen > 0:
            previous = options[chosen]
            weights = weights_of_choice(samples, previous, user.settings)
        else:
            previous = recommended
            wrong = error_click(native[0] > user.threshold, target)
            if wrong is None:
                continue
            case.points.append(wrong)
            x, y = model_pixel(wrong, case, model.architecture.size)
            weights = weights_of_click(samples, x, y, wrong[2])
        if user.adapts:
            preference = refit(preference, latents, weights, user.settings)
    return Course(dice, best, obeyed, first if first is not None else image, target)


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
        _dice(near[0], far[0]) if fits[index] or fits[index + 1] else -1.0
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


def _dice(predicted: np.ndarray, target: np.ndarray) -> float:
    total = predicted.sum() + target.sum()
    return float(2 * (predicted & target).sum() / total) if total else 1.0
