"""The ONNX graphs of the engines `reference` and `sam`: their tensors and their export (opset 17, fp32 in and out).

S: side of the input; h = S / 16; L = 4 h; P points; Q prompt tokens; N latents; M components.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn as nn

from .image_encoder import RelativeAttention
from .models import SamModel, SpaModel
from .sizes import EMBEDDING

OPSET = 17
HEAD_BY_HEAD_FROM = 32
"""Side of a block's square from which its heads are computed one after the other."""


@dataclass(frozen=True)
class Graph:
    """A network with example inputs by tensor name, the shapes of its outputs (a word where they vary), and the inputs' dimensions that vary."""

    name: str
    module: nn.Module
    inputs: dict[str, torch.Tensor]
    outputs: dict[str, tuple[int | str, ...]]
    dynamic: dict[str, dict[int, str]] = field(default_factory=dict)


class EncoderGraph(nn.Module):
    """image [1,3,S,S] -> feature [1,256,h,h]; the absolute positions are resampled once, here."""

    def __init__(self, model: SamModel | SpaModel) -> None:
        super().__init__()
        self.encoder = model.image_encoder
        self.register_buffer("positions", self.encoder.positions().detach().clone())
        for module in self.encoder.modules():
            if isinstance(module, RelativeAttention):
                module.head_by_head = module.side >= HEAD_BY_HEAD_FROM

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.encoder.from_positions(image, self.positions)


class PromptGraph(nn.Module):
    """points [1,P,2], labels [1,P] -> sparse [1,Q,256], means [M], variances [M]; the positions' part is a constant."""

    def __init__(self, model: SpaModel) -> None:
        super().__init__()
        self.prompts, self.network = model.prompt_encoder, model.mean_variance
        self.register_buffer("places", self.network.places(self.prompts.dense_positions()).detach().clone())

    def forward(self, points: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        sparse = self.prompts.points(points, labels)
        means, variances = self.network.from_places(sparse, self.places)
        return sparse, means[0], variances[0]


class ReferenceHeadGraph(nn.Module):
    """feature [1,256,h,h], sparse [1,Q,256], latents [N,D] -> logits [N,L,L]: all samples in one batch."""

    def __init__(self, model: SpaModel) -> None:
        super().__init__()
        self.mixing, self.decoder, self.prompts = model.latent_mixing, model.mask_decoder, model.prompt_encoder
        self.register_buffer("positions", self.prompts.dense_positions().detach().clone())

    def forward(self, feature: torch.Tensor, sparse: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        mixed = self.mixing(feature, latents)
        logits, _ = self.decoder(mixed, self.positions, sparse, self.prompts.no_mask(), slice(0, 1))
        return logits[:, 0]


class SamHeadGraph(nn.Module):
    """feature, points, labels, mask [1,1,L,L], hasMask [1] -> logits [3,L,L], quality [3] (predicted IoU)."""

    def __init__(self, model: SamModel) -> None:
        super().__init__()
        self.decoder, self.prompts = model.mask_decoder, model.prompt_encoder
        self.register_buffer("positions", self.prompts.dense_positions().detach().clone())

    def forward(
        self, feature: torch.Tensor, points: torch.Tensor, labels: torch.Tensor, mask: torch.Tensor, has_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        dense = has_mask * self.prompts.mask(mask) + (1 - has_mask) * self.prompts.no_mask()
        logits, quality = self.decoder(feature, self.positions, self.prompts.points(points, labels), dense, slice(1, 4))
        return logits[0], quality[0]


def graphs(model: SamModel | SpaModel) -> list[Graph]:
    """encoder (once a slice); SPA: prompt, weights, head (once a round); SAM: head."""
    sizes = model.sizes
    image = torch.zeros(1, 3, sizes.image, sizes.image)
    feature = torch.zeros(1, EMBEDDING, sizes.grid, sizes.grid)
    points, labels = torch.ones(1, 3, 2), torch.ones(1, 3)
    encoder = Graph("encoder", EncoderGraph(model), {"image": image}, {"feature": tuple(feature.shape)})
    prompt_axes = {"points": {1: "points"}, "labels": {1: "points"}}
    side = sizes.mask
    if isinstance(model, SamModel):
        inputs = {"feature": feature, "points": points, "labels": labels, "mask": torch.zeros(1, 1, side, side), "hasMask": torch.zeros(1)}
        return [encoder, Graph("head", SamHeadGraph(model), inputs, {"logits": (3, side, side), "quality": (3,)}, prompt_axes)]
    components = (sizes.components,)
    return [
        encoder,
        Graph(
            "prompt",
            PromptGraph(model),
            {"points": points, "labels": labels},
            {"sparse": (1, "tokens", EMBEDDING), "means": components, "variances": components},
            prompt_axes,
        ),
        Graph("weights", model.weight_network, {"responsibilities": torch.full(components, 1 / sizes.components)}, {"weights": components}),
        Graph(
            "head",
            ReferenceHeadGraph(model),
            {"feature": feature, "sparse": torch.zeros(1, 4, EMBEDDING), "latents": torch.zeros(2, sizes.latent)},
            {"logits": ("samples", side, side)},
            {"sparse": {1: "tokens"}, "latents": {0: "samples"}},
        ),
    ]


def trace(graph: Graph, path: Path) -> None:
    """Writes one graph as ONNX with its weights in fp32 (beside it, when they are too large for one file)."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.module.eval(),
            tuple(graph.inputs.values()),
            str(path),
            input_names=list(graph.inputs),
            output_names=list(graph.outputs),
            dynamic_axes=graph.dynamic | {name: _varying(shape) for name, shape in graph.outputs.items()},
            opset_version=OPSET,
            dynamo=False,
        )


def _varying(shape: tuple[int | str, ...]) -> dict[int, str]:
    return {place: dimension for place, dimension in enumerate(shape) if isinstance(dimension, str)}
