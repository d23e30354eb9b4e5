"""Layers that several of the published networks share."""

from __future__ import annotations

import torch
import torch.nn as nn


class ChannelNorm(nn.Module):
    """Layer normalisation over the channels of [B,C,H,W], each pixel for itself."""

    def __init__(self, channels: int, eps: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.eps = eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        centred = x - x.mean(1, keepdim=True)
        normal = centred / torch.sqrt((centred * centred).mean(1, keepdim=True) + self.eps)
        return normal * self.weight[:, None, None] + self.bias[:, None, None]


class Perceptron(nn.Module):
    """Linear layers with ReLU between them."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
