"""How wrong a mask is, and how far a posterior is from the prior."""

from __future__ import annotations

import torch
import torch.nn.functional as F


def soft_dice_loss(probability: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """1 - Dice over the last two dimensions; both in [0,1]. One value for each map."""
    overlap = (probability * target).sum((-2, -1))
    total = probability.sum((-2, -1)) + target.sum((-2, -1))
    return 1 - (2 * overlap + 1) / (total + 1)


def cross_entropy(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Mean over the last two dimensions, scaled by the structure's share so that small ones count as well."""
    loss = F.binary_cross_entropy_with_logits(logits, target.expand_as(logits), reduction="none").mean((-2, -1))
    return loss / (target.mean((-2, -1)) + 0.05)


def cross_entropy_of_probability(probability: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """As cross_entropy, for a probability in (0,1) such as the mean of samples."""
    probability = probability.float().clamp(1e-4, 1 - 1e-4)
    loss = -(target * probability.log() + (1 - target) * (1 - probability).log()).mean((-2, -1))
    return loss / (target.mean((-2, -1)) + 0.05)


def mask_loss(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Cross-entropy and Dice together, one value for each map."""
    return 0.5 * cross_entropy(logits, target) + soft_dice_loss(torch.sigmoid(logits), target)


def kl_to_standard_normal(mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
    """KL(q || N(0, I)) in nats, one value for each row."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1)
