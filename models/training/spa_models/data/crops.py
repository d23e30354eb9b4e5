"""The crop the model sees: its geometry and resampling, the same as in the browser.

A crop has its centre (cx, cy) in slice pixel coordinates (an integer is a pixel's centre) and a side L in slice pixels.
The centre of model pixel (row i, column j) lies at x = cx + ((j + .5) / S - .5) L, y = cy + ((i + .5) / S - .5) L.
Outside the image everything is 0. When L / S > 1, n x n bilinear samples are averaged, n = ceil(L / S).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

LARGEST_OVERSAMPLING = 8


@dataclass(frozen=True)
class Geometry:
    """Batch of crops: `centre` [B,2] as (x, y), `side` [B], both in slice pixels; `turn` [B,2,2] a rotation or reflection."""

    centre: torch.Tensor
    side: torch.Tensor
    turn: torch.Tensor | None = None


def crop(pixels: torch.Tensor, geometry: Geometry, size: int) -> torch.Tensor:
    """[B,K,H,W] float -> [B,K,size,size] float, resampled as described above."""
    result = pixels.new_zeros((*pixels.shape[:2], size, size))
    oversampling = torch.ceil(geometry.side / size).clamp(1, LARGEST_OVERSAMPLING)
    for count in oversampling.unique().tolist():
        rows = torch.nonzero(oversampling == count).squeeze(1)
        part = Geometry(
            geometry.centre[rows], geometry.side[rows], None if geometry.turn is None else geometry.turn[rows]
        )
        fine = _sample(pixels[rows], part, size * int(count))
        result[rows] = F.avg_pool2d(fine, int(count)) if count > 1 else fine
    return result


def _sample(pixels: torch.Tensor, geometry: Geometry, size: int) -> torch.Tensor:
    height, width = pixels.shape[-2:]
    steps = (torch.arange(size, dtype=torch.float32, device=pixels.device) + 0.5) / size - 0.5
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    offsets = torch.stack([x, y], -1)[None] * geometry.side[:, None, None, None]
    if geometry.turn is not None:
        offsets = torch.einsum("bhwj,bij->bhwi", offsets, geometry.turn)
    position = offsets + geometry.centre[:, None, None, :]
    extent = torch.tensor([width, height], dtype=torch.float32, device=pixels.device)
    grid = (position + 0.5) * 2 / extent - 1
    return F.grid_sample(pixels, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def uncrop(maps: torch.Tensor, geometry: Geometry, height: int, width: int) -> torch.Tensor:
    """[B,K,S,S] on the crop -> [B,K,height,width] on the slice; 0 outside the crop. Not for turned crops."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    position = torch.stack([x, y], -1).to(maps)[None]
    grid = (position - geometry.centre[:, None, None, :]) * 2 / geometry.side[:, None, None, None]
    return F.grid_sample(maps, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def to_model(points: torch.Tensor, geometry: Geometry, size: int) -> torch.Tensor:
    """Slice pixel coordinates (x, y) [B,2] -> model pixel coordinates (x, y) [B,2]. Not for turned crops."""
    return ((points - geometry.centre) / geometry.side[:, None] + 0.5) * size - 0.5


def random_turns(count: int, generator: torch.Generator) -> torch.Tensor:
    """Rotations by any angle, half of them mirrored: [count,2,2]."""
    angle = torch.rand(count, generator=generator) * 2 * math.pi
    mirror = torch.where(torch.rand(count, generator=generator) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle), torch.sin(angle)
    return torch.stack([torch.stack([cos * mirror, -sin], -1), torch.stack([sin * mirror, cos], -1)], -2)
