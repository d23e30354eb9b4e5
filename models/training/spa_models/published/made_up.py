"""Checkpoints with made-up weights, in the published layouts and any size: for trials of speed, memory and the whole path."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn

from .checkpoint import published_state
from .models import SamModel, SpaModel
from .sizes import Sizes, vit


def randomise(model: nn.Module, seed: int) -> None:
    """Weights of a spread that keeps the signal's size from layer to layer; norms near one; everything depends on the seed."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            noise = torch.empty_like(tensor).normal_(generator=generator)
            if tensor.dim() == 1:
                tensor.copy_(0.02 * noise + (1.0 if "norm" in name and name.endswith("weight") else 0.0))
            elif "gaussian" in name:
                tensor.copy_(noise)
            else:
                fan = tensor[0].numel() if tensor.dim() > 1 else 1
                tensor.copy_(noise * (fan**-0.5 if name.endswith("weight") and "embed" not in name else 0.1))
    for module in model.modules():
        if type(module).__name__ == "ChannelNorm":
            module.weight.data.add_(1.0)


def spa_checkpoint(path: Path, sizes: Sizes, seed: int = 0) -> Path:
    """Writes an SPA checkpoint in the layout of the published program."""
    model = SpaModel(sizes)
    randomise(model, seed)
    random = np.random.default_rng(seed)
    weights = random.random(sizes.components)
    torch.save(
        {
            "epoch": 0,
            "model": "sam",
            "state_dict": published_state(model),
            "optimizer": {},
            "path_helper": {"prefix": "made-up"},
            "EM_weights": weights / weights.sum(),
            "EM_means": random.uniform(-90, 90, sizes.components),
            "EM_variances": random.uniform(0.1, 10, sizes.components),
        },
        path,
    )
    return path


def sam_checkpoint(path: Path, sizes: Sizes, seed: int = 0) -> Path:
    """Writes a plain state dict in the layout of SAM's published files."""
    model = SamModel(sizes)
    randomise(model, seed)
    torch.save(model.state_dict(), path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m spa_models.published.made_up", description=__doc__)
    parser.add_argument("--kind", choices=("spa", "sam"), default="spa")
    parser.add_argument("--network", choices=("tiny", "vit_b", "vit_l", "vit_h"), default="vit_b")
    parser.add_argument("--image-size", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, help="the .pth file to write")
    options = parser.parse_args()
    write = spa_checkpoint if options.kind == "spa" else sam_checkpoint
    print(write(options.out, vit(options.network, options.image_size), options.seed))


if __name__ == "__main__":
    main()
