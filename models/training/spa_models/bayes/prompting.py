"""Where a user clicks, and the maps by which the model is told."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage

POINT_SIGMA = 2.5
"""Standard deviation of a point's map, in model pixels."""


def deepest(region: np.ndarray) -> tuple[int, int] | None:
    """(x, y) of the pixel deepest inside a bool [H,W] region, beyond the image counting as outside; None if empty."""
    if not region.any():
        return None
    depth = ndimage.distance_transform_edt(np.pad(region, 1))[1:-1, 1:-1]
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return int(x), int(y)


def agreed_region(target: np.ndarray, readers: np.ndarray) -> np.ndarray:
    """The part of the target where most readers agree; both [H,W], `readers` being their mean or count."""
    if not target.any():
        return target
    return target & (readers >= readers[target].max() - 1e-3)


def random_inside(target: np.ndarray, random: np.random.Generator) -> tuple[int, int] | None:
    """(x, y) of a pixel of the target, drawn by its depth."""
    if not target.any():
        return None
    depth = ndimage.distance_transform_edt(np.pad(target, 1))[1:-1, 1:-1]
    weights = np.cumsum(depth.ravel())
    y, x = np.unravel_index(int(np.searchsorted(weights, random.random() * weights[-1])), depth.shape)
    return int(x), int(y)


def error_click(predicted: np.ndarray, target: np.ndarray) -> tuple[int, int, bool] | None:
    """(x, y, label) at the deepest point of the largest component of the error; None when there is none."""
    best: tuple[int, np.ndarray, bool] | None = None
    for wrong, label in ((target & ~predicted, True), (predicted & ~target, False)):
        components, count = ndimage.label(wrong)
        if count == 0:
            continue
        sizes = np.bincount(components.ravel())
        sizes[0] = 0
        largest = int(sizes.argmax())
        if best is None or sizes[largest] > best[0]:
            best = int(sizes[largest]), components == largest, label
    if best is None:
        return None
    ys, xs = np.nonzero(best[1])
    top, left = ys.min(), xs.min()
    point = deepest(best[1][top : ys.max() + 1, left : xs.max() + 1])
    return None if point is None else (point[0] + int(left), point[1] + int(top), best[2])


def point_map(x: float, y: float, size: int) -> torch.Tensor:
    """exp(-d^2 / 2 sigma^2) around a point in model pixels: [size,size]."""
    steps = torch.arange(size, dtype=torch.float32)
    across = torch.exp(-((steps - x) ** 2) / (2 * POINT_SIGMA**2))
    down = torch.exp(-((steps - y) ** 2) / (2 * POINT_SIGMA**2))
    return down[:, None] * across[None, :]


def add_point(prompts: torch.Tensor, x: float, y: float, positive: bool) -> None:
    """Adds a point to one crop's prompt maps [4,S,S] in place; several points keep the larger value."""
    channel = 0 if positive else 1
    prompts[channel] = torch.maximum(prompts[channel], point_map(x, y, prompts.shape[-1]))


def add_line(prompts: torch.Tensor, path: list[tuple[float, float]], positive: bool) -> None:
    """Adds a line to one crop's prompt maps in place: a row of points at most one model pixel apart, as the engine draws it."""
    add_point(prompts, *path[0], positive)
    for (x, y), (to_x, to_y) in zip(path, path[1:]):
        steps = max(1, int(np.ceil(np.hypot(to_x - x, to_y - y))))
        for step in range(1, steps + 1):
            add_point(prompts, x + (to_x - x) * step / steps, y + (to_y - y) * step / steps, positive)


def line_through(point: tuple[int, int], target: np.ndarray, random: np.random.Generator) -> list[tuple[float, float]]:
    """The path of a line drawn through a point of the target in the direction, of a few tried, in which it stays inside longest; not quite
    to the border."""
    x, y = point
    best: tuple[float, list[tuple[float, float]]] = (-1.0, [(x, y)])
    for angle in random.uniform(0, np.pi, 4):
        ends = []
        for sign in (1, -1):
            dx, dy = sign * np.cos(angle), sign * np.sin(angle)
            reach = random.uniform(0.4, 0.9) * _way_inside(x, y, dx, dy, target)
            ends.append((x + reach * dx, y + reach * dy))
        length = float(np.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]))
        if length > best[0]:
            best = length, [ends[0], (float(x), float(y)), ends[1]]
    return best[1]


def _way_inside(x: float, y: float, dx: float, dy: float, target: np.ndarray) -> int:
    """Steps of one pixel from (x, y) in a direction before it leaves the target."""
    height, width = target.shape
    steps = 0
    while True:
        u, v = round(x + (steps + 1) * dx), round(y + (steps + 1) * dy)
        if not (0 <= u < width and 0 <= v < height and target[v, u]):
            return steps
        steps += 1


def set_box(prompts: torch.Tensor, left: float, top: float, right: float, bottom: float) -> None:
    """Marks the model pixels whose centre lies in the box, in place on one crop's prompt maps [4,S,S]."""
    steps = torch.arange(prompts.shape[-1], dtype=torch.float32)
    inside = ((steps >= top) & (steps <= bottom))[:, None] & ((steps >= left) & (steps <= right))[None, :]
    prompts[2] = inside.float()
