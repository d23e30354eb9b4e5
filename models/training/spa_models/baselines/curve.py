"""Dice on validation images over the minutes of one training in several stages, as a picture: what `train --validate-every` wrote."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..report.curve import Line
from ..report.curve_picture import curve_picture
from .table import TableError

ROUNDS = (1, 3, 6)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stages", type=Path, nargs="+", required=True, metavar="RUN", help="folders of the trainings, each begun with the weights of the last")
    parser.add_argument("--out", type=Path, required=True, help="PNG file")


def run(options: argparse.Namespace) -> None:
    lines, marks = stages(options.stages)
    curve_picture(lines, "minutes of training", "Dice on validation images", marks).save(options.out, optimize=True)


def stages(runs: list[Path]) -> tuple[dict[str, Line], list[tuple[float, str]]]:
    """(lines over minutes, the beginnings of the later stages). Raises TableError when a run has no log or no validation in it."""
    lines: dict[str, list[tuple[float, float]]] = {f"after round {n}": [] for n in ROUNDS}
    marks, before = [], 0.0
    for run_folder in runs:
        log = run_folder / "train.jsonl"
        if not log.is_file():
            raise TableError(f"{log} is not there. Name the folder that was given to `train --out`.")
        entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
        watched = [entry for entry in entries if "validation" in entry]
        if not watched:
            raise TableError(f"{log} has no validation. Train with --validate-every.")
        if before:
            marks.append((before, run_folder.name))
        for n, line in zip(ROUNDS, lines.values()):
            line += [(before + entry["minutes"], entry["validation"][n - 1]) for entry in watched]
        before += max(entry["minutes"] for entry in entries)
    return lines, marks
