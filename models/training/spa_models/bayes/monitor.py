"""Simulated rounds on held-out patients of the training part."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ..data.slices import Slices, load_slices, split_patients
from .adaptation import Settings
from .checkpoint import load_model
from .simulation import Course, User, simulate
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
    parser.add_argument("--methods", nargs="+", default=["spa", "clicks", "mean"], choices=["spa", "clicks", "mean"])


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    model, progress = load_model(options.checkpoint)
    slices = load_slices(options.data)
    if not options.all:
        slices = split_patients(slices, HELD_OUT_SHARE, HELD_OUT_SEED)[1]
    user = User(rounds=options.rounds, threshold=options.threshold, settings=Settings(temperature=options.temperature))
    users = {"spa": user, "clicks": replace(user, chooses=False, adapts=False), "mean": replace(user, adapts=False)}
    report: dict = {"step": progress["step"], "minutes": round(progress["seconds"] / 60, 1)}
    for method in options.methods:
        courses = play_cases(model, slices, users[method], options.cases, options.seed)
        report[method] = summary(courses)
        if method == "spa":
            report["cases"] = len(courses)
            report["thresholds"] = first_dice_by_threshold(courses)
    print(json.dumps(report))


def play_cases(model, slices: Slices, user: User, count: int, seed: int) -> list[Course]:  # noqa: ANN001
    """Plays `count` cases drawn without replacement; the same seed draws the same cases."""
    targets = slices.targets()
    order = np.random.default_rng(seed).permutation(len(targets))[:count]
    courses = (simulate(model, slices, int(row), int(reader), user, seed + n) for n, (row, reader) in enumerate(targets[order]))
    return [course for course in courses if course is not None]


def summary(courses: list[Course]) -> dict:
    """Means over the cases: Dice and best per round, share of clicks obeyed, rounds to a Dice of 75 and 80 % (10 if never)."""
    dice = np.array([course.dice for course in courses])
    return {
        "dice": np.round(dice.mean(0), 4).tolist(),
        "best": np.round(np.mean([course.best for course in courses], 0), 4).tolist(),
        "obeyed": round(float(np.mean([course.obeyed for course in courses])), 4),
        "noi": {str(t): round(float(rounds_to(dice, t / 100).mean()), 3) for t in (75, 80)},
    }


def rounds_to(dice: np.ndarray, wanted: float) -> np.ndarray:
    """dice [cases, rounds] -> the first round that reaches it, 10 where none does."""
    reached = dice >= wanted
    return np.where(reached.any(1), reached.argmax(1) + 1, 10)


def first_dice_by_threshold(courses: list[Course]) -> dict[str, float]:
    """Mean Dice of the first recommended mask for several thresholds on the mean probability."""

    def dice(course: Course, threshold: float) -> float:
        predicted = course.mean_probability > threshold
        return 2 * (predicted & course.target).sum() / max(1, predicted.sum() + course.target.sum())

    return {f"{t:.2f}": round(float(np.mean([dice(c, t) for c in courses])), 4) for t in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)}
