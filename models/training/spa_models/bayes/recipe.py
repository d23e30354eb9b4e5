"""The shipped model from nothing: synthetic images, structures found in real ones, eight runs of training, the mean of the last two, export, calibration.

    python -m spa_models.bayes recipe --data DATA --out runs/recipe --bundle ../default

Every step writes one file and is left out when that file is there, so that the command goes on where it was stopped. The minutes of
the eight runs are those of two shared CPU cores; `--scale 0.1` gives a tenth of them, on a machine with a GPU for instance.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIDC, ULTRASOUND = "lidc/train.npz", "ultrasound/train.npz"
LABELLESS = ("dicom/ct-abdomen", "dicom/ct-abdomen", "dicom/mr-head", LIDC)
"""Where structures are looked for without any label; `dicom/ct-head` is kept out, to measure on."""
SYNTHETIC, SYNTHETIC_SEED, WINDOWS = 7000, 7, 1800
PAIRS, PAIRS_SEED = 9000, 27
"""Synthetic images of which two in a row are drawn by the same readers: a style must mean the same from image to image."""
ECHOES, ECHOES_SEED = 4000, 37
"""Images like ultrasound, two in a row by the same readers."""
REGIONS = (5, 6)
"""Seeds of the searches."""
NEEDED = sorted({LIDC, ULTRASOUND, *LABELLESS})


@dataclass(frozen=True)
class Run:
    """One run of training. `parts`: how often each file of real images is drawn; `regions`: how often each file of found structures; `echoes`:
    how often images like ultrasound; `pairs`: whether the other synthetic images are those of readers who draw two. A wider `network` than that of
    the run before computes the same at first."""

    name: str
    minutes: float
    rate: float
    synthetic_share: float
    kl_target: float
    seed: int
    parts: dict[str, float]
    regions: dict[int, float]
    pairs: bool = False
    network: str = "default"
    echoes: float = 0


RUNS = (
    Run("one", 76, 1.5e-3, 0.3, 7, 1, {LIDC: 1}, {}),
    Run("two", 65, 1e-3, 0.35, 8, 1, {LIDC: 3.5}, {5: 0.9, 6: 0.9}),
    Run("three", 21, 6e-4, 0.25, 8, 2, {LIDC: 3.5, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}),
    Run("four", 66, 8e-4, 0.3, 8, 11, {LIDC: 3.4, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}, pairs=True),
    Run("five", 66, 7e-4, 0.28, 8, 12, {LIDC: 3.6, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}, pairs=True),
    Run("six", 66, 1e-3, 0.28, 6, 13, {LIDC: 3.6, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}, pairs=True, network="wide"),
    Run("seven", 35, 7e-4, 0.28, 6, 14, {LIDC: 3.6, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}, pairs=True, network="wide"),
    Run("eight", 30, 7e-4, 0.26, 6, 15, {LIDC: 3.6, ULTRASOUND: 1.2}, {5: 0.8, 6: 0.8}, pairs=True, network="wide", echoes=1.2),
)
"""Each goes on from the weights of the one before."""


@dataclass(frozen=True)
class Step:
    """A command of this package (`python -m MODULE ARGUMENTS`) and the file that tells that it was done."""

    module: str
    arguments: tuple[str, ...]
    done: Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {', '.join(NEEDED)}")
    parser.add_argument("--out", type=Path, required=True, help="folder for caches, checkpoints and logs")
    parser.add_argument("--bundle", type=Path, required=True, help="folder of the finished bundle")
    parser.add_argument("--scale", type=float, default=1.0, help="of all minutes of training")
    parser.add_argument("--steps", type=int, help="of each run, instead of minutes")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=SYNTHETIC, help="synthetic images")
    parser.add_argument("--windows", type=int, default=WINDOWS, help="places in which each search looks for a structure")


def run(options: argparse.Namespace) -> None:
    missing = [name for name in NEEDED if not (options.data / name).exists()]
    if missing:
        raise SystemExit(f"{options.data}: {', '.join(missing)} not found. Give the folder that holds them with --data.")
    options.out.mkdir(parents=True, exist_ok=True)
    for step in steps(options):
        if step.done.exists():
            print(f"{step.done} is there: left out", flush=True)
            continue
        print(f"python -m {step.module} {' '.join(step.arguments)}", flush=True)
        subprocess.run([sys.executable, "-m", step.module, *step.arguments], check=True)
        if not step.done.exists():
            step.done.touch()


def steps(options: argparse.Namespace) -> list[Step]:
    """All steps in their order. A run of training is done when its mark `finished` is there; stopped before, it resumes."""
    data, out = options.data, options.out
    synthetic, pairs, echoes = out / "synthetic.npz", out / "pairs.npz", out / "echoes.npz"
    found = {seed: out / f"regions-{seed}.npz" for seed in REGIONS}
    arguments: tuple[str, ...] = ("--count", f"{options.images}", "--seed", f"{SYNTHETIC_SEED}", "--out", f"{synthetic}")
    result = [Step("spa_models.synthetic.generate", arguments, synthetic)]
    for file, images, seed, scenes in ((pairs, PAIRS, PAIRS_SEED, "any"), (echoes, ECHOES, ECHOES_SEED, "ultrasound")):
        count = max(2, options.images * images // SYNTHETIC)
        arguments = ("--count", f"{count}", "--seed", f"{seed}", "--readers-of", "2", "--scenes", scenes, "--out", f"{file}")
        result.append(Step("spa_models.synthetic.generate", arguments, file))
    images = tuple(str(data / name) for name in LABELLESS)
    for seed in REGIONS:
        arguments = ("--images", *images, "--count", f"{options.windows}", "--seed", f"{seed}", "--out", f"{found[seed]}")
        result.append(Step("spa_models.synthetic.regions", arguments, found[seed]))
    before: Path | None = None
    last_but_one: Path | None = None
    for training in RUNS:
        folder = out / training.name
        drawn = pairs if training.pairs else synthetic
        arguments = _train(options, training, folder, drawn, found, echoes, before)
        result.append(Step("spa_models.bayes", arguments, folder / "finished"))
        last_but_one, before = before, folder / "checkpoint.pt"
    averaged = out / "averaged.pt"
    result.append(Step("spa_models.bayes", ("average", "--checkpoint", f"{before}", "--with", f"{last_but_one}", "--out", f"{averaged}"), averaged))
    checkpoint = str(averaged)
    result.append(Step("spa_models.bayes", ("export", "--checkpoint", checkpoint, "--weights", "fp16", "--out", f"{options.bundle}"), out / "exported"))
    picture = options.bundle / "reliability.png"
    calibration = ("calibration", "--checkpoint", checkpoint, "--data", str(data / LIDC), "--picture", f"{picture}", "--cases", "100")
    result.append(Step("spa_models.bayes", calibration, out / "calibrated"))
    return result


def _train(
    options: argparse.Namespace, training: Run, folder: Path, synthetic: Path, found: dict[int, Path], echoes: Path, before: Path | None
) -> tuple[str, ...]:
    files = [f"{options.data / name}={part}" for name, part in training.parts.items()]
    files += [f"{found[seed]}={part}" for seed, part in training.regions.items()]
    files += [f"{echoes}={training.echoes}"] if training.echoes else []
    budget = ("--steps", f"{options.steps}") if options.steps is not None else ("--minutes", f"{training.minutes * options.scale:g}")
    going_on = (folder / "checkpoint.pt").exists()
    return (
        *("train", "--data", *files, "--synthetic", f"{synthetic}", "--synthetic-share", f"{training.synthetic_share}"),
        *("--rate", f"{training.rate}", "--kl-target", f"{training.kl_target}", "--seed", f"{training.seed}", *budget),
        *("--network", training.network, "--batch", f"{options.batch}", "--threads", f"{options.threads}", "--bf16", "--out", f"{folder}"),
        *(("--start-from", f"{before}") if before is not None else ()),
        *(("--resume",) if going_on else ()),
    )
