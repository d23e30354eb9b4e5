"""Checkpoints: everything that training needs to go on, and that export needs to build the network."""

from __future__ import annotations

from pathlib import Path

import torch

from ..usage_error import UsageError
from .from_bundle import bundle_weights
from .networks import Architecture, BayesModel

FORMAT = "spa-bayes-checkpoint/2"
EARLIER = "spa-bayes-checkpoint/1"
"""Without connectedness in the prompt stage: good to start from, not to go on with."""


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


def load_checkpoint(path: str | Path, formats: tuple[str, ...] = (FORMAT,)) -> dict:
    """The dictionary of save_checkpoint. Raises UsageError for another format."""
    content = torch.load(path, map_location="cpu", weights_only=False)
    if content.get("format") == EARLIER and EARLIER not in formats:
        raise UsageError(f"{path}: made by an earlier version of the network. Train on from it with `--start-from {path}`.")
    if content.get("format") not in formats:
        raise UsageError(f"{path}: not a {FORMAT} file. Train one with `python -m spa_models.bayes train`.")
    return content


def weights_of(path: str | Path) -> dict[str, torch.Tensor]:
    """The averaged weights of a checkpoint, or those of a bundle's folder, which has no posterior."""
    path = Path(path)
    return bundle_weights(path) if path.is_dir() else load_checkpoint(path, (FORMAT, EARLIER))["averaged"]


def start_from(model: BayesModel, path: str | Path) -> list[str]:
    """Takes over the averaged weights of a checkpoint, or the weights of a bundle's folder, in place; returns the names of the parts
    that it has not.

    The model may be wider than what it starts from. What the new channels say counts nothing at first, so that it computes the same.
    """
    known = weights_of(path)
    state = model.state_dict()
    new = []
    for name, value in state.items():
        old = known.get(name)
        if old is None:
            new.append(name)
        elif old.shape == value.shape:
            state[name] = old.to(value)
        elif old.ndim == value.ndim and old.shape[2:] == value.shape[2:] and all(a <= b for a, b in zip(old.shape, value.shape)):
            state[name] = _widened(old.to(value), value)
            new.append(name)
        else:
            raise UsageError(f"{path}: {name} is {list(old.shape)}, not {list(value.shape)}. Start from a checkpoint of the same architecture.")
    model.load_state_dict(state)
    return new


def _widened(old: torch.Tensor, fresh: torch.Tensor) -> torch.Tensor:
    """`old` in the corner of `fresh`: old outputs hear nothing of new inputs, new outputs begin as they would anyway."""
    result = fresh.clone()
    outputs = old.shape[0]
    if old.ndim > 1:
        result[:outputs] = 0
        result[:outputs, : old.shape[1]] = old
    else:
        result[:outputs] = old
    return result


def load_model(path: str | Path) -> tuple[BayesModel, dict]:
    """The model with its averaged weights, ready for inference, and the training's progress."""
    content = load_checkpoint(path)
    model = BayesModel(Architecture.from_dict(content["architecture"]))
    model.load_state_dict(content["averaged"])
    return model.eval(), content["progress"]
