"""What the choices behind the model are worth, each measured by the engine that ships: short trainings from nothing that differ in one thing, and
the shipped bundle with answers that count more, less, or not at all.

    python -m spa_models.bayes ablations --data DATA --synthetic cache/pairs.npz --regions cache/regions-5.npz --stable cache/stable.npz --out runs/ablations

Run from `models/training`; needs Node and `npm ci` in the repository. Trainings that are finished are left out, so that the command goes on
where it was stopped. Prints two tables in Markdown. Absolute figures of the trainings are those of models that have hardly begun: only the
differences count.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from .recipe import LIDC, ULTRASOUND

REPOSITORY = Path(__file__).parents[4]
SHIPPED = REPOSITORY / "models" / "default"


@dataclass(frozen=True)
class Variant:
    """One training. `known_styles`: how often a mask is drawn by the reader's known style."""

    name: str
    latent: int = 6
    kl_target: float = 6
    synthetic_share: float = 0.28
    known_styles: float = 0.5
    network: str = "default"


BASE = Variant("as it ships, but with the narrow network")
VARIANTS = (
    BASE,
    replace(BASE, name="wide network", network="wide"),
    replace(BASE, name="latent of 2", latent=2),
    replace(BASE, name="latent of 12", latent=12),
    replace(BASE, name="KL 1 nat instead of 6", kl_target=1),
    replace(BASE, name="no synthetic images", synthetic_share=0.0),
    replace(BASE, name="six of ten images synthetic", synthetic_share=0.6),
    replace(BASE, name="styles of computed readers not told", known_styles=0.0),
)


ADAPTATIONS = {
    "as it ships": 1.0,
    "answers count three times as much": 1 / 3,
    "a third as much": 3.0,
    "a tenth as much": 10.0,
    "answers teach the preference nothing": 1e6,
}
"""Temperatures at which the shipped bundle adapts (`latent.adaptationTemperature` of the manifest)."""

COLUMNS = ("Dice@1", "Dice@3", "NoI90", "NoI90 without candidates", "best@1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {LIDC} and {ULTRASOUND}")
    parser.add_argument("--synthetic", type=Path, required=True, help="npz from spa_models.synthetic.generate --readers-of 2")
    parser.add_argument("--regions", type=Path, required=True, help="npz from spa_models.synthetic.regions")
    parser.add_argument("--stable", type=Path, help="npz from spa_models.synthetic.generate --readers-of 50: what a learnt preference is worth")
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help=f"npz files to measure on; each gives {len(COLUMNS)} columns")
    parser.add_argument("--bundle", type=Path, default=SHIPPED, help="the bundle of the second table (default: the shipped one)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=150, help="cases of each file")
    parser.add_argument("--at-once", type=int, default=2, help="trainings and measurements side by side, one thread each")


def run(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.at_once) as pool:
        trained = list(pool.map(lambda variant: [variant.name, *_trained(variant, options)], VARIANTS))
        adapting = list(pool.map(lambda name: [name, *_figures(_at_temperature(name, options), options)], ADAPTATIONS))
    print(table(heads("training", options), trained), end="\n\n")
    print(table(heads("the bundle", options), adapting))


def heads(first: str, options: argparse.Namespace) -> list[str]:
    measured = [f"{path.stem}: {name}" for path in options.measure for name in COLUMNS]
    return [first, *measured, *(["learnt preference"] if options.stable else [])]


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def training(variant: Variant, options: argparse.Namespace, folder: Path) -> list[str]:
    """The command of one training."""
    shares = (f"{options.data / LIDC}=3.6", f"{options.data / ULTRASOUND}=1.2", f"{options.regions}=1.6")
    synthetic = ("--synthetic", f"{options.synthetic}", "--synthetic-share", f"{variant.synthetic_share}")
    return [
        *(sys.executable, "-m", "spa_models.bayes", "train", "--data", *shares, *(synthetic if variant.synthetic_share else ())),
        *("--network", variant.network, "--latent", f"{variant.latent}", "--kl-target", f"{variant.kl_target}", "--known-styles", f"{variant.known_styles}"),
        *("--steps", f"{options.steps}", "--seed", f"{options.seed}", "--batch", "8", "--threads", "1", "--bf16", "--out", f"{folder}"),
    ]


def _trained(variant: Variant, options: argparse.Namespace) -> list[str]:
    folder = options.out / variant.name.replace(" ", "-")
    bundle = folder / "bundle"
    if not (bundle / "manifest.json").exists():
        _call(training(variant, options, folder))
        _call([sys.executable, "-m", "spa_models.bayes", "export", "--checkpoint", f"{folder / 'checkpoint.pt'}", "--out", f"{bundle}"])
    return _figures(bundle, options)


def _at_temperature(name: str, options: argparse.Namespace) -> Path:
    """A copy of the bundle that adapts at one of the temperatures."""
    bundle = options.out / name.replace(" ", "-") / "bundle"
    shutil.copytree(options.bundle, bundle, dirs_exist_ok=True)
    path = bundle / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["latent"]["adaptationTemperature"] = ADAPTATIONS[name]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return bundle


def _figures(bundle: Path, options: argparse.Namespace) -> list[str]:
    """A bundle's entries of a row."""
    figures = []
    for path in options.measure:
        methods = _evaluate(bundle, path, "--methods", "spa,clicks", "--limit", f"{options.limit}")["methods"]
        spa, clicks = methods["spa"], methods["clicks"]
        figures += [f"{spa['dice'][0]:.3f}", f"{spa['dice'][2]:.3f}", f"{spa['noi']['90']:.2f}", f"{clicks['noi']['90']:.2f}", f"{spa['best'][0]:.3f}"]
    if options.stable:
        profile = _evaluate(bundle, options.stable, "--profile", "--after", "5", "--limit", "20")["profile"]
        figures.append(gain(profile))
    return figures


def gain(profile: dict) -> str:
    """Dice points that a preference learnt on five cases adds to first proposals, with the interval."""
    after = profile["after"][0]
    low, high = after["interval"]["low"], after["interval"]["high"]
    return f"{after['gain']:+.1f} [{low:+.1f}, {high:+.1f}]"


def _evaluate(bundle: Path, data: Path, *more: str) -> dict:
    command = ["npm", "run", "--silent", "evaluate", "--", "--bundle", f"{bundle.resolve()}", "--data", f"{data.resolve()}"]
    return json.loads(_call([*command, "--json", "--seed", "1", "--jobs", "1", *more], REPOSITORY))


def _call(command: list[str], folder: Path | None = None) -> str:
    """Its standard output. Raises CalledProcessError, after the command's own words, where it fails."""
    print(" ".join(command), file=sys.stderr, flush=True)
    return subprocess.run(command, check=True, cwd=folder, stdout=subprocess.PIPE, text=True).stdout
