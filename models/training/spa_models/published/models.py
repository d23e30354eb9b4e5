"""The two published models: SAM, and SPA, which is SAM with a latent preference."""

from __future__ import annotations

import torch
import torch.nn as nn

from .image_encoder import ImageEncoder
from .mask_decoder import MaskDecoder
from .preference import LatentMixing, MeanVarianceNetwork, WeightNetwork
from .prompt_encoder import PromptEncoder
from .sizes import Sizes


class SamModel(nn.Module):
    """SAM or MedSAM. Feature by `image_encoder`; masks by `decode`."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.image_encoder = ImageEncoder(sizes)
        self.prompt_encoder = PromptEncoder(sizes)
        self.mask_decoder = MaskDecoder(keeps_positions=False)

    def decode(self, feature: torch.Tensor, points: torch.Tensor, labels: torch.Tensor, mask: torch.Tensor, has_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits [B,3,L,L] and predicted IoU [B,3] of the three masks of an ambiguous prompt.

        feature [B,256,h,h], points [B,P,2] as (x, y), labels [B,P], mask [B,1,L,L] logits of the previous mask, which
        count where has_mask [1] is 1.
        """
        prompts = self.prompt_encoder
        dense = has_mask * prompts.mask(mask) + (1 - has_mask) * prompts.no_mask()
        return self.mask_decoder(feature, prompts.dense_positions(), prompts.points(points, labels), dense, slice(1, 4))


class SpaModel(nn.Module):
    """SPA. Per image `feature`; per round `preference` and the latents drawn from it (`draw_latents`); per sample `decode`."""

    def __init__(self, sizes: Sizes, cells: int = 2) -> None:
        super().__init__()
        self.sizes = sizes
        self.image_encoder = ImageEncoder(sizes)
        self.latent_mixing = LatentMixing(sizes.latent)
        self.prompt_encoder = PromptEncoder(sizes)
        self.mask_decoder = MaskDecoder(keeps_positions=True)
        self.mean_variance = MeanVarianceNetwork(sizes.components, cells)
        self.weight_network = WeightNetwork(sizes.components)

    def feature(self, image: torch.Tensor) -> torch.Tensor:
        """[B,3,S,S] scaled to 0..1 -> [B,256,h,h], before the latent is mixed in."""
        return self.image_encoder(image)

    def preference(self, sparse: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Means and variances [B,M] for the prompts sparse [B,Q,256] (`prompt_encoder.points`)."""
        return self.mean_variance(sparse, self.prompt_encoder.dense_positions())

    def decode(self, feature: torch.Tensor, sparse: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """feature [1 or N,256,h,h], sparse [1 or N,Q,256], latents [N,D] -> logits [N,L,L] of mask token 0."""
        prompts = self.prompt_encoder
        mixed = self.latent_mixing(feature, latents)
        logits, _ = self.mask_decoder(mixed, prompts.dense_positions(), sparse, prompts.no_mask(), slice(0, 1))
        return logits[:, 0]
