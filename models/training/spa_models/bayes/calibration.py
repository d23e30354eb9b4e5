"""Whether the probabilities mean what they say: reliability of the first proposal against the readers' agreement.

    python -m spa_models.bayes calibration --checkpoint FILE --data DATA/lidc/val.npz --all --picture reliability.png

A bundle is measured by the engine that ships, `npm run evaluate -- --calibration --json`; what that writes is drawn by

    python -m spa_models.bayes calibration --report FILE --picture reliability.png
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from ..data.crops import uncrop
from ..data.slices import Slices, load_slices, split_patients
from ..usage_error import UsageError
from .checkpoint import load_model
from .looks import FIRST_LOOK, Case, draw_samples, geometry_at, look
from .networks import BayesModel
from .prompting import agreed_region, deepest
from .train import HELD_OUT_SEED, HELD_OUT_SHARE

BINS = 10
CERTAIN = 0.02
"""Pixels that are surer than this are left out of the second error: there are so many that they hide the rest."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--data", type=Path, help="npz with several readers; its held-out patients are used")
    parser.add_argument("--report", type=Path, help="JSON of `npm run evaluate -- --calibration --json`, to be drawn; measures nothing")
    parser.add_argument("--all", action="store_true", help="use every slice: for a file that training never saw")
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--samples", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--picture", type=Path, help="PNG of the reliability diagram")


def run(options: argparse.Namespace) -> None:
    if options.report is not None:
        if options.picture is None:
            raise UsageError("--report is only drawn: name the picture with --picture FILE.png.")
        draw_diagram(bins_of_report(options.report)).save(options.picture)
        return
    if options.checkpoint is None or options.data is None:
        raise UsageError("Name --checkpoint and --data to measure, or --report and --picture to draw what was measured.")
    torch.set_num_threads(options.threads)
    model, _ = load_model(options.checkpoint)
    slices = load_slices(options.data)
    if not options.all:
        slices = split_patients(slices, HELD_OUT_SHARE, HELD_OUT_SEED)[1]
    predicted, agreed = pixels(model, slices, options)
    disputed = (predicted > CERTAIN) & (predicted < 1 - CERTAIN)
    report = {
        "cases": min(options.cases, len(slices)),
        "pixels": len(predicted),
        "ece": round(expected_calibration_error(predicted, agreed), 4),
        "eceDisputed": round(expected_calibration_error(predicted[disputed], agreed[disputed]), 4),
        "bins": reliability(predicted, agreed),
    }
    if options.picture:
        draw_diagram(report["bins"]).save(options.picture)
    print(json.dumps(report))


@torch.no_grad()
def pixels(model: BayesModel, slices: Slices, options: argparse.Namespace) -> tuple[np.ndarray, np.ndarray]:
    """Mean probability of the first proposal and share of the readers who drew there, for all pixels that the model saw."""
    predicted, agreed = [], []
    for n, row in enumerate(np.random.default_rng(options.seed).permutation(len(slices))[: options.cases]):
        masks = slices.masks([int(row)])[0]
        masks = masks[masks.any((1, 2))]
        mean = masks.mean(0)
        click = deepest(agreed_region(mean > 0, mean)) if len(masks) else None
        if click is None:
            continue
        generator = torch.Generator().manual_seed(options.seed + n)
        image = slices.images[row].astype(np.float32) / 255
        case = Case(image, [(*click, True)], geometry_at(click, FIRST_LOOK))
        encoded = look(model, case, generator)
        latents = torch.randn(options.samples, model.architecture.latent, generator=generator)
        size = model.architecture.size
        probability = draw_samples(model, encoded, case, torch.zeros(size, size), latents).mean(0)
        both = torch.stack([probability, torch.ones_like(probability)])[None]
        native, seen = uncrop(both, case.geometry, *image.shape)[0].numpy()
        inside = seen > 0.5
        predicted.append(native[inside])
        agreed.append(mean[inside])
    return np.concatenate(predicted), np.concatenate(agreed)


def reliability(predicted: np.ndarray, agreed: np.ndarray) -> list[dict]:
    """For tenths of the probability: mean probability, mean agreement, and pixels; empty ones are left out."""
    bins = np.minimum((predicted * BINS).astype(int), BINS - 1)
    result = []
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            result.append(
                {
                    "probability": round(float(predicted[inside].mean()), 4),
                    "agreement": round(float(agreed[inside].mean()), 4),
                    "pixels": int(inside.sum()),
                }
            )
    return result


def expected_calibration_error(predicted: np.ndarray, agreed: np.ndarray) -> float:
    """Mean distance between probability and agreement over the bins, weighted by their pixels (Guo et al. 2017); 0 without pixels."""
    if len(predicted) == 0:
        return 0.0
    bins = np.minimum((predicted * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, predicted.astype(np.float64) - agreed, BINS)
    return float(np.abs(gaps).sum() / len(predicted))


def bins_of_report(path: Path) -> list[dict]:
    """The tenths that an evaluation of a bundle has measured. Raises UsageError for a file that holds none."""
    try:
        return json.loads(path.read_text())["calibration"]["bins"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no calibration: make it with `npm run --silent evaluate -- --calibration --data FILE --json > {path}`.") from error


def draw_diagram(bins: list[dict]) -> Image.Image:
    """Agreement over probability, with the diagonal on which both are equal."""
    side, margin = 420, 56
    image = Image.new("RGB", (side + 2 * margin, side + 2 * margin), "white")
    draw = ImageDraw.Draw(image)

    def place(x: float, y: float) -> tuple[float, float]:
        return margin + x * side, margin + (1 - y) * side

    draw.rectangle([place(0, 1), place(1, 0)], outline="#444444")
    draw.line([place(0, 0), place(1, 1)], fill="#999999", width=1)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        draw.text((place(tick, 0)[0], margin + side + 14), f"{tick:g}", fill="#222222", anchor="mm")
        draw.text((margin - 20, place(0, tick)[1]), f"{tick:g}", fill="#222222", anchor="mm")
    points = [place(entry["probability"], entry["agreement"]) for entry in bins]
    draw.line(points, fill="#0060a8", width=3)
    for x, y in points:
        draw.ellipse([x - 5, y - 5, x + 5, y + 5], fill="#0060a8")
    draw.text((margin + side / 2, margin + side + 38), "mean probability of the first proposal", fill="#222222", anchor="mm")
    draw.text((margin, margin - 22), "share of the readers who drew there", fill="#222222", anchor="lm")
    return image
