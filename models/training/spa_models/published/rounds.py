"""One training step: several rounds with a simulated user on the same images, the loss on the mean of the samples.

Zhu et al., "SPA: Efficient User-Preference Alignment against Uncertainty in Medical Image Segmentation" (ICCV 2025), section 3.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from ..bayes.losses import mask_loss
from ..bayes.prompting import error_click
from ..evaluation.clustering import cluster
from ..overlap import dice
from .feedback import Mixture, feedback
from .models import SpaModel
from .preference import draw_latents

LOGIT_THRESHOLD = 0.5
"""Of the recommended mask, on the mean of the logits: the published program's."""


@dataclass(frozen=True)
class Play:
    """`error_clicks`: share of answers that click where the recommended mask is wrong instead of choosing a candidate.

    `point_order`: how the prompt encoder is told of a point. Its positions of the image's cells are (x, y), and SAM's points are "xy" too; "yx"
    is what the published program does.
    """

    rounds: int = 6
    samples: int = 48
    clusters: int = 4
    error_clicks: float = 0.5
    point_order: str = "xy"


@dataclass
class Prompts:
    """`points` [B,P,2] as (x, y) in model pixels; `labels` [B,P]."""

    points: torch.Tensor
    labels: torch.Tensor

    def ordered(self, order: str) -> torch.Tensor:
        return self.points if order == "xy" else self.points.flip(-1)

    def add(self, points: torch.Tensor, labels: torch.Tensor) -> None:
        """points [B,2], labels [B]."""
        self.points = torch.cat([self.points, points[:, None].to(self.points)], 1)
        self.labels = torch.cat([self.labels, labels[:, None].to(self.labels)], 1)


def play(
    model: SpaModel,
    batch: dict[str, torch.Tensor],
    initial: torch.Tensor,
    how: Play,
    random: np.random.Generator,
    precision: AbstractContextManager,
) -> dict[str, float]:
    """Adds the gradient of all rounds to whatever parameters want one, round by round, so that memory holds but one round.

    `batch` as data.training_squares makes it; `initial` [M]: the weight network's input in the first round. Returns `loss`, and the Dice of
    the recommended mask in the first and the last round.
    """
    noise = torch.Generator().manual_seed(int(random.integers(2**62)))
    learns_image = any(parameter.requires_grad for parameter in model.image_encoder.parameters())
    with precision, torch.set_grad_enabled(learns_image):
        feature = model.feature(batch["image"])
    leaf = feature.detach().requires_grad_(learns_image)
    prompts = Prompts(batch["point"][:, None], batch["label"][:, None])
    shares = initial.expand(len(feature), -1)
    figures: dict[str, float] = {"loss": 0.0}
    for number in range(how.rounds):
        logits, mixture = _sample(model, leaf, prompts, shares, how, noise, precision)
        enlarged = F.interpolate(logits.mean(1, keepdim=True), batch["target"].shape[-2:], mode="bilinear", align_corners=False)[:, 0]
        loss = mask_loss(enlarged, batch["target"]).mean() / how.rounds
        loss.backward()
        figures["loss"] += loss.item()
        recommended = enlarged.detach() > LOGIT_THRESHOLD
        if number in (0, how.rounds - 1):
            figures[f"dice{number + 1}"] = _mean_dice(recommended, batch["target"])
        if number + 1 < how.rounds:
            shares = _answer(prompts, logits.detach(), recommended, mixture, batch, how, random)
    if learns_image:
        feature.backward(leaf.grad)
    return figures


def _sample(
    model: SpaModel, feature: torch.Tensor, prompts: Prompts, shares: torch.Tensor, how: Play, noise: torch.Generator, precision: AbstractContextManager
) -> tuple[torch.Tensor, Mixture]:
    """Logits [B,N,L,L] and the mixtures [B,M] they were drawn from."""
    count = len(feature)
    with precision:
        sparse = model.prompt_encoder.points(prompts.ordered(how.point_order), prompts.labels)
        means, variances = (values.float() for values in model.preference(sparse))
        weights = model.weight_network(shares).float()
    drawn = torch.randn(count, how.samples, model.sizes.latent, generator=noise).to(feature.device)
    latents = draw_latents(weights, means, variances, drawn)
    with precision:
        # Image by image, so that the feature's part of the mixing is computed once for all samples; then all samples in one batch.
        mixed = torch.cat([model.latent_mixing(feature[index : index + 1], own) for index, own in enumerate(latents)])
        encoder = model.prompt_encoder
        repeated = sparse.repeat_interleave(how.samples, 0)
        logits = model.mask_decoder(mixed, encoder.dense_positions(), repeated, encoder.no_mask(), slice(0, 1))[0][:, 0]
    return logits.float().unflatten(0, (count, how.samples)), Mixture(weights.detach(), means.detach(), variances.detach())


@torch.no_grad()
def _answer(
    prompts: Prompts, logits: torch.Tensor, recommended: torch.Tensor, mixture: Mixture, batch: dict[str, torch.Tensor], how: Play, random: np.random.Generator
) -> torch.Tensor:
    """The user takes the candidate nearest to the target, or clicks an error; returns the responsibilities [B,M]."""
    image, grid = batch["image"].shape[-1], logits.shape[-1]
    points, labels, shares = [], [], []
    for index, samples in enumerate(torch.sigmoid(logits).cpu()):
        own = Mixture(*(values[index].cpu() for values in (mixture.weights, mixture.means, mixture.variances)))
        target = batch["target"][index].cpu().numpy() > 0.5
        groups = cluster(samples, how.clusters)
        candidates = torch.stack([samples[group].mean(0) for group in groups])[:, None]
        masks = F.interpolate(candidates, target.shape, mode="bilinear", align_corners=False)[:, 0] > 0.5
        chosen = groups[int(np.argmax([dice(mask, target) for mask in masks.numpy()]))]
        taught = feedback(samples, chosen, own, random)
        shares.append(taught.responsibilities)
        wrong = error_click(recommended[index].cpu().numpy(), target) if random.random() < how.error_clicks else None
        row, column, label, scale = taught.row, taught.column, taught.positive, image / grid
        if wrong is not None:
            (column, row, label), scale = wrong, image / target.shape[0]
        points.append([(column + 0.5) * scale - 0.5, (row + 0.5) * scale - 0.5])
        labels.append(int(label))
    prompts.add(torch.tensor(points), torch.tensor(labels))
    return torch.stack(shares).to(logits.device)


def _mean_dice(masks: torch.Tensor, targets: torch.Tensor) -> float:
    wanted = targets > 0.5
    return float(np.mean([dice(a, b) for a, b in zip(masks.cpu().numpy(), wanted.cpu().numpy())]))
