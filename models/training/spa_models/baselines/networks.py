"""A plain U-Net (Ronneberger et al. 2015) and the Probabilistic U-Net (Kohl et al. 2018), small enough for a CPU."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Independent, Normal, kl_divergence

KINDS = ("unet", "probabilistic-unet")


@dataclass(frozen=True)
class Shape:
    """`size`: side of the square input; `widths` from the finest level to the coarsest; `latent`: 0 for the plain U-Net."""

    kind: str
    size: int = 128
    widths: tuple[int, ...] = (16, 32, 64, 128, 128)
    latent: int = 6

    def __post_init__(self) -> None:
        step = 2 ** (len(self.widths) - 1)
        if self.size % step:
            raise ValueError(f"Image size {self.size}: take a multiple of {step}.")

    def to_dict(self) -> dict:
        return asdict(self)


BACKGROUND = -4.0
"""The logit that learning begins with: structures are small, and that most of an image is none of them need not be learnt."""


def _from_background(last: nn.Conv2d) -> nn.Conv2d:
    nn.init.constant_(last.bias, BACKGROUND)
    return last


def _convolutions(before: int, after: int) -> nn.Sequential:
    parts: list[nn.Module] = []
    for channels in (before, after):
        parts += [nn.Conv2d(channels, after, 3, padding=1, bias=False), nn.GroupNorm(8, after), nn.ReLU(inplace=True)]
    return nn.Sequential(*parts)


class Contracting(nn.Module):
    """[B,C,S,S] -> the features of every level, finest first."""

    def __init__(self, channels: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.levels = nn.ModuleList(_convolutions(a, b) for a, b in zip((channels, *widths), widths))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        features: list[torch.Tensor] = []
        for level in self.levels:
            x = level(F.max_pool2d(features[-1], 2) if features else x)
            features.append(x)
        return features


class Expanding(nn.Module):
    """The features of every level -> [B,finest width,S,S]."""

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        pairs = list(zip(widths[::-1], widths[-2::-1]))
        self.levels = nn.ModuleList(_convolutions(coarse + fine, fine) for coarse, fine in pairs)

    def forward(self, features: list[torch.Tensor]) -> torch.Tensor:
        x = features[-1]
        for level, fine in zip(self.levels, features[-2::-1]):
            x = level(torch.cat([F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False), fine], 1))
        return x


class UNet(nn.Module):
    """image [B,3,S,S] in 0..1 -> logits [B,S,S]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.contracting = Contracting(3, shape.widths)
        self.expanding = Expanding(shape.widths)
        self.last = _from_background(nn.Conv2d(shape.widths[0], 1, 1))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.last(self.expanding(self.contracting(image)))[:, 0]

    def loss(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Cross-entropy against the share of readers who drew each pixel."""
        return F.binary_cross_entropy_with_logits(self(batch["image"]).float(), batch["mean"])

    def samples(self, image: torch.Tensor, count: int, generator: torch.Generator) -> torch.Tensor:
        """[1,3,S,S] -> logits [1,S,S]: it knows but one answer."""
        return self(image).float()


class LatentGaussian(nn.Module):
    """[B,C,S,S] -> a diagonal Gaussian over the latent."""

    def __init__(self, channels: int, shape: Shape) -> None:
        super().__init__()
        self.contracting = Contracting(channels, shape.widths)
        self.last = nn.Linear(shape.widths[-1], 2 * shape.latent)

    def forward(self, x: torch.Tensor) -> Independent:
        mean, log_deviation = self.last(self.contracting(x)[-1].mean((2, 3))).float().chunk(2, 1)
        return Independent(Normal(mean, log_deviation.clamp(-6, 4).exp()), 1)


class ProbabilisticUNet(nn.Module):
    """A conditional variational autoencoder: the latent, drawn from the image's prior, tells which reader's mask it is."""

    KL_WEIGHT = 10.0
    """Per nat, against the cross-entropy summed over the pixels, as in the paper."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.widths[0]
        self.contracting = Contracting(3, shape.widths)
        self.expanding = Expanding(shape.widths)
        self.prior = LatentGaussian(3, shape)
        self.posterior = LatentGaussian(4, shape)
        self.combine = nn.Sequential(
            *(nn.Conv2d(width + shape.latent, width, 1), nn.ReLU(), nn.Conv2d(width, width, 1), nn.ReLU()),
            _from_background(nn.Conv2d(width, 1, 1)),
        )

    def decode(self, features: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """[N,width,S,S], [N,latent] -> logits [N,S,S]."""
        size = features.shape[-1]
        tiled = latents[:, :, None, None].expand(-1, -1, size, size)
        return self.combine(torch.cat([features, tiled.to(features.dtype)], 1))[:, 0]

    def loss(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Negative evidence bound of one reader's mask, in thousands of nats an image."""
        image, reader = batch["image"], batch["reader"]
        posterior, prior = self.posterior(torch.cat([image, reader[:, None]], 1)), self.prior(image)
        logits = self.decode(self.expanding(self.contracting(image)), posterior.rsample())
        error = F.binary_cross_entropy_with_logits(logits.float(), reader, reduction="none").sum((1, 2))
        return (error + self.KL_WEIGHT * kl_divergence(posterior, prior)).mean() / 1000

    def samples(self, image: torch.Tensor, count: int, generator: torch.Generator) -> torch.Tensor:
        """[1,3,S,S] -> logits [count,S,S] of latents from the prior."""
        features = self.expanding(self.contracting(image))
        prior = self.prior(image).base_dist
        noise = torch.randn(count, self.shape.latent, generator=generator).to(features.device)
        return self.decode(features.expand(count, -1, -1, -1), prior.mean + prior.stddev * noise).float()


def build(shape: Shape) -> UNet | ProbabilisticUNet:
    if shape.kind not in KINDS:
        raise ValueError(f"Kind {shape.kind}: choose one of {', '.join(KINDS)}.")
    return UNet(shape) if shape.kind == "unet" else ProbabilisticUNet(shape)
