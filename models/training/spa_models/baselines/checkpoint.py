"""Checkpoints of the baselines."""

from __future__ import annotations

from pathlib import Path

import torch

from ..published.checkpoint import load_safely
from ..published.recognise import CheckpointError
from .networks import ProbabilisticUNet, Shape, UNet, build

FORMAT = "spa-baseline-checkpoint/1"


def save(path: Path, network: UNet | ProbabilisticUNet, optimizer: torch.optim.Optimizer, progress: dict) -> None:
    """Writes beside the old file and then replaces it, so that a stop in between loses nothing."""
    partial = path.with_suffix(".partial")
    content = {"format": FORMAT, "shape": network.shape.to_dict(), "model": network.state_dict(), "progress": progress}
    torch.save({**content, "optimizer": optimizer.state_dict()}, partial)
    partial.replace(path)


def load(path: Path) -> dict:
    """Raises CheckpointError for another format, or when the file is not there."""
    content = load_safely(path)
    if content.get("format") != FORMAT:
        raise CheckpointError(f"{path}: not a {FORMAT} file. Train one with `python -m spa_models.baselines train`.")
    return content


def load_network(path: Path) -> UNet | ProbabilisticUNet:
    """Ready for inference."""
    content = load(path)
    shape = {**content["shape"], "widths": tuple(content["shape"]["widths"])}
    network = build(Shape(**shape))
    network.load_state_dict(content["model"])
    return network.eval()
