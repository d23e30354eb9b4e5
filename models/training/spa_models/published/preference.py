"""The preference distribution of SPA: a mixture over the latent, and the networks that move it.

After Zhu et al., "SPA: Efficient User-Preference Alignment against Uncertainty in Medical Image Segmentation" (ICCV 2025).
"""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from .sizes import COMPONENTS, EMBEDDING

VARIANCE_FLOOR = 1e-6


class LatentMixing(nn.Module):
    """Three 1x1 convolutions with ReLU over [feature ; latent on every cell], as in the Probabilistic U-Net."""

    def __init__(self, latent: int) -> None:
        super().__init__()
        widths = [EMBEDDING + latent, EMBEDDING, EMBEDDING, EMBEDDING]
        layers: list[nn.Module] = []
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Conv2d(before, after, 1), nn.ReLU()]
        self.layers = nn.Sequential(*layers)

    def forward(self, feature: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """[1 or N,256,h,h], [N,latent] -> [N,256,h,h].

        The first layer is linear: the feature's part is computed once for all latents, the latent's part once for all cells.
        """
        first = self.layers[0]
        split = first.in_channels - latents.shape[1]
        from_feature = F.conv2d(feature, first.weight[:, :split], first.bias)
        from_latent = latents @ first.weight[:, split:, 0, 0].T
        return self.layers[1:](from_feature + from_latent[:, :, None, None])


class MeanVarianceNetwork(nn.Module):
    """The components' means and variances from the prompts and the dense positions.

    Prompts go through 1D convolutions over the tokens and are averaged; positions through 2D convolutions, averaged on
    `cells` x `cells` squares.
    """

    def __init__(self, components: int = COMPONENTS, cells: int = 2) -> None:
        super().__init__()
        self.components, self.cells = components, cells
        self.conv1d_1 = nn.Conv1d(EMBEDDING, 128, 3, padding=1)
        self.conv1d_2 = nn.Conv1d(128, 64, 3, padding=1)
        self.conv1 = nn.Conv2d(EMBEDDING, 128, 3, padding=1)
        self.conv2 = nn.Conv2d(128, 64, 3, padding=1)
        self.conv3 = nn.Conv2d(64, 32, 3, padding=1)
        self.fc1 = nn.Linear(64 + 32 * cells**2, 128)
        self.fc2 = nn.Linear(128, 64)
        self.fc3 = nn.Linear(64, 2 * components)

    def forward(self, sparse: torch.Tensor, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """sparse [B,Q,256], positions [B or 1,256,h,h] -> means [B,M], variances [B,M] (above 1e-6)."""
        return self.from_places(sparse, self.places(positions))

    def places(self, positions: torch.Tensor) -> torch.Tensor:
        """The positions' part [B or 1, 32 cells^2]: the same for every prompt, so that an export holds it as a constant."""
        x = positions
        for layer in (self.conv1, self.conv2, self.conv3):
            x = torch.relu(layer(x))
        return F.adaptive_avg_pool2d(x, self.cells).flatten(1)

    def from_places(self, sparse: torch.Tensor, places: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = torch.relu(self.conv1d_2(torch.relu(self.conv1d_1(sparse.transpose(1, 2))))).mean(2)
        x = torch.cat([x, places.expand(x.shape[0], -1)], 1)
        x = self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))
        return x[:, : self.components], torch.relu(x[:, self.components :]) + VARIANCE_FLOOR


class WeightNetwork(nn.Module):
    """The components' weights from their responsibilities for the candidate that the user took."""

    def __init__(self, components: int = COMPONENTS) -> None:
        super().__init__()
        widths = [components, 64, 128, 256, 128, 64, components]
        for n, (before, after) in enumerate(zip(widths, widths[1:]), 1):
            setattr(self, f"fc{n}", nn.Linear(before, after))

    def forward(self, responsibilities: torch.Tensor) -> torch.Tensor:
        """[...,M] -> [...,M], positive, with sum 1."""
        x = responsibilities
        for n in range(1, 6):
            x = torch.relu(getattr(self, f"fc{n}")(x))
        return self.fc6(x).softmax(-1)


def draw_latents(weights: torch.Tensor, means: torch.Tensor, variances: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """z = sum over m of weights_m (means_m + sqrt(variances_m) noise): one draw shared by all components.

    weights, means, variances [M] or [B,M]; noise [N,D] or [B,N,D], standard normal -> the shape of noise.
    """
    offset = (weights * means).sum(-1)[..., None, None]
    spread = (weights * variances.sqrt()).sum(-1)[..., None, None]
    return offset + spread * noise


def responsibilities(candidate: torch.Tensor, weights: torch.Tensor, means: torch.Tensor, variances: torch.Tensor) -> torch.Tensor:
    """How far each component accounts for the candidate's pixel values, [M] with sum 1.

    Mean over the pixels of weights_m N(p; means_m, variances_m), normalised for each pixel; candidate [H,W] of
    probabilities. In logarithms, because with a variance of 1e-6 every density may underflow.
    """
    pixels = candidate.reshape(-1, 1)
    logarithm = weights.log() - 0.5 * (variances.log() + (pixels - means) ** 2 / variances)
    return logarithm.softmax(1).mean(0)
