"""Figures over many courses, in the names that `npm run evaluate --json` uses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .simulated_user import ROUNDS, Course

THRESHOLDS = (75, 80, 85, 90)
NEVER_REACHED = 10
"""What a case counts that never gets there (the paper's rule)."""


def score(courses: Sequence[Course], rounds: int = ROUNDS) -> dict:
    """Means over the cases: Dice, IoU, best of recommended and candidates, distance between candidates per round; NoI."""
    table = {name: np.array([course.values(name, rounds) for course in courses], float) for name in ("dice", "iou", "best")}
    distinct = np.array([course.values("distinct", rounds) for course in courses], float)
    known = np.isfinite(distinct)
    return {
        **{name: np.round(values.mean(0), 4).tolist() for name, values in table.items()},
        "distinct": np.round(np.where(known, distinct, 0).sum(0) / np.maximum(known.sum(0), 1), 4).tolist(),
        "noi": {str(t): round(float(rounds_to(table["dice"], t / 100).mean()), 3) for t in THRESHOLDS},
        "diceInterval": _intervals(table["dice"], [course.case.image.patient for course in courses]),
    }


def rounds_to(dice: np.ndarray, wanted: float) -> np.ndarray:
    """dice [cases, rounds] -> the first round that reaches it, NEVER_REACHED where none does."""
    reached = dice >= wanted
    return np.where(reached.any(1), reached.argmax(1) + 1, NEVER_REACHED)


def _intervals(values: np.ndarray, patients: Sequence[str], resamples: int = 1000) -> list[dict[str, float]]:
    """95 % intervals of the means of `values` [cases, rounds] by the bootstrap over patients: slices of one patient are no independent cases."""
    names, index = np.unique(np.asarray(patients), return_inverse=True)
    sums, counts = np.zeros((len(names), values.shape[1])), np.bincount(index)
    np.add.at(sums, index, values)
    drawn = np.random.default_rng(0).integers(len(names), size=(resamples, len(names)))
    means = sums[drawn].sum(1) / counts[drawn].sum(1)[:, None]
    low, high = np.round(np.quantile(means, (0.025, 0.975), axis=0), 4)
    return [{"low": float(a), "high": float(b)} for a, b in zip(low, high)]


def readable(methods: dict[str, dict]) -> str:
    """The figures as an aligned table for a person."""
    rounds = len(next(iter(methods.values()))["dice"])
    header = ["method", *(f"Dice@{n + 1}" for n in range(rounds)), *(f"NoI{t}" for t in THRESHOLDS), "IoU@1", f"IoU@{rounds}", "best@1"]
    rows = [header]
    for name, figures in methods.items():
        dice = [f"{value:.3f}" for value in figures["dice"]]
        noi = [f"{figures['noi'][str(t)]:.2f}" for t in THRESHOLDS]
        rows.append([name, *dice, *noi, f"{figures['iou'][0]:.3f}", f"{figures['iou'][-1]:.3f}", f"{figures['best'][0]:.3f}"])
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    return "\n".join("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))) for row in rows)
