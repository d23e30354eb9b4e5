"""A checkpoint of SPA, SAM or MedSAM becomes a bundle that the viewer loads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from ..data.slices import sha256
from ..known_answer import known_answer, known_image, known_latent, known_point
from ..numbers import image_side
from ..precision import PRECISIONS
from ..usage_error import UsageError
from .checkpoint import Published, read_checkpoint
from .graphs import graphs
from .model_card import model_card
from .models import SamModel, SpaModel
from .prompt_encoder import POSITIVE
from .storage import graph_bytes, write_graph
from .verify import check_parity, session

SAMPLES = 48
SAM_MEAN, SAM_STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
"""SAM's own normalisation of a colour image in 0..1. SPA and MedSAM take 0..1 as it is."""
BROWSER_MEMORY = 3_000_000_000
"""Bytes that a graph may take while it loads in a browser: WebAssembly addresses 4 GB, and running needs some of them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True, help=".pth file of SPA, SAM or MedSAM")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--image-size", type=image_side, help="side of the input in pixels, a multiple of 16; default: as trained")
    parser.add_argument("--weights", choices=PRECISIONS, default="fp32", help="how weights are stored; arithmetic stays fp32")
    parser.add_argument(
        "--scale",
        choices=("auto", "unit", "sam"),
        default="auto",
        help="pixel values: unit (0..1: SPA, MedSAM) or sam (mean and std of SAM); auto: sam for SAM, unless the file is called medsam",
    )
    parser.add_argument("--name", help="default: from the file's name")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--license", default="unknown", help="of the weights, e.g. Apache-2.0")
    parser.add_argument("--modalities", nargs="*", default=[], metavar="CT", help="what it was trained for: CT MR US CR DX MG OP XC ...")


def run(options: argparse.Namespace) -> None:
    try:
        export(options)
    except UsageError as error:
        raise SystemExit(f"error: {error}") from None


def export(options: argparse.Namespace) -> dict:
    """Writes graphs, manifest and model card; returns the manifest."""
    published = read_checkpoint(options.checkpoint, options.image_size)
    sizes = published.model.sizes
    print(
        f"{options.checkpoint.name}: {'SPA' if isinstance(published.model, SpaModel) else 'SAM'}, image {sizes.image}, width {sizes.width}, depth {sizes.depth}, "
        f"{sizes.heads} heads, global attention in {', '.join(map(str, sizes.global_blocks)) or 'no block'}"
    )
    options.out.mkdir(parents=True, exist_ok=True)
    files = {}
    for graph in graphs(published.model):
        files[graph.name] = write_graph(graph, options.out, options.weights)
        print(f"{graph.name}: {graph_bytes(files[graph.name]):,} bytes ({options.weights})", flush=True)
    total = sum(map(graph_bytes, files.values()))
    print(f"bundle: {total:,} bytes")
    for name, entry in files.items():
        if loading_bytes(graph_bytes(entry), options.weights) > BROWSER_MEMORY:
            remedy = "a smaller network" if options.weights == "int8" else "--weights int8, or a smaller network"
            print(f"warning: {name} is too large for a browser's WebAssembly (4 GB in all); it runs in Node. Remedy: {remedy}.")
    print(f"parity with PyTorch: {check_parity(published.model, options.out, options.weights):.2e} ({options.weights})")
    content = {**manifest(published, options, files), "check": answer_of(published, options.out)}
    (options.out / "manifest.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (options.out / "README.md").write_text(model_card(content), encoding="utf-8")
    print(f"{content['engine']} bundle -> {options.out}")
    return content


def loading_bytes(stored: int, weights: str) -> int:
    """What onnxruntime takes while it loads a graph: the file, its tensors, and fp16 weights once more as fp32, twice as large."""
    return stored * (4 if weights == "fp16" else 2)


def manifest(published: Published, options: argparse.Namespace, files: dict) -> dict:
    """Bundle format 1 for the engines `reference` and `sam`."""
    sizes, mixture = published.model.sizes, published.mixture
    scaled = _as_sam_scales(options) if mixture is None else False
    content = {
        "format": "spa-bundle/1",
        "name": options.name or options.checkpoint.stem.replace("_", "-").lower(),
        "version": options.version,
        "license": options.license,
        "modelCard": "README.md",
        "engine": "sam" if mixture is None else "reference",
        "weights": options.weights,
        "source": {"file": options.checkpoint.name, "sha256": sha256(options.checkpoint), "bytes": options.checkpoint.stat().st_size},
        "input": {
            "size": sizes.image,
            "channels": 3,
            "mean": SAM_MEAN if scaled else [0.0, 0.0, 0.0],
            "std": SAM_STD if scaled else [1.0, 1.0, 1.0],
            "pointOrder": published.point_order,
        },
        "output": {"size": sizes.mask},
        "fieldOfView": {"kind": "slice"},
        "latent": {"dim": 0, "samples": 3, "components": 1, "prior": {"weights": [1.0], "means": [[]], "variances": [[]]}},
        "calibration": {"logitThreshold": 0.0 if mixture is None else 0.5},
        "modalities": options.modalities,
        "windows": {},
        "graphs": files,
    }
    if mixture is not None:
        prior = {
            "weights": mixture.weights.tolist(),
            "means": [[value] for value in mixture.means.tolist()],
            "variances": [[value] for value in mixture.variances.tolist()],
        }
        content["latent"] = {"dim": sizes.latent, "samples": SAMPLES, "components": sizes.components, "prior": prior}
        if published.epoch is not None:
            content["source"]["epoch"] = int(published.epoch)
    return content


def answer_of(published: Published, folder: Path) -> dict:
    """The manifest's section `check`, by the exported graphs; of a SAM by its first mask."""
    sizes = published.model.sizes
    x, y = known_point(sizes.image)
    given = {
        "feature": session(folder / "encoder.onnx")({"image": known_image(3, sizes.image)})["feature"],
        "points": np.array([[(x, y) if published.point_order == "xy" else (y, x)]], np.float32),
        "labels": np.array([[POSITIVE]], np.float32),
    }
    if isinstance(published.model, SamModel):
        latent = known_latent(0)
        given |= {"mask": np.zeros((1, 1, sizes.mask, sizes.mask), np.float32), "hasMask": np.zeros(1, np.float32)}
    else:
        latent = known_latent(sizes.latent)
        given |= {"sparse": session(folder / "prompt.onnx")(given)["sparse"], "latents": latent}
    return known_answer(session(folder / "head.onnx")(given)["logits"][0], (x, y), latent)


def _as_sam_scales(options: argparse.Namespace) -> bool:
    """MedSAM's tensors look like SAM's: only its name tells that it takes 0..1."""
    if options.scale != "auto":
        return options.scale == "sam"
    medsam = "medsam" in options.checkpoint.name.lower()
    print(f"pixel values: {'0..1, as MedSAM (its name)' if medsam else 'mean and std of SAM'}; --scale unit or sam to choose")
    return not medsam
