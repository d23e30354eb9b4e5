"""Weights to begin with when nobody has trained the network before. The published program always begins with SAM's.

PyTorch's own defaults shrink a signal in every layer: after the mixing, the image is 2 % as loud as the constant "no mask" that is added to it, and
the decoder hardly hears it. (That it is not unlearnt afterwards is the matter of `--encoder-rate`.)
"""

from __future__ import annotations

import math

import torch
import torch.nn as nn

from .models import SpaModel
from .preference import LatentMixing
from .sizes import PATCH

QUIET = 0.02
BACKGROUND = 4.6
"""Logits begin near minus this: most of an image is not the structure, and that need not be learnt."""
GREY_MEAN, GREY_DEVIATION = 0.35, 0.25
"""Of images in 0..1, roughly."""
LOUDEST = 8.0


@torch.no_grad()
def begin_from_chance(model: SpaModel, generator: torch.Generator) -> None:
    nn.init.trunc_normal_(model.image_encoder.pos_embed, std=QUIET, generator=generator)
    nn.init.normal_(model.prompt_encoder.no_mask_embed.weight, std=QUIET, generator=generator)
    see_patches(model.image_encoder.patch_embed.proj)
    keep_loud(model.latent_mixing, generator)
    begin_with_background(model)


@torch.no_grad()
def keep_loud(mixing: LatentMixing, generator: torch.Generator) -> None:
    """He et al. 2015: the variance stays through ReLU."""
    for layer in mixing.layers:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
            nn.init.zeros_(layer.bias)


@torch.no_grad()
def see_patches(projection: nn.Conv2d) -> None:
    """Half of the filters become cosines of the patch's grey values, from the mean to the finest; the others stay by chance, for colour.

    Grey values of images are mostly low frequencies, so fine ones are amplified.
    """
    count = projection.out_channels // 2
    cosines = _cosines()[:count]
    gain = 1 / (PATCH * GREY_DEVIATION) * (1 + 0.6 * torch.arange(len(cosines)).sqrt()).clamp(max=LOUDEST)
    projection.weight[: len(cosines)] = (cosines * gain[:, None, None] / 3)[:, None]
    projection.weight[len(cosines) :] *= 0.5
    nn.init.zeros_(projection.bias)
    projection.bias[0] = -GREY_MEAN * PATCH * gain[0]


@torch.no_grad()
def begin_with_background(model: SpaModel) -> None:
    """One channel of the upscaled image is constant, and every mask's kernel takes it with a negative sign."""
    decoder = model.mask_decoder
    last = decoder.output_upscaling[3]
    last.weight[:, 0] = 0
    last.bias[0] = BACKGROUND
    for kernel in decoder.output_hypernetworks_mlps:
        kernel.layers[-1].weight.mul_(0.3)
        nn.init.zeros_(kernel.layers[-1].bias)
        kernel.layers[-1].bias[0] = -1


def _cosines() -> torch.Tensor:
    """The discrete cosine transform's basis [PATCH^2,PATCH,PATCH], orthonormal, lowest frequencies first."""
    place = (torch.arange(PATCH) + 0.5) / PATCH
    lines = torch.stack([torch.cos(math.pi * n * place) * math.sqrt((2 if n else 1) / PATCH) for n in range(PATCH)])
    order = sorted(((row, column) for row in range(PATCH) for column in range(PATCH)), key=lambda pair: (pair[0] ** 2 + pair[1] ** 2, pair))
    return torch.stack([torch.outer(lines[row], lines[column]) for row, column in order])
