"""One table of several results on the same cases: the JSON of `validate --json` and of `npm run evaluate -- --json`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..usage_error import UsageError

ROUNDS = (1, 3, 6)
THRESHOLDS = ("75", "80", "85", "90")
SAME = ("cases", "seed", "target")


class TableError(UsageError):
    """The results cannot stand in one table."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--run", action="append", required=True, metavar="NAME[:METHOD]=FILE.json", dest="runs",
        help="a line of the table: the figures of METHOD (spa, clicks or mean; without it all that the file has)",
    )


def run(options: argparse.Namespace) -> None:
    print(markdown(options.runs))


def markdown(runs: list[str]) -> str:
    """Raises TableError when a file is missing, has not the method, or played other cases than the first."""
    header = ["", *(f"Dice@{n}" for n in ROUNDS), *(f"NoI{t}" for t in THRESHOLDS), "best@1", "distinct@1"]
    rows, first = [], None
    for text in runs:
        name, content, methods = _read(text)
        played = {key: content.get(key) for key in SAME}
        first = first or played
        if played != first:
            raise TableError(f"{text} played {played}, the first run {first}. Validate both with the same data, seed and target.")
        for method in methods:
            label = name if len(methods) == 1 else f"{name}, {method}"
            rows.append([label, *_figures(content["methods"][method])])
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    facts = ", ".join(f"{key} {value}" for key, value in (first or {}).items())
    return "\n".join(["| " + " | ".join(line) + " |" for line in lines] + ["", facts])


def _figures(figures: dict) -> list[str]:
    dice = [_dice(figures, min(n, len(figures["dice"])) - 1) for n in ROUNDS]
    noi = [f"{figures['noi'][t]:.2f}" for t in THRESHOLDS]
    return [*dice, *noi, f"{figures['best'][0]:.3f}", f"{figures['distinct'][0]:.3f}"]


def _dice(figures: dict, place: int) -> str:
    """With its 95 % interval over patients where the file has it."""
    mean = f"{figures['dice'][place]:.3f}"
    intervals = figures.get("diceInterval")
    return f"{mean} ({intervals[place]['low']:.2f}..{intervals[place]['high']:.2f})" if intervals else mean


def _read(text: str) -> tuple[str, dict, list[str]]:
    label, separator, file = text.partition("=")
    name, _, method = label.partition(":")
    if not separator or not name:
        raise TableError(f"--run {text}: expected NAME=FILE.json or NAME:METHOD=FILE.json.")
    try:
        content = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise TableError(f"{file} cannot be read ({error}). Write it with `validate --json > {file}`.") from error
    known = list(content.get("methods", {}))
    if not known or (method and method not in known):
        raise TableError(f"{file} has the methods {known}, not '{method}'.")
    return name, content, [method] if method else known
