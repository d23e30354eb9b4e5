"""The weights of a bundle's graphs, to go on from a model that ships. What only training needs (the posterior) is not in a bundle."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from ..usage_error import UsageError

GRAPHS = ("encoder", "prompt", "head")
NORMS = {
    "encoder": ("stem.1", "down1.2.norm", "down2.2.norm", "down3.2.norm", "down3.3.norm", "up2.norm", "up1.norm", "up0.norm"),
    "prompt": ("entry.1", "down1.2.norm", "mix2.norm", "down3.2.norm", "down3.3.norm", "up2.norm", "up0.0.norm"),
    "head": (),
}
"""Group norms in the order in which they run: the exporter writes their weights without names."""


def bundle_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Tensors by the model's names, float32. Raises UsageError for a folder that holds no bundle of engine `bayes`."""
    weights: dict[str, torch.Tensor] = {}
    for name in GRAPHS:
        path = folder / f"{name}.onnx"
        if not path.exists():
            raise UsageError(f"{folder}: no {path.name}. Name the folder of a bundle whose engine is `bayes`, or a checkpoint.")
        nameless = []
        for tensor in onnx.load(path).graph.initializer:
            value = torch.from_numpy(numpy_helper.to_array(tensor).copy())
            if not value.is_floating_point():
                continue
            written = tensor.name.removesuffix(".fp16")
            if "::" in written:
                nameless.append((int(written.rpartition("_")[2]), value.float()))
            else:
                weights[f"{name}.{written}"] = value.float()
        weights |= _named(name, [value for _, value in sorted(nameless, key=lambda entry: entry[0])], folder)
    return weights


def _named(graph: str, values: list[torch.Tensor], folder: Path) -> dict[str, torch.Tensor]:
    if graph == "head":
        names, shaped = ["head.mix.weight"], [value.flatten(1) for value in values]
    else:
        names = [f"{graph}.{norm}.{part}" for norm in NORMS[graph] for part in ("weight", "bias")]
        shaped = [value.flatten() for value in values]
    if len(names) != len(shaped):
        raise UsageError(f"{folder}: {graph}.onnx is not as this version of the network exports it. Start from its checkpoint instead.")
    return dict(zip(names, shaped))
