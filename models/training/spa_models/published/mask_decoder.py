"""SAM's mask decoder: a two-way transformer between prompt tokens and image, then one small network per mask.

After Kirillov et al., "Segment Anything" (2023), appendix A. Attribute names are those of the published checkpoints.
"""

from __future__ import annotations

import torch
import torch.nn as nn

from .layers import ChannelNorm, Perceptron
from .sizes import EMBEDDING

HEADS = 8
DEPTH = 2
HIDDEN = 2048
MASKS = 4
"""Mask token 0 is the single answer, 1..3 the three of an ambiguous prompt."""


class Attention(nn.Module):
    """Multi-head attention with an inner width of 256 / `downsample`."""

    def __init__(self, downsample: int = 1) -> None:
        super().__init__()
        inner = EMBEDDING // downsample
        self.q_proj = nn.Linear(EMBEDDING, inner)
        self.k_proj = nn.Linear(EMBEDDING, inner)
        self.v_proj = nn.Linear(EMBEDDING, inner)
        self.out_proj = nn.Linear(inner, EMBEDDING)

    def forward(self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        query, key, value = (self.split(p(x)) for p, x in ((self.q_proj, query), (self.k_proj, key), (self.v_proj, value)))
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        joined = scores.softmax(-1) @ value
        return self.out_proj(joined.transpose(1, 2).flatten(2))

    @staticmethod
    def split(x: torch.Tensor) -> torch.Tensor:
        """[B,tokens,inner] -> [B,heads,tokens,inner / heads]."""
        return x.unflatten(-1, (HEADS, x.shape[-1] // HEADS)).transpose(1, 2)


class FeedForward(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lin1 = nn.Linear(EMBEDDING, HIDDEN)
        self.lin2 = nn.Linear(HIDDEN, EMBEDDING)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.lin2(torch.relu(self.lin1(x)))


class TwoWayBlock(nn.Module):
    """Tokens attend to themselves and to the image; the image attends to the tokens.

    SPA's checkpoints were trained with another self-attention than SAM's (`keeps_positions`): the first block adds its
    result to the tokens instead of replacing them, and later blocks leave the added positions in the tokens.
    """

    def __init__(self, first: bool, keeps_positions: bool) -> None:
        super().__init__()
        self.first, self.keeps_positions = first, keeps_positions
        self.self_attn = Attention()
        self.norm1 = nn.LayerNorm(EMBEDDING)
        self.cross_attn_token_to_image = Attention(2)
        self.norm2 = nn.LayerNorm(EMBEDDING)
        self.mlp = FeedForward()
        self.norm3 = nn.LayerNorm(EMBEDDING)
        self.norm4 = nn.LayerNorm(EMBEDDING)
        self.cross_attn_image_to_token = Attention(2)

    def forward(self, tokens: torch.Tensor, image: torch.Tensor, prompts: torch.Tensor, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """`prompts` are the first tokens, added again as positions."""
        tokens = self.among_tokens(tokens, prompts)
        tokens = self.norm1(tokens)
        tokens = self.norm2(tokens + self.cross_attn_token_to_image(tokens + prompts, image + positions, image))
        tokens = self.norm3(tokens + self.mlp(tokens))
        image = self.norm4(image + self.cross_attn_image_to_token(image + positions, tokens + prompts, tokens))
        return tokens, image

    def among_tokens(self, tokens: torch.Tensor, prompts: torch.Tensor) -> torch.Tensor:
        if self.first:
            attended = self.self_attn(tokens, tokens, tokens)
            return tokens + attended if self.keeps_positions else attended
        placed = tokens + prompts
        if self.keeps_positions:
            return placed + self.self_attn(placed, placed, placed)
        return tokens + self.self_attn(placed, placed, tokens)


class TwoWayTransformer(nn.Module):
    def __init__(self, keeps_positions: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TwoWayBlock(n == 0, keeps_positions) for n in range(DEPTH))
        self.final_attn_token_to_image = Attention(2)
        self.norm_final_attn = nn.LayerNorm(EMBEDDING)

    def forward(self, image: torch.Tensor, positions: torch.Tensor, prompts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """image [B,hh,256], positions [1,hh,256], prompts [B,T,256] -> tokens [B,T,256], image [B,hh,256]."""
        tokens = prompts
        for layer in self.layers:
            tokens, image = layer(tokens, image, prompts, positions)
        tokens = tokens + self.final_attn_token_to_image(tokens + prompts, image + positions, image)
        return self.norm_final_attn(tokens), image


class MaskDecoder(nn.Module):
    """`keeps_positions`: SPA's self-attention, see TwoWayBlock."""

    def __init__(self, keeps_positions: bool) -> None:
        super().__init__()
        self.transformer = TwoWayTransformer(keeps_positions)
        self.iou_token = nn.Embedding(1, EMBEDDING)
        self.mask_tokens = nn.Embedding(MASKS, EMBEDDING)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(EMBEDDING, EMBEDDING // 4, 2, 2),
            ChannelNorm(EMBEDDING // 4),
            nn.GELU(),
            nn.ConvTranspose2d(EMBEDDING // 4, EMBEDDING // 8, 2, 2),
            nn.GELU(),
        )
        self.output_hypernetworks_mlps = nn.ModuleList(Perceptron([EMBEDDING, EMBEDDING, EMBEDDING, EMBEDDING // 8]) for _ in range(MASKS))
        self.iou_prediction_head = Perceptron([EMBEDDING, EMBEDDING, EMBEDDING, MASKS])

    def forward(
        self, feature: torch.Tensor, positions: torch.Tensor, sparse: torch.Tensor, dense: torch.Tensor, masks: slice = slice(0, MASKS)
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits [B,masks,L,L] and predicted IoU [B,masks] of the mask tokens in `masks`.

        feature [B,256,h,h], positions [1,256,h,h], sparse [B or 1,Q,256] (one row serves all), dense [B or 1,256,h,h].
        """
        batch, grid = feature.shape[0], feature.shape[-1]
        tokens = torch.cat([self.iou_token.weight, self.mask_tokens.weight])[None]
        prompts = torch.cat([tokens.expand(sparse.shape[0], -1, -1), sparse], 1).expand(batch, -1, -1)
        tokens, image = self.transformer((feature + dense).flatten(2).transpose(1, 2), positions.flatten(2).transpose(1, 2), prompts)
        upscaled = self.output_upscaling(image.transpose(1, 2).unflatten(2, (grid, grid)))
        wanted = range(MASKS)[masks]
        kernels = torch.stack([self.output_hypernetworks_mlps[n](tokens[:, 1 + n]) for n in wanted], 1)
        logits = (kernels @ upscaled.flatten(2)).unflatten(2, (4 * grid, 4 * grid))
        return logits, self.iou_prediction_head(tokens[:, 0])[:, masks]
