"""A bundle that the browser loads: ONNX graphs and a manifest with a known answer; checked against onnxruntime."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from ..data.slices import sha256
from ..known_answer import known_answer, known_image, known_latent, known_point
from ..precision import LARGE
from ..usage_error import UsageError
from .batches import GREY_MEAN, GREY_STD, STRUCTURE_FRACTION
from .checkpoint import load_model
from .graphs import graphs, multiply_accumulates, write_graph
from .networks import PROMPT_CHANNELS, BayesModel
from .prompting import POINT_SIGMA, add_point

TOLERANCE = 1e-3
SAMPLES = 48


class ParityError(UsageError):
    """The exported graphs do not compute what the trained network computes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--name", default="spa-default")
    parser.add_argument("--version", default="0.6.1")
    parser.add_argument("--weights", choices=("fp32", "fp16"), default="fp32", help="how weights are stored; fp16 halves the download")
    parser.add_argument("--license", default="CC-BY-4.0")
    parser.add_argument("--modalities", nargs="+", default=["CT", "US"], help="DICOM modalities of the readers' masks in training")
    parser.add_argument("--threshold", type=float, default=0.45, help="of the mean probability, for the recommended mask")


def run(options: argparse.Namespace) -> None:
    model, progress = load_model(options.checkpoint)
    if options.weights == "fp16":
        round_to_half(model)
    options.out.mkdir(parents=True, exist_ok=True)
    files = {}
    for graph in graphs(model):
        path = options.out / f"{graph.name}.onnx"
        write_graph(graph, path, options.weights)
        files[graph.name] = {"file": path.name, "sha256": sha256(path), "bytes": path.stat().st_size}
        parameters = sum(p.numel() for p in graph.module.parameters())
        print(f"{graph.name}: {multiply_accumulates(path) / 1e6:.1f} MMAC, {parameters:,} parameters, {path.stat().st_size:,} bytes")
    print(f"parity with onnxruntime: largest difference of logits {check_parity(model, options.out):.2e}")
    content = {**manifest(model, options, files), "check": answer_of(options.out, model)}
    (options.out / "manifest.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(f"step {progress['step']}, {progress['seconds'] / 60:.1f} minutes of training -> {options.out}")


@torch.no_grad()
def round_to_half(model: BayesModel) -> None:
    """In place, what is stored as fp16: the bundle is then compared with the very network that it holds."""
    for parameter in model.parameters():
        if parameter.numel() >= LARGE:
            parameter.copy_(parameter.half())


def manifest(model: BayesModel, options: argparse.Namespace, files: dict) -> dict:
    a = model.architecture
    return {
        "format": "spa-bundle/1",
        "name": options.name,
        "version": options.version,
        "license": options.license,
        "modelCard": "README.md",
        "engine": "bayes",
        "weights": options.weights,
        "input": {"size": a.size, "channels": 1, "mean": [GREY_MEAN], "std": [GREY_STD], "pointOrder": "xy"},
        "prompt": {"channels": list(PROMPT_CHANNELS), "pointSigma": POINT_SIGMA},
        "latent": {
            "dim": a.latent,
            "samples": SAMPLES,
            "components": 4,
            "prior": {"weights": [1.0], "means": [[0.0] * a.latent], "variances": [[1.0] * a.latent]},
        },
        "fieldOfView": {"structureFraction": STRUCTURE_FRACTION, "mirrored": True},  # training mirrors half of what it shows
        "calibration": {"temperature": 1.0, "threshold": options.threshold},
        "modalities": options.modalities,
        "windows": {"CT": {"center": -100, "width": 1800}},
        "graphs": files,
    }


def check_parity(model: BayesModel, folder: Path) -> float:
    """Largest absolute difference of logits between PyTorch and onnxruntime on random inputs.

    Raises ParityError above the tolerance, when one latent and many disagree, when a graph gives numbers that are not finite
    without any point, or when the latents change nothing.
    """
    run_encoder, run_prompt, run_head = (_session(folder / f"{name}.onnx") for name in ("encoder", "prompt", "head"))
    generator = torch.Generator().manual_seed(3)
    size, worst = model.architecture.size, 0.0
    for points in (0, 1, 3):
        image = torch.randn(1, 1, size, size, generator=generator)
        prompts = torch.zeros(1, len(PROMPT_CHANNELS), size, size)
        for n in range(points):
            x, y = (torch.rand(2, generator=generator) * size).tolist()
            add_point(prompts[0], x, y, n != 1)
        latents = torch.randn(SAMPLES, model.architecture.latent, generator=generator)
        with torch.no_grad():
            expected = model.head(model.prompt(*model.encoder(image), prompts), latents).numpy()
        encoded = run_encoder({"image": image.numpy()})
        conditioning = run_prompt({**encoded, "prompts": prompts.numpy()})
        logits = run_head({**conditioning, "latents": latents.numpy()})["logits"]
        single = run_head({**conditioning, "latents": latents[:1].numpy()})["logits"]
        if not np.isfinite(logits).all():
            raise ParityError(f"Logits that are not finite with {points} points.")
        worst = max(worst, float(np.abs(logits - expected).max()), float(np.abs(single[0] - logits[0]).max()))
        if float(logits.std(0).max()) < 1e-3:
            raise ParityError("The latents do not change the masks: train longer, or look at the KL in the log.")
    if worst >= TOLERANCE:
        raise ParityError(f"Logits differ by {worst:.2e} from onnxruntime; at most {TOLERANCE:.0e} is allowed.")
    return worst


def answer_of(folder: Path, model: BayesModel) -> dict:
    """The manifest's section `check`."""
    size = model.architecture.size
    point, latent = known_point(size), known_latent(model.architecture.latent)
    prompts = torch.zeros(1, len(PROMPT_CHANNELS), size, size)
    add_point(prompts[0], *point, True)
    encoded = _session(folder / "encoder.onnx")({"image": known_image(1, size)})
    conditioning = _session(folder / "prompt.onnx")({**encoded, "prompts": prompts.numpy()})
    return known_answer(_session(folder / "head.onnx")({**conditioning, "latents": latent})["logits"][0], point, latent)


def _session(path: Path):  # noqa: ANN202
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    wanted = {value.name for value in session.get_inputs()}
    return lambda inputs: dict(zip(names, session.run(names, {k: v for k, v in inputs.items() if k in wanted})))
