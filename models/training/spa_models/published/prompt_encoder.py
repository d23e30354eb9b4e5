"""SAM's prompt encoder: points, boxes and a previous mask as embeddings, and the positional encoding of the grid.

After Kirillov et al., "Segment Anything" (2023), with the random Fourier positions of Tancik et al. (2020).
"""

from __future__ import annotations

import math

import torch
import torch.nn as nn

from .layers import ChannelNorm
from .sizes import EMBEDDING, Sizes

NEGATIVE, POSITIVE, BOX_FIRST, BOX_SECOND, PADDING = 0, 1, 2, 3, -1
"""Labels of a point: a click beside or on the structure, the two corners of a box, and "not a point"."""


class FourierPositions(nn.Module):
    """A place in 0..1 as sines and cosines of fixed random frequencies."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("positional_encoding_gaussian_matrix", torch.randn(2, EMBEDDING // 2))

    def forward(self, place: torch.Tensor) -> torch.Tensor:
        """[..., 2] in 0..1 -> [..., 256]."""
        angle = 2 * math.pi * ((2 * place - 1) @ self.positional_encoding_gaussian_matrix)
        return torch.cat([angle.sin(), angle.cos()], -1)


class PromptEncoder(nn.Module):
    """Points are in pixels of the S x S input, in the order the checkpoint was trained with."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.pe_layer = FourierPositions()
        self.point_embeddings = nn.ModuleList(nn.Embedding(1, EMBEDDING) for _ in range(4))
        self.not_a_point_embed = nn.Embedding(1, EMBEDDING)
        self.mask_downscaling = nn.Sequential(
            nn.Conv2d(1, 4, 2, 2), ChannelNorm(4), nn.GELU(), nn.Conv2d(4, 16, 2, 2), ChannelNorm(16), nn.GELU(), nn.Conv2d(16, EMBEDDING, 1)
        )
        self.no_mask_embed = nn.Embedding(1, EMBEDDING)

    def points(self, points: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """[B,P,2], [B,P] -> sparse [B,Q,256].

        As SAM does, a padding point follows clicks that come without a box: Q = P + 1. With a box, or when all points are
        padding, Q = P. All rows of a batch get the padding of the first.
        """
        clicks = ((labels[0] == POSITIVE) | (labels[0] == NEGATIVE)).any()
        box = ((labels[0] == BOX_FIRST) | (labels[0] == BOX_SECOND)).any()
        padding = (clicks & ~box).long()
        labels = torch.cat([labels, torch.full_like(labels[:, :1], PADDING)[:, :padding]], 1)
        points = torch.cat([points + 0.5, torch.zeros_like(points[:, :1])[:, :padding]], 1)
        kind = labels[..., None]
        sparse = self.pe_layer(points / self.sizes.image) * (kind != PADDING)
        sparse = sparse + self.not_a_point_embed.weight * (kind == PADDING)
        for label, embedding in enumerate(self.point_embeddings):
            sparse = sparse + embedding.weight * (kind == label)
        return sparse

    def no_mask(self) -> torch.Tensor:
        """Dense embedding when there is no previous mask: [1,256,1,1], the same on every cell."""
        return self.no_mask_embed.weight.reshape(1, -1, 1, 1)

    def mask(self, logits: torch.Tensor) -> torch.Tensor:
        """Logits of the previous mask [B,1,L,L] -> dense embedding [B,256,h,h]."""
        return self.mask_downscaling(logits)

    def dense_positions(self) -> torch.Tensor:
        """Positional encoding of the grid's cells [1,256,h,h]."""
        grid = self.sizes.grid
        device = self.no_mask_embed.weight.device
        centre = (torch.arange(grid, device=device) + 0.5) / grid
        row, column = torch.meshgrid(centre, centre, indexing="ij")
        return self.pe_layer(torch.stack([column, row], -1)).permute(2, 0, 1)[None]
