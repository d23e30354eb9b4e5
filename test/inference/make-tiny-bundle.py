"""Writes tiny-bundle/: a bundle of a few kilobytes with the graphs of the engine `bayes`, whose masks can be foretold.

A sample is a disc around the positive clicks, away from the negative ones: logit = 4 + log(positive) - log(negative) + 2 previous + 2 z0 + z1
image. Needs onnx and numpy.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

S, D, N, M = 32, 2, 8, 4
FOLDER = Path(__file__).parent / "tiny-bundle"


def tensor(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def constant(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def save(stage, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(nodes, stage, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path = FOLDER / f"{stage}.onnx"
    path.write_bytes(model.SerializeToString())
    content = path.read_bytes()
    return {"file": path.name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], **attributes)


def encoder():
    return save(
        "encoder",
        [
            node("Identity", ["image"], "features"),
            node("AveragePool", ["image"], "context", kernel_shape=[4, 4], strides=[4, 4]),
        ],
        [tensor("image", [1, 1, S, S])],
        [tensor("features", [1, 1, S, S]), tensor("context", [1, 1, S // 4, S // 4])],
    )


def prompt():
    return save(
        "prompt",
        [
            helper.make_node("Split", ["prompts", "sizes"], ["positive", "negative", "box", "previous"], axis=1),
            node("Clip", ["positive", "tiny", "one"], "positive_kept"),
            node("Clip", ["negative", "tiny", "one"], "negative_kept"),
            node("Log", ["positive_kept"], "near"),
            node("Log", ["negative_kept"], "far"),
            node("Sub", ["near", "far"], "clicks"),
            node("Mul", ["previous", "two"], "kept"),
            node("Add", ["clicks", "kept"], "evidence"),
            node("Resize", ["context", "", "scales"], "wide", mode="nearest"),
            node("Mul", ["wide", "little"], "around"),
            node("Add", ["features", "around"], "grey"),
            node("Concat", ["evidence", "grey"], "conditioning", axis=1),
        ],
        [tensor("features", [1, 1, S, S]), tensor("context", [1, 1, S // 4, S // 4]), tensor("prompts", [1, 4, S, S])],
        [tensor("conditioning", [1, 2, S, S])],
        [
            constant("sizes", [1, 1, 1, 1], np.int64),
            constant("tiny", 1e-5),
            constant("one", 1),
            constant("two", 2),
            constant("little", 0.1),
            constant("scales", [1, 1, 4, 4]),
        ],
    )


def head():
    return save(
        "head",
        [
            helper.make_node("Split", ["conditioning", "halves"], ["evidence", "grey"], axis=1),
            helper.make_node("Split", ["latents", "halves"], ["z0", "z1"], axis=1),
            node("Squeeze", ["evidence", "first"], "disc"),
            node("Squeeze", ["grey", "first"], "image"),
            node("Unsqueeze", ["z0", "last"], "size"),
            node("Unsqueeze", ["z1", "last"], "taste"),
            node("Mul", ["size", "two"], "wider"),
            node("Mul", ["image", "taste"], "bright"),
            node("Add", ["disc", "wider"], "grown"),
            node("Add", ["grown", "bright"], "tasted"),
            node("Add", ["tasted", "four"], "logits"),
        ],
        [tensor("conditioning", [1, 2, S, S]), tensor("latents", ["samples", D])],
        [tensor("logits", ["samples", S, S])],
        [
            constant("halves", [1, 1], np.int64),
            constant("first", [1], np.int64),
            constant("last", [2], np.int64),
            constant("two", 2),
            constant("four", 4),
        ],
    )


def main():
    FOLDER.mkdir(exist_ok=True)
    manifest = {
        "format": "spa-bundle/1",
        "name": "tiny",
        "version": "1.0.0",
        "license": "Apache-2.0",
        "engine": "bayes",
        "input": {"size": S, "channels": 1, "mean": [0.5], "std": [0.25], "pointOrder": "xy"},
        "prompt": {"channels": ["positive", "negative", "box", "previous"], "pointSigma": 2.5},
        "fieldOfView": {"structureFraction": 0.5},
        "latent": {
            "dim": D,
            "samples": N,
            "components": M,
            "prior": {"weights": [1.0], "means": [[0.0] * D], "variances": [[1.0] * D]},
        },
        "calibration": {"temperature": 1.0, "threshold": 0.5},
        "modalities": ["CT"],
        "graphs": {"encoder": encoder(), "prompt": prompt(), "head": head()},
    }
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
