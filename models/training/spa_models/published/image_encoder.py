"""SAM's image encoder: a plain ViT with windowed and global attention and decomposed relative positions.

After Kirillov et al., "Segment Anything" (2023), and Li et al., "Exploring Plain Vision Transformer Backbones for Object
Detection" (ViTDet, 2022). Attribute names are those of the published checkpoints, so that a state dict loads as it is.
"""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from .layers import ChannelNorm
from .sizes import EMBEDDING, PATCH, Sizes

NORM_EPS = 1e-6


class PatchEmbedding(nn.Module):
    """[B,3,S,S] -> [B,h,h,width], h = S / 16."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, width, PATCH, PATCH)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.proj(image).permute(0, 2, 3, 1)


class RelativeAttention(nn.Module):
    """Multi-head self-attention on a square of side `side`, with a learnt bias per row and per column distance.

    `head_by_head` takes one head after the other: with 64 x 64 tokens all heads' scores together are 800 MB in ViT-B, more than
    a browser's WebAssembly has to spare.
    """

    def __init__(self, width: int, heads: int, side: int) -> None:
        super().__init__()
        self.head_by_head = False
        self.heads, self.side = heads, side
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * side - 1, width // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * side - 1, width // heads))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B,side,side,width] -> the same shape."""
        batch, tokens, width = x.shape[0], self.side**2, x.shape[3]
        depth = width // self.heads
        parts = self.qkv(x).reshape(batch, tokens, 3, self.heads, depth).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        joined = self.attend(query, key, value)
        return self.proj(joined.permute(0, 2, 1, 3).reshape(batch, self.side, self.side, width))

    def attend(self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        """[B,heads,tokens,depth] three times -> the same shape. The bias uses the query before scaling, as ViTDet's does."""
        if not self.head_by_head:
            return F.scaled_dot_product_attention(query, key, value, self.position_bias(query))
        heads = (self.attend_plainly(q, k, v) for q, k, v in zip(query.unbind(1), key.unbind(1), value.unbind(1)))
        return torch.stack(list(heads), 1)

    def attend_plainly(self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        """One head, [B,tokens,depth] three times, in operations that every ONNX runtime knows."""
        scores = query @ (key / key.shape[-1] ** 0.5).transpose(-1, -2) + self.position_bias(query[:, None])[:, 0]
        return scores.softmax(-1) @ value

    def position_bias(self, query: torch.Tensor) -> torch.Tensor:
        """[B,heads,tokens,tokens]: query . R_h[row distance] + query . R_w[column distance]."""
        batch, heads, tokens, depth = query.shape
        side = self.side
        grid = query.reshape(batch * heads, side, side, depth)
        rows = grid @ self.by_distance(self.rel_pos_h).transpose(1, 2)
        columns = (grid.transpose(1, 2) @ self.by_distance(self.rel_pos_w).transpose(1, 2)).transpose(1, 2)
        bias = rows.reshape(-1, tokens, side, 1) + columns.reshape(-1, tokens, 1, side)
        return bias.reshape(batch, heads, tokens, tokens)

    def by_distance(self, table: torch.Tensor) -> torch.Tensor:
        """[2 side - 1, depth] -> [query, key, depth]: entry query - key, counted from the most negative distance."""
        place = torch.arange(self.side, device=table.device)
        return table[place[:, None] - place[None, :] + self.side - 1]


class FeedForward(nn.Module):
    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.lin1 = nn.Linear(width, hidden)
        self.lin2 = nn.Linear(hidden, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.lin2(F.gelu(self.lin1(x)))


class Block(nn.Module):
    """A transformer block; `window` 0 attends to the whole grid of side `grid`."""

    def __init__(self, sizes: Sizes, window: int) -> None:
        super().__init__()
        self.window, self.grid = window, sizes.grid
        self.norm1 = nn.LayerNorm(sizes.width, eps=NORM_EPS)
        self.attn = RelativeAttention(sizes.width, sizes.heads, window or sizes.grid)
        self.norm2 = nn.LayerNorm(sizes.width, eps=NORM_EPS)
        self.mlp = FeedForward(sizes.width, sizes.mlp)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        attended = self.norm1(x)
        attended = self.in_windows(attended) if self.window else self.attn(attended)
        x = x + attended
        return x + self.mlp(self.norm2(x))

    def in_windows(self, x: torch.Tensor) -> torch.Tensor:
        """Attention inside windows; the grid is padded with zeros at the bottom and right, and the padding takes part (as in SAM)."""
        window, grid, width = self.window, self.grid, x.shape[3]
        count = -(-grid // window)
        padded, missing = count * window, count * window - grid
        if missing:
            x = F.pad(x, (0, 0, 0, missing, 0, missing))
        x = x.reshape(-1, count, window, count, window, width).permute(0, 1, 3, 2, 4, 5)
        x = self.attn(x.reshape(-1, window, window, width))
        x = x.reshape(-1, count, count, window, window, width).permute(0, 1, 3, 2, 4, 5)
        return x.reshape(-1, padded, padded, width)[:, :grid, :grid]


class ImageEncoder(nn.Module):
    """[B,3,S,S] -> feature [B,256,h,h]."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.patch_embed = PatchEmbedding(sizes.width)
        self.pos_embed = nn.Parameter(torch.zeros(1, sizes.position_grid, sizes.position_grid, sizes.width))
        self.blocks = nn.ModuleList(Block(sizes, 0 if n in sizes.global_blocks else sizes.window) for n in range(sizes.depth))
        self.neck = nn.Sequential(
            nn.Conv2d(sizes.width, EMBEDDING, 1, bias=False),
            ChannelNorm(EMBEDDING),
            nn.Conv2d(EMBEDDING, EMBEDDING, 3, padding=1, bias=False),
            ChannelNorm(EMBEDDING),
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.from_positions(image, self.positions())

    def from_positions(self, image: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        x = self.patch_embed(image) + positions
        for block in self.blocks:
            x = block(x)
        return self.neck(x.permute(0, 3, 1, 2))

    def positions(self) -> torch.Tensor:
        """The absolute positions on this image's grid; a checkpoint may hold them on another one."""
        grid = self.sizes.grid
        if self.sizes.position_grid == grid:
            return self.pos_embed
        held = self.pos_embed.permute(0, 3, 1, 2)
        return F.interpolate(held, (grid, grid), mode="bicubic", align_corners=False).permute(0, 2, 3, 1)
