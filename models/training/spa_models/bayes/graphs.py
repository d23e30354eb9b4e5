"""The three ONNX graphs of a bundle: their tensors, their export, and what they cost."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
import torch.nn as nn

from ..precision import store_weights
from .networks import PROMPT_CHANNELS, BayesModel

OPSET = 17


@dataclass(frozen=True)
class Graph:
    """A network with example inputs by tensor name, its output names, and the dimensions that vary."""

    name: str
    module: nn.Module
    inputs: dict[str, torch.Tensor]
    outputs: tuple[str, ...]
    dynamic: dict[str, dict[int, str]]


def graphs(model: BayesModel) -> list[Graph]:
    """encoder (once a crop), prompt (once a round), head (all samples of a round at once)."""
    a = model.architecture
    image = torch.zeros(1, 1, a.size, a.size)
    prompts = torch.zeros(1, len(PROMPT_CHANNELS), a.size, a.size)
    features, context = model.encoder(image)
    conditioning = model.prompt(features, context, prompts)
    latents = torch.zeros(2, a.latent)
    return [
        Graph("encoder", model.encoder, {"image": image}, ("features", "context"), {}),
        Graph("prompt", model.prompt, {"features": features, "context": context, "prompts": prompts}, ("conditioning",), {}),
        Graph(
            "head",
            model.head,
            {"conditioning": conditioning, "latents": latents},
            ("logits",),
            {"latents": {0: "samples"}, "logits": {0: "samples"}},
        ),
    ]


def write_graph(graph: Graph, path: Path, precision: str = "fp32") -> None:
    """Exports and checks one graph, its weights stored as `precision` says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.module,
            tuple(graph.inputs.values()),
            str(path),
            input_names=list(graph.inputs),
            output_names=list(graph.outputs),
            dynamic_axes=graph.dynamic,
            opset_version=OPSET,
            dynamo=False,
        )
    loaded = onnx.load(path)
    store_weights(loaded, precision)
    onnx.save_model(loaded, path)
    onnx.checker.check_model(loaded, full_check=True)


def multiply_accumulates(path: Path, samples: int = 1) -> int:
    """Multiplications with addition in convolutions and matrix products; `samples` stands for the dynamic dimension."""
    model = onnx.load(path)
    for value in [*model.graph.input, *model.graph.output]:
        for dimension in value.type.tensor_type.shape.dim:
            if dimension.dim_param:
                dimension.dim_value = samples
    graph = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    shapes = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in [*graph.input, *graph.value_info, *graph.output]}
    shapes |= {weight.name: list(weight.dims) for weight in graph.initializer}
    total = 0
    for node in graph.node:
        output = shapes.get(node.output[0], [])
        if node.op_type == "Conv":
            kernel = shapes[node.input[1]]
            total += _product(output) * _product(kernel[1:])
        elif node.op_type in ("MatMul", "Gemm"):
            total += _product(output) * shapes[node.input[0]][-1]
    return total


def _product(values: list[int]) -> int:
    result = 1
    for value in values:
        result *= value
    return result
