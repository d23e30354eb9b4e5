"""Graphs as files: one ONNX file, or one with its weights in parts beside it when it is large."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
from onnx.external_data_helper import set_external_data

from ..data.slices import sha256
from .graphs import Graph, trace
from ..precision import store_weights

ONE_FILE = 1_900_000_000
"""Bytes up to which a graph is one file: protobuf ends at 2^31."""
PART = 1_000_000_000
"""Bytes of a part of the weights: a browser fetches each into one buffer."""
SMALLEST = 4096


def write_graph(graph: Graph, folder: Path, precision: str, one_file: int = ONE_FILE, part: int = PART) -> dict:
    """Writes `NAME.onnx` and returns its manifest entry: file, sha256, bytes, and `data` when the weights lie beside it."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        traced = Path(scratch) / "traced.onnx"
        trace(graph, traced)
        model = onnx.load(traced)
    _state_shapes(model, graph)
    store_weights(model, precision)
    path = folder / f"{graph.name}.onnx"
    total = sum(len(weight.raw_data) for weight in model.graph.initializer)
    data = _write_parts(model, folder, graph.name, part) if total > one_file else []
    onnx.save_model(model, path)
    del model
    onnx.checker.check_model(str(path), full_check=not data)
    entry = _entry(path)
    return entry | {"data": [_entry(folder / name) for name in data]} if data else entry


def graph_bytes(entry: dict) -> int:
    return entry["bytes"] + sum(part["bytes"] for part in entry.get("data", []))


def _state_shapes(model: onnx.ModelProto, graph: Graph) -> None:
    """The outputs' shapes as they are: tracing leaves some of them open, and the viewer checks them before the first run."""
    for value in model.graph.output:
        dimensions = value.type.tensor_type.shape.dim
        del dimensions[:]
        for size in graph.outputs[value.name]:
            dimensions.add(**({"dim_param": size} if isinstance(size, str) else {"dim_value": size}))


def _write_parts(model: onnx.ModelProto, folder: Path, name: str, limit: int) -> list[str]:
    """Moves the large weights into `NAME.0.bin`, `NAME.1.bin`, ..., none larger than `limit` unless one weight is."""
    files: list[str] = []
    used = limit
    for weight in model.graph.initializer:
        size = len(weight.raw_data)
        if size < SMALLEST:
            continue
        if used + size > limit:
            files.append(f"{name}.{len(files)}.bin")
            (folder / files[-1]).write_bytes(b"")
            used = 0
        with (folder / files[-1]).open("ab") as file:
            file.write(weight.raw_data)
        set_external_data(weight, files[-1], offset=used, length=size)
        weight.ClearField("raw_data")
        weight.data_location = onnx.TensorProto.EXTERNAL
        used += size
    return files


def _entry(path: Path) -> dict:
    return {"file": path.name, "sha256": sha256(path), "bytes": path.stat().st_size}
