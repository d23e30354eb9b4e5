"""Plays a simulated user on validation images: Dice and IoU per round, rounds to a Dice, and a picture of every case."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from ..budget import ProgressLine
from ..data.open_dataset import PARTS, add_dataset_arguments, open_dataset
from ..evaluation.cases import TARGETS, choose_cases, open_case
from ..evaluation.open_model import open_model
from ..evaluation.proposing import Model
from ..evaluation.scores import readable, score
from ..evaluation.simulated_user import METHODS, ROUNDS, Course, play
from ..numbers import count, count_or_zero, image_side
from ..report.case_picture import case_picture
from ..report.page import CaseEntry, page, write_page
from ..report.training_log import training_lines
from ..usage_error import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True, help="of SPA, SAM, MedSAM, spa_models.bayes or spa_models.baselines")
    add_dataset_arguments(parser)
    parser.add_argument("--part", choices=PARTS, default="validation", help="all: data that training never saw (%(default)s)")
    parser.add_argument("--cases", type=count, help="so many, drawn by the seed (default: all)")
    parser.add_argument("--target", choices=TARGETS, default="reader", help="one reader's mask, or that of the readers who agree at a pixel")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS), help="candidates and clicks, clicks alone, first mask alone")
    parser.add_argument("--rounds", type=count, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=1, help="draws the cases of `npm run evaluate` with the same seed (%(default)s)")
    parser.add_argument("--image-size", type=image_side, help="side of the input (default: as trained)")
    parser.add_argument("--samples", type=count, default=48)
    parser.add_argument("--clusters", type=count, default=4)
    parser.add_argument("--enlarge", choices=("bilinear", "nearest"), default="bilinear", help="of the masks; nearest is the published program's")
    parser.add_argument("--pictures", type=Path, help="folder for index.html and a PNG of every case")
    parser.add_argument("--picture-cases", type=count_or_zero, default=40, help="pictures at most (%(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, everything else on standard error")


def run(options: argparse.Namespace) -> None:
    try:
        report = validate(options)
    except UsageError as error:
        raise SystemExit(f"error: {error}") from None
    print(readable(report["methods"]), file=sys.stderr if options.json else sys.stdout)
    if options.json:
        print(json.dumps(report))


@torch.no_grad()
def validate(options: argparse.Namespace) -> dict:
    """The report in the names of `npm run evaluate -- --json`. Raises CheckpointError or DatasetError."""
    model = open_model(options.checkpoint, options.image_size, options.samples, options.clusters, options.enlarge)
    images = open_dataset(options, options.part)
    cases = choose_cases(images, options.target, options.seed, options.cases)
    methods = [method for method in options.methods if method in model.methods] or list(model.methods)
    print(f"{model.name}: {len(cases)} cases of {len(images)} images, seed {options.seed}, target {options.target}", file=sys.stderr)
    courses: dict[str, list[Course]] = {method: [] for method in methods}
    pictures = _Pictures(options.pictures, options.picture_cases) if options.pictures else None
    line = ProgressLine("validate")
    for number, (row, seed) in enumerate(cases, 1):
        case = open_case(images, row, seed, options.target)
        for method in methods:
            courses[method].append(play(model, case, method, options.rounds))
        if pictures:
            pictures.add(courses[methods[0]][-1], methods[0])
        line.show(number / len(cases), f"case {number}")
    report = {
        "cases": len(cases),
        "seed": options.seed,
        "target": options.target,
        "bundle": {"name": f"{model.name} {options.checkpoint.parent.name}", "version": "0", "bytes": options.checkpoint.stat().st_size},
        "methods": {method: score(played, options.rounds) for method, played in courses.items()},
    }
    if pictures:
        print(f"pictures: {pictures.finish(model, options, report)}", file=sys.stderr)
    return report


class _Pictures:
    """Writes each case's picture when it was played, and the page at the end."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most, self._entries = folder, most, []
        (folder / "cases").mkdir(parents=True, exist_ok=True)

    def add(self, course: Course, method: str) -> None:
        if len(self._entries) >= self._most:
            return
        name = course.case.image.name
        relative = f"cases/{name}.png"
        case_picture(course, method).save(self._folder / relative)
        self._entries.append(CaseEntry(name, relative, course.rounds[0].dice, course.rounds[-1].dice))

    def finish(self, model: Model, options: argparse.Namespace, report: dict) -> Path:
        facts = f"{options.checkpoint.name}, {report['cases']} cases of {options.data.name}, target: {report['target']}, seed {report['seed']}"
        return write_page(self._folder, page(f"{model.name}: validation", facts, report["methods"], self._entries, training_lines(options.checkpoint)))
