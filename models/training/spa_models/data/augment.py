"""Changes of grey values that a scanner, a window or a screen could have made."""

from __future__ import annotations

import torch
import torch.nn.functional as F


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
