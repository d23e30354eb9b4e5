"""The simulated user of the evaluation, on held-out patients of the training part.

A case is one reader's mask. `obeyed` and `thresholds` are added to the figures that `python -m spa_models validate` has as well.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..data.annotated import AnnotatedImage
from ..data.dataset_error import DatasetError
from ..data.slices import SMALLEST_TARGET, Slices, load_slices, split_patients
from ..evaluation.bayes_session import BayesSession, BayesSessions
from ..evaluation.cases import Case
from ..evaluation.proposing import Point
from ..evaluation.scores import score
from ..evaluation.simulated_user import METHODS, Course, play
from ..overlap import dice
from .adaptation import Settings
from .checkpoint import load_model
from .train import HELD_OUT_SEED, HELD_OUT_SHARE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the npz that was trained on; its held-out patients are used")
    parser.add_argument("--all", action="store_true", help="use every slice: for a file that training never saw")
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--temperature", type=float, default=Settings.temperature)
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    network, progress = load_model(options.checkpoint)
    slices = load_slices(options.data)
    if not options.all:
        slices = split_patients(slices, HELD_OUT_SHARE, HELD_OUT_SEED)[1]
    sessions = WatchedSessions(network, "bayes", Settings(temperature=options.temperature), options.threshold)
    cases = draw_cases(slices, options.cases, options.seed)
    report: dict = {"step": progress["step"], "minutes": round(progress["seconds"] / 60, 1), "cases": len(cases)}
    for method in options.methods:
        played = play_cases(sessions, cases, method, options.rounds)
        report[method] = score(played.courses, options.rounds) | {"obeyed": clicks_obeyed(played.courses)}
        if method == "spa":
            report["thresholds"] = first_dice_by_threshold(played)
    print(json.dumps(report))


class WatchedSessions(BayesSessions):
    """Remembers the session that was begun last."""

    latest: BayesSession

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> BayesSession:
        self.latest = super().begin(pixels, first, seed)
        return self.latest


@dataclass(frozen=True)
class Played:
    """The course of every case, and the mean probability [H,W] of its first proposal."""

    courses: list[Course]
    first: list[np.ndarray]


def draw_cases(slices: Slices, count: int, seed: int) -> list[Case]:
    """`count` masks of one reader, drawn without replacement; the same seed draws the same. Raises DatasetError where there is none."""
    targets = slices.targets()
    if len(targets) == 0:
        raise DatasetError(f"No mask has {SMALLEST_TARGET} pixels: give data whose masks are not empty.")
    order = np.random.default_rng(seed).permutation(len(targets))[:count]
    return [_case(slices, int(row), int(reader), seed + n) for n, (row, reader) in enumerate(targets[order])]


def _case(slices: Slices, row: int, reader: int, seed: int) -> Case:
    masks = slices.masks([row])[0]
    readers = tuple(f"reader-{number + 1}" for number in range(len(masks)))
    image = AnnotatedImage(f"{slices.source[row]}-{row:05d}", str(slices.patients[row]), slices.images[row], masks, readers)
    return Case(image, masks[reader], masks.sum(0), seed)


def play_cases(sessions: WatchedSessions, cases: list[Case], method: str, rounds: int) -> Played:
    played = Played([], [])
    for case in cases:
        played.courses.append(play(sessions, case, method, rounds))
        played.first.append(sessions.latest.first_probability)
    return played


def clicks_obeyed(courses: list[Course]) -> float:
    """Share of the rounds whose recommended mask is, at the click given last, on the side that the click said."""
    heard = []
    for course in courses:
        last = course.first
        for played in course.rounds:
            heard.append(bool(played.proposal.recommended[last.y, last.x]) == last.positive)
            last = played.clicked or last
    return round(float(np.mean(heard)), 4)


def first_dice_by_threshold(played: Played) -> dict[str, float]:
    """Mean Dice of the first recommended mask for several thresholds on the mean probability."""
    pairs = [(first, course.case.target) for first, course in zip(played.first, played.courses)]
    thresholds = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
    return {f"{t:.2f}": round(float(np.mean([dice(first > t, target) for first, target in pairs])), 4) for t in thresholds}
