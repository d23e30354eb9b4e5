"""Writes tiny-reference/ and tiny-sam/: bundles of a few kilobytes with the graphs of these engines, whose masks can be foretold.

A mask is a disc around the mean of the positive points: logit = bias - squared distance / 8 on the grid of the masks. Engine `reference`: the
bias is 3 + z0. Engine `sam`: it is 1, 2, 4 for its three masks, of predicted quality .5, .9, .7, plus half of the previous mask's
logits. One constant of the head of `sam` lies in a file of its own. Needs onnx and numpy.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, external_data_helper, helper, numpy_helper

S, L, D, N, M = 32, 8, 2, 6, 3
SCALE = L / S


def tensor(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def constant(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], **attributes)


def promised(path):
    content = path.read_bytes()
    return {"file": path.name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def save(folder, stage, nodes, inputs, outputs, constants=(), external=()):
    graph = helper.make_graph(nodes, stage, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path = folder / f"{stage}.onnx"
    data = folder / f"{stage}.weights"
    for initializer in model.graph.initializer:
        if initializer.name in external:
            external_data_helper.set_external_data(initializer, location=data.name)
    data.unlink(missing_ok=True)
    onnx.save(model, path)
    entry = promised(path)
    return {**entry, "data": [promised(data)]} if external else entry


def encoder(folder):
    return save(
        folder,
        "encoder",
        [node("AveragePool", ["image"], "feature", kernel_shape=[16, 16], strides=[16, 16])],
        [tensor("image", [1, 3, S, S])],
        [tensor("feature", [1, 3, S // 16, S // 16])],
    )


def disc(columns_first):
    """Nodes from points [1,P,2] and labels [1,P] to `far` [L,L], the squared distance to the mean positive point over 8."""
    rows, columns = np.meshgrid(np.arange(L), np.arange(L), indexing="ij")
    grid = np.stack([columns, rows] if columns_first else [rows, columns], -1)
    nodes = [
        node("Equal", ["labels", "one"], "is_positive"),
        node("Cast", ["is_positive"], "positive", to=TensorProto.FLOAT),
        node("Unsqueeze", ["positive", "last"], "share"),
        node("Mul", ["points", "share"], "counted"),
        node("ReduceSum", ["counted", "middle"], "sum", keepdims=0),
        node("ReduceSum", ["positive", "middle"], "count", keepdims=1),
        node("Max", ["count", "one"], "at_least_one"),
        node("Div", ["sum", "at_least_one"], "centre"),
        node("Add", ["centre", "half"], "moved"),
        node("Mul", ["moved", "scale"], "scaled"),
        node("Sub", ["scaled", "half"], "on_grid"),
        node("Sub", ["grid", "on_grid"], "offset"),
        node("Mul", ["offset", "offset"], "square"),
        node("ReduceSum", ["square", "last"], "distance", keepdims=0),
        node("Div", ["distance", "eight"], "far"),
    ]
    constants = [
        constant("one", 1),
        constant("half", 0.5),
        constant("eight", 8),
        constant("scale", SCALE),
        constant("middle", [1], np.int64),
        constant("last", [2], np.int64),
        constant("grid", grid),
    ]
    return nodes, constants


def reference(folder):
    """The mean of the positive points travels as the first row of `sparse`; means and variances tell the number of points."""
    prompt = save(
        folder,
        "prompt",
        [
            node("Unsqueeze", ["labels", "last"], "column"),
            node("Concat", ["points", "column"], "sparse", axis=2),
            node("Abs", ["labels"], "each"),
            node("ReduceSum", ["each", "all"], "number", keepdims=0),
            node("Mul", ["number", "tenths"], "means"),
            node("Mul", ["number", "hundredths"], "variances"),
        ],
        [tensor("points", [1, "P", 2]), tensor("labels", [1, "P"])],
        [tensor("sparse", [1, "P", 3]), tensor("means", [M]), tensor("variances", [M])],
        [
            constant("last", [2], np.int64),
            constant("all", [0, 1], np.int64),
            constant("tenths", [0.1, 0.2, 0.3]),
            constant("hundredths", [0.01, 0.02, 0.03]),
        ],
    )
    weights = save(
        folder,
        "weights",
        [node("Softmax", ["responsibilities"], "weights", axis=0)],
        [tensor("responsibilities", [M])],
        [tensor("weights", [M])],
    )
    nodes, constants = disc(columns_first=False)
    head = save(
        folder,
        "head",
        [
            helper.make_node("Split", ["sparse", "widths"], ["points", "column"], axis=2),
            node("Squeeze", ["column", "last"], "labels"),
            *nodes,
            node("Gather", ["latents", "first"], "z0", axis=1),
            node("Add", ["z0", "three"], "bias"),
            node("Unsqueeze", ["bias", "last"], "level"),
            node("Sub", ["level", "far"], "round"),
            node("ReduceMean", ["feature"], "grey", keepdims=0),
            node("Add", ["round", "grey"], "logits"),
        ],
        [
            tensor("feature", [1, 3, S // 16, S // 16]),
            tensor("sparse", [1, "P", 3]),
            tensor("latents", ["N", D]),
        ],
        [tensor("logits", ["N", L, L])],
        [
            *constants,
            constant("widths", [2, 1], np.int64),
            constant("first", [0], np.int64),
            constant("three", 3),
        ],
    )
    return {"encoder": encoder(folder), "prompt": prompt, "weights": weights, "head": head}


def sam(folder):
    nodes, constants = disc(columns_first=True)
    head = save(
        folder,
        "head",
        [
            *nodes,
            node("Mul", ["mask", "hasMask"], "known"),
            node("Mul", ["known", "half"], "kept"),
            node("Squeeze", ["kept", "leading"], "previous"),
            node("Sub", ["previous", "far"], "round"),
            node("Add", ["round", "levels"], "discs"),
            node("ReduceMean", ["feature"], "grey", keepdims=0),
            node("Add", ["discs", "grey"], "logits"),
            node("Add", ["grey", "guesses"], "quality"),
        ],
        [
            tensor("feature", [1, 3, S // 16, S // 16]),
            tensor("points", [1, "P", 2]),
            tensor("labels", [1, "P"]),
            tensor("mask", [1, 1, L, L]),
            tensor("hasMask", [1]),
        ],
        [tensor("logits", [3, L, L]), tensor("quality", [3])],
        [
            *constants,
            constant("leading", [0], np.int64),
            constant("levels", np.reshape([1, 2, 4], (3, 1, 1))),
            constant("guesses", [0.5, 0.9, 0.7]),
        ],
        external=("grid",),
    )
    return {"encoder": encoder(folder), "head": head}


def bundle(engine, order, graphs, **more):
    folder = Path(__file__).parent / f"tiny-{engine}"
    folder.mkdir(exist_ok=True)
    manifest = {
        "format": "spa-bundle/1",
        "name": f"tiny {engine}",
        "version": "1.0.0",
        "license": "Apache-2.0",
        "engine": engine,
        "input": {"size": S, "channels": 3, "mean": [0, 0, 0], "std": [1, 1, 1], "pointOrder": order},
        "output": {"size": L},
        "fieldOfView": {"kind": "slice"},
        **more,
        "modalities": ["US"],
        "graphs": graphs(folder),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def main():
    prior = {"weights": [0.5, 0.25, 0.25], "means": [[0], [0.5], [1]], "variances": [[1], [1], [0.5]]}
    latent = {"dim": D, "samples": N, "components": M, "prior": prior}
    bundle("reference", "yx", reference, latent=latent, calibration={"logitThreshold": 0.5})
    bundle("sam", "xy", sam, calibration={"logitThreshold": 0})


if __name__ == "__main__":
    main()
