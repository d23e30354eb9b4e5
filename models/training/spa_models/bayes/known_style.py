"""The latent of a reader whose style is known: what makes a direction of z mean the same from image to image, and in words.

Computed readers (`synthetic/readers.py`) have six traits. Each becomes one coordinate of z by its place among all readers (the distributional
transform: z = Phi^-1(u), u uniform between the shares of readers who have less of the trait and no more of it). So z of computed readers
is standard normal, as the prior says, also for traits that one has or has not.
"""

from __future__ import annotations

from dataclasses import fields

import torch

from ..synthetic.readers import COUNTING, HALO_MIDDLE, SPREAD, Style

TRAITS = tuple(field.name for field in fields(Style))
"""As in `Style.vector`: coordinate 0 of z goes from tight to generous, 1 from without to with penumbra, 2 from detailed to smooth."""

WITH_PART = torch.tensor(list(COUNTING.values()))


def unknown_styles(count: int) -> torch.Tensor:
    """Traits [count,6] of readers of whom nothing is known: NaN."""
    return torch.full((count, len(TRAITS)), float("nan"))


def style_latents(styles: torch.Tensor) -> torch.Tensor:
    """Traits [B,6] -> z [B,6]; rows that are not known (NaN) stay NaN. Draws from torch's random state where a trait leaves z open."""
    level, halo, smoothing, parts = styles[:, 0], styles[:, 1], styles[:, 2], styles[:, 3:]
    below = torch.cat(
        [
            _share_below(level / SPREAD, level <= -1, level >= 1),
            _share_below((halo - HALO_MIDDLE) / SPREAD, halo <= 0, halo >= 1),
            smoothing.clamp(0, 1).sqrt()[:, None].expand(-1, 2),
            torch.stack([(1 - WITH_PART) * parts, (1 - WITH_PART) + WITH_PART * parts], -1).flatten(1),
        ],
        1,
    ).reshape(len(styles), len(TRAITS), 2)
    place = below[..., 0] + torch.rand_like(below[..., 0]) * (below[..., 1] - below[..., 0])
    return torch.special.ndtri(place.clamp(1e-3, 1 - 1e-3))


def _share_below(value: torch.Tensor, lowest: torch.Tensor, highest: torch.Tensor) -> torch.Tensor:
    """[B,2]: shares of a standard normal below `value`, and no higher than it; all that is cut off lies on the end that it was cut to."""
    share = torch.special.ndtr(value)
    return torch.stack([torch.where(lowest, 0.0, share), torch.where(highest, 1.0, share)], -1)
