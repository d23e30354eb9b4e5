"""The weights between those of two trainings of the same network, of which one went on from the other.

    python -m spa_models.bayes average --checkpoint runs/eight/checkpoint.pt --with runs/seven/checkpoint.pt --out runs/averaged.pt

Such weights are often better than both (Wortsman et al., "Model soups", ICML 2022), and cost nothing. Those of unrelated trainings are useless.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from ..usage_error import UsageError
from .checkpoint import load_checkpoint, save_checkpoint, weights_of
from .networks import Architecture, BayesModel


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--with", dest="other", type=Path, required=True, help="another checkpoint, or folder of a bundle")
    parser.add_argument("--share", type=float, default=0.5, help="of the other, from 0 to 1")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint for export and calibration")


def run(options: argparse.Namespace) -> None:
    content = load_checkpoint(options.checkpoint)
    averaged = between(content["averaged"], weights_of(options.other), options.share, f"{options.other}")
    model = BayesModel(Architecture.from_dict(content["architecture"]))
    model.load_state_dict(averaged)
    save_checkpoint(options.out, model, averaged, content["progress"])


def between(own: dict[str, torch.Tensor], other: dict[str, torch.Tensor], share: float, name: str) -> dict[str, torch.Tensor]:
    """`own` with `share` of the other's weights. What the other has not, such as a bundle's posterior, stays as it is.

    Raises UsageError, with `name`, where the other is a network of another size, or the share is none.
    """
    if not 0 <= share <= 1:
        raise UsageError(f"--share must be from 0 to 1, and is {share}.")
    for key, value in own.items():
        if key in other and other[key].shape != value.shape:
            raise UsageError(f"{name}: {key} is {list(other[key].shape)}, not {list(value.shape)}. Only networks of one architecture have weights between them.")
    return {key: torch.lerp(value, other[key].to(value), share) if key in other else value for key, value in own.items()}
