"""What a choice teaches: the feedback click, and how far each component of the mixture accounts for the chosen candidate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .preference import responsibilities

FEEDBACK_PIXELS = 20


@dataclass(frozen=True)
class Mixture:
    """`weights`, `means`, `variances` [M] of one image in one round."""

    weights: torch.Tensor
    means: torch.Tensor
    variances: torch.Tensor


@dataclass(frozen=True)
class Feedback:
    """A click at (row, column) of the logits' grid, and the responsibilities [M] that the weight network gets next."""

    row: int
    column: int
    positive: bool
    responsibilities: torch.Tensor


def feedback(probabilities: torch.Tensor, chosen: np.ndarray, mixture: Mixture, random: np.random.Generator) -> Feedback:
    """`probabilities` [N,L,L] of all samples; `chosen`: those of the candidate that the user took.

    The click is one of the twenty pixels where the chosen and the other samples differ most, labelled as the candidate says.
    """
    inside = np.zeros(len(probabilities), bool)
    inside[chosen] = True
    selected = probabilities[torch.from_numpy(inside)].mean(0)
    others = probabilities[torch.from_numpy(~inside)].mean(0) if not inside.all() else torch.zeros_like(selected)
    most = (selected - others).abs().flatten().topk(FEEDBACK_PIXELS).indices
    row, column = divmod(int(most[random.integers(FEEDBACK_PIXELS)]), selected.shape[1])
    shares = responsibilities(selected, mixture.weights, mixture.means, mixture.variances)
    return Feedback(row, column, bool(selected[row, column] > 0.5), shares)
