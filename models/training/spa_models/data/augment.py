"""Changes of grey values that a scanner, a window or a screen could have made."""

from __future__ import annotations

import torch
import torch.nn.functional as F

CURVE_PIECES = 6


def augment_grey(images: torch.Tensor, generator: torch.Generator, strength: torch.Tensor) -> torch.Tensor:
    """Window, gamma, inversion, blur and noise; images [B,1,S,S] in [0,1], `strength` [B] scales everything."""
    count = len(images)

    def uniform(low: float, high: float) -> torch.Tensor:
        return (torch.rand(count, generator=generator) * (high - low) + low).view(-1, 1, 1, 1)

    amount = strength.view(-1, 1, 1, 1)
    wide = torch.where(uniform(0, 1) < 0.4, torch.full((), 2.0), torch.ones(()))  # as far as from a lung to a soft tissue window
    gain = torch.exp(uniform(-0.3, 0.35) * amount * wide)
    low = uniform(-0.12, 0.12) * amount * wide
    result = ((images - low) * gain).clamp(0, 1)
    result = result.clamp_min(1e-4) ** torch.exp(uniform(-0.3, 0.3) * amount)
    result = torch.where(uniform(0, 1) < 0.1 * amount, 1 - result, result)
    kernel = torch.tensor([1.0, 2.0, 1.0]) / 4
    blurred = F.conv2d(F.pad(result, (1, 1, 1, 1), mode="replicate"), (kernel[:, None] * kernel)[None, None])
    result = torch.where(uniform(0, 1) < 0.15 * amount, blurred, result)
    deviation = torch.where(uniform(0, 1) < 0.4, uniform(0, 0.06) * amount, torch.zeros(()))
    noise = torch.randn(images.shape, generator=generator)
    return (result + noise * deviation).clamp(0, 1)


def other_scanner(images: torch.Tensor, generator: torch.Generator, strength: torch.Tensor) -> torch.Tensor:
    """The same anatomy as another modality might show it: another curve of grey values, a field that brightens one side, speckle.

    images [B,1,S,S] in [0,1]; `strength` [B], 0 leaves a crop alone. Curves are smooth and mostly, not always, rising: what one
    modality shows brighter than its surroundings another may show darker.
    """
    count, size = len(images), images.shape[-1]

    def chance(share: float) -> torch.Tensor:
        return (torch.rand(count, generator=generator) < share * strength).view(-1, 1, 1, 1)

    steps = torch.rand(count, CURVE_PIECES, generator=generator) ** 2 + 0.05
    falling = (torch.rand(count, CURVE_PIECES, generator=generator) < 0.25) & (torch.rand(count, 1, generator=generator) < 0.4)
    heights = F.pad(torch.where(falling, -steps, steps).cumsum(1), (1, 0))
    low, high = heights.min(1, keepdim=True).values, heights.max(1, keepdim=True).values
    heights = (heights - low) / (high - low)
    place = images.clamp(0, 1).flatten(1) * CURVE_PIECES
    below = place.floor().clamp(max=CURVE_PIECES - 1)
    left, right = heights.gather(1, below.long()), heights.gather(1, below.long() + 1)
    curved = (left + (right - left) * (place - below)).view_as(images)
    result = torch.where(chance(0.3), curved, images)
    field = F.interpolate(torch.randn(count, 1, 3, 3, generator=generator), (size, size), mode="bicubic", align_corners=True)
    result = torch.where(chance(0.25), result * torch.exp(0.25 * field), result)
    grain = torch.randn(images.shape, generator=generator)
    grain = F.avg_pool2d(F.pad(grain, (1, 1, 1, 1), mode="replicate"), 3, 1) * 3
    amount = torch.rand(count, 1, 1, 1, generator=generator) * 0.35
    return torch.where(chance(0.15), result * (1 + amount * grain), result).clamp(0, 1)
