"""How a graph's weights are stored: fp32, fp16 or int8. Inputs, outputs and arithmetic stay fp32.

fp16: each large weight is stored as fp16 and cast where it is used. int8: the matrices are stored with one scale per output
channel (weight-only, symmetric) and dequantised where they are used; other large weights as fp16.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

PRECISIONS = ("fp32", "fp16", "int8")
LARGE = 1024
"""Numbers in a weight from which it is stored smaller; biases and norms stay fp32."""
HALF_MAX = 65504.0


def store_weights(model: onnx.ModelProto, precision: str) -> None:
    """Changes the model in place."""
    if precision == "fp32":
        return
    graph = model.graph
    axes = _output_axes(graph) if precision == "int8" else {}
    nodes, kept = [], []
    for weight in graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < LARGE:
            kept.append(weight)
            continue
        values = numpy_helper.to_array(weight)
        if weight.name in axes:
            initialisers, node = _quantised(weight.name, values, axes[weight.name])
        elif np.abs(values).max() < HALF_MAX:
            initialisers, node = _halved(weight.name, values)
        else:
            kept.append(weight)
            continue
        kept += initialisers
        nodes.append(node)
    del graph.initializer[:]
    graph.initializer.extend(kept)
    nodes += list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def _halved(name: str, values: np.ndarray) -> tuple[list[TensorProto], onnx.NodeProto]:
    stored = numpy_helper.from_array(values.astype(np.float16), f"{name}.fp16")
    return [stored], helper.make_node("Cast", [stored.name], [name], name=f"{name}.cast", to=TensorProto.FLOAT)


def _quantised(name: str, values: np.ndarray, axis: int) -> tuple[list[TensorProto], onnx.NodeProto]:
    others = tuple(n for n in range(values.ndim) if n != axis)
    scale = np.maximum(np.abs(values).max(axis=others), 1e-12) / 127
    shape = [-1 if n == axis else 1 for n in range(values.ndim)]
    rounded = np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8)
    parts = [
        numpy_helper.from_array(rounded, f"{name}.int8"),
        numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"),
        numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{name}.zero"),
    ]
    node = helper.make_node("DequantizeLinear", [part.name for part in parts], [name], name=f"{name}.dequantise", axis=axis)
    return parts, node


def _output_axes(graph: onnx.GraphProto) -> dict[str, int]:
    """The output channels' axis of every weight that is only used as the matrix of a product."""
    axes: dict[str, int] = {}
    other: set[str] = set()
    dimensions = {weight.name: len(weight.dims) for weight in graph.initializer}
    for node in graph.node:
        for place, name in enumerate(node.input):
            if node.op_type == "MatMul" and place == 1 and dimensions.get(name) == 2:
                axes[name] = 1
            elif node.op_type == "Gemm" and place == 1:
                axes[name] = 0 if any(a.name == "transB" and a.i for a in node.attribute) else 1
            else:
                other.add(name)
    return {name: axis for name, axis in axes.items() if name not in other}
