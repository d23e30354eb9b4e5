"""Checkpoints: everything that training needs to go on, and that export needs to build the network."""

from __future__ import annotations

from pathlib import Path

import torch

from .networks import Architecture, BayesModel

FORMAT = "spa-bayes-checkpoint/1"


def save_checkpoint(path: Path, model: BayesModel, averaged: dict, progress: dict) -> None:
    """Writes beside the old file and then replaces it, so that a stop in between loses nothing."""
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "format": FORMAT,
            "architecture": model.architecture.to_dict(),
            "model": model.state_dict(),
            "averaged": averaged,
            "progress": progress,
        },
        partial,
    )
    partial.replace(path)


def load_checkpoint(path: str | Path) -> dict:
    """The dictionary of save_checkpoint. Raises ValueError for another format."""
    content = torch.load(path, map_location="cpu", weights_only=False)
    if content.get("format") != FORMAT:
        raise ValueError(f"{path}: not a {FORMAT} file. Train one with `python -m spa_models.bayes train`.")
    return content


def load_model(path: str | Path) -> tuple[BayesModel, dict]:
    """The model with its averaged weights, ready for inference, and the training's progress."""
    content = load_checkpoint(path)
    model = BayesModel(Architecture.from_dict(content["architecture"]))
    model.load_state_dict(content["averaged"])
    return model.eval(), content["progress"]
