"""The preference distribution of the training's stand-in for the engine: a Gaussian over z, refitted in closed form after each answer.

The engine in the browser fits a mixture by the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy import ndimage


@dataclass(frozen=True)
class Settings:
    """`temperature`: how fast the weight of a sample falls with its distance (1 - Dice) from the chosen candidate.
    `floor`: the smallest variance that a fit may have. `prior`: how many samples' worth the previous distribution counts."""

    temperature: float = 0.06
    floor: float = 0.1
    prior: float = 4.0


@dataclass(frozen=True)
class Preference:
    """Gaussian with diagonal covariance: `mean` and `variance` [D]."""

    mean: torch.Tensor
    variance: torch.Tensor

    @staticmethod
    def standard(dimensions: int) -> Preference:
        return Preference(torch.zeros(dimensions), torch.ones(dimensions))

    def sample(self, count: int, generator: torch.Generator) -> torch.Tensor:
        noise = torch.randn(count, len(self.mean), generator=generator)
        return self.mean + noise * self.variance.sqrt()


def refit(preference: Preference, latents: torch.Tensor, weights: torch.Tensor, settings: Settings) -> Preference:
    """Weighted samples -> a new Gaussian that keeps a little of the old one; latents [N,D], weights [N] summing to 1."""
    effective = 1 / weights.square().sum()
    share = effective / (effective + settings.prior)
    mean = share * (weights[:, None] * latents).sum(0) + (1 - share) * preference.mean
    spread = (weights[:, None] * (latents - mean).square()).sum(0)
    variance = share * spread + (1 - share) * preference.variance
    return Preference(mean, variance.clamp(min=settings.floor))


def weights_of_choice(samples: torch.Tensor, candidate: torch.Tensor, settings: Settings) -> torch.Tensor:
    """samples [N,S,S] probabilities, candidate [S,S] probability -> weights [N]."""
    a, b = (samples > 0.5).float(), (candidate > 0.5).float()
    dice = (2 * (a * b).sum((1, 2)) + 1e-6) / (a.sum((1, 2)) + b.sum() + 1e-6)
    return torch.softmax(-(1 - dice) / settings.temperature, 0)


def weights_of_click(samples: torch.Tensor, x: int, y: int, label: bool) -> torch.Tensor:
    """Likelihood of the click's label at a model pixel, as weights [N]."""
    likelihood = samples[:, y, x] if label else 1 - samples[:, y, x]
    return (likelihood + 1e-3) / (likelihood + 1e-3).sum()


def part_at(mask: np.ndarray, x: int, y: int) -> np.ndarray:
    """The connected part of a mask at a pixel, or its largest part when the pixel lies outside; empty if the mask is."""
    components, count = ndimage.label(mask)
    if count == 0:
        return mask
    number = components[min(max(y, 0), len(mask) - 1), min(max(x, 0), mask.shape[1] - 1)]
    if number == 0:
        sizes = np.bincount(components.ravel())
        sizes[0] = 0
        number = sizes.argmax()
    return components == number
