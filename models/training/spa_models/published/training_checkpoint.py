"""Checkpoints of training, in the layout that the published program writes, with the few numbers that resuming needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .checkpoint import load_safely, published_state, read_checkpoint
from .models import SpaModel
from .recognise import CheckpointError


@dataclass(frozen=True)
class Trained:
    """`initial` [M]: the weight network's input in the first round. `point_order`: "xy" or "yx". `seconds`: of training so far."""

    model: SpaModel
    initial: torch.Tensor
    point_order: str
    optimizer: dict | None = None
    steps: int = 0
    seconds: float = 0.0
    epoch: int = 0


def save_trained(path: Path, trained: Trained) -> None:
    """Writes beside the old file and then replaces it, so that a stop in between loses nothing."""
    initial = trained.initial.detach().cpu().double().numpy()
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "epoch": trained.epoch,
            "model": "sam",
            "state_dict": published_state(trained.model),
            "optimizer": trained.optimizer,
            "path_helper": {},
            "EM_weights": initial,
            # The networks give the means and variances of every round; these stand for the first, before any prompt.
            "EM_means": np.zeros(len(initial)),
            "EM_variances": np.ones(len(initial)),
            "point_order": trained.point_order,
            "training": {"steps": trained.steps, "seconds": trained.seconds},
        },
        partial,
    )
    partial.replace(path)


def load_trained(path: Path) -> Trained:
    """To go on training. Raises CheckpointError when the file is no SPA checkpoint of `save_trained`."""
    published, content = read_checkpoint(path), load_safely(path)
    progress = content.get("training")
    if not isinstance(published.model, SpaModel) or published.mixture is None or not isinstance(progress, dict):
        raise CheckpointError(f"{path} was not written by `python -m spa_models train`: begin anew with it as --base-weights.")
    initial = torch.from_numpy(published.mixture.weights).float()
    model = published.model.train()
    return Trained(model, initial, published.point_order, content["optimizer"], progress["steps"], progress["seconds"], published.epoch or 0)
