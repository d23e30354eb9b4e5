"""Masks that are wrong in the ways of a model that does not know the structure: too small, too large, leaked, cut, elsewhere."""

from __future__ import annotations

import numpy as np
from scipy import ndimage


def spoil(target: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A bool [S,S] mask to be mended into the target (bool [S,S], not empty); about one in ten is empty."""
    size = len(target)
    depth = ndimage.distance_transform_edt(np.pad(target, 1))[1:-1, 1:-1]
    radius = float(depth.max())
    wrong = target
    kind = random.random()
    if kind < 0.1:
        return np.zeros_like(target)
    if kind < 0.3:
        wrong = depth > radius * random.uniform(0.2, 0.7)
    elif kind < 0.5:
        wrong = ndimage.distance_transform_edt(~target) <= max(1.5, radius * random.uniform(0.2, 0.8))
    if random.random() < 0.5:
        wrong = wrong | _disc(size, _border_point(target, random), max(2.0, radius * random.uniform(0.3, 1.2)))
    if random.random() < 0.5:
        wrong = wrong & ~_disc(size, _border_point(target, random), max(2.0, radius * random.uniform(0.3, 1.2)))
    return wrong


def mended(wrong: np.ndarray, target: np.ndarray, click: tuple[int, int, bool]) -> np.ndarray:
    """The mask after the error under the click (x, y, label) is put right: what a model that obeys would answer."""
    x, y, label = click
    parts, _ = ndimage.label((target & ~wrong) if label else (wrong & ~target))
    part = (parts == parts[y, x]) & (parts > 0)
    return (wrong | part) if label else (wrong & ~part)


def _border_point(target: np.ndarray, random: np.random.Generator) -> tuple[int, int]:
    ys, xs = np.nonzero(target ^ ndimage.binary_erosion(target))
    index = random.integers(len(ys))
    return int(xs[index]), int(ys[index])


def _disc(size: int, centre: tuple[int, int], radius: float) -> np.ndarray:
    y, x = np.mgrid[:size, :size]
    return np.hypot(x - centre[0], y - centre[1]) <= radius
