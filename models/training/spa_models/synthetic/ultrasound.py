"""Scenes as ultrasound shows them: layers, fascia, speckle whose grain is wider than deep, shadows, log compression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .imaging import presence
from .shapes import Random, blob, noise_field
from .structure import Structure, draw_structure

DARKEST = 0.0
"""Echogenicity of fluid; tissue lies between .15 and .8. Everything is on the scale of the screen, that is logarithmic."""


@dataclass(frozen=True)
class Echoes:
    """Inside of a structure. `level`: mean echogenicity; `through`: how much brighter (or darker: a shadow) all below it is."""

    level: float
    texture: np.ndarray
    through: float


SMALLEST_RADIUS = 4
"""In pixels. A smaller structure would be no larger than the speckle."""
LEAST_IN_VIEW = 0.7
"""Of the structure, in what the probe sees."""
BORDER, DARKEST_BORDER = 4, 0.06
"""So many pixels on both sides of the border are at least so bright in the mean: where all is black nobody could draw."""


def draw_ultrasound(random: Random, size: int) -> tuple[Structure, np.ndarray]:
    """A structure and the image around it, grey values in [0,1], float32 [size,size]; depth goes from the first row to the last."""
    while True:
        picture = _picture(random, size)
        structure = draw_structure(random, size)
        inside = structure.body < 0
        if structure.radius < SMALLEST_RADIUS or not inside.any() or picture[inside].mean() < LEAST_IN_VIEW:
            continue
        grey = _probe(_scene(random, structure, inside), random) * picture
        if grey[np.abs(structure.body) < BORDER].mean() > DARKEST_BORDER:
            return structure, grey


def _scene(random: Random, structure: Structure, inside: np.ndarray) -> np.ndarray:
    """Echogenicity of the structure in its surroundings."""
    size = len(inside)
    tissue = _tissue(random, size)
    around = structure.body > 1.5
    for _ in range(random.integers(0, 5)):  # vessels, muscles, nodes: some touch the structure
        place = tuple(random.uniform(0, size, 2))
        region = blob(random, size, place, float(np.exp(random.uniform(np.log(3), np.log(size * 0.25)))), 0.15) & around
        if region.any():
            tissue = _insert(tissue, _soft(region, random.uniform(0.4, 1.2)), _echoes(random, size, float(tissue[region].mean())))
    own = _echoes(random, size, float(tissue[inside].mean()))
    tissue = _insert(tissue, presence(structure, random), own)
    if structure.hole.any():
        tissue = _insert(tissue, _soft(structure.hole, 0.6), _echoes(random, size, own.level))
    if random.random() < 0.4:  # a wall or a capsule, bright or dark
        distance = np.abs(structure.body - random.uniform(-0.5, 1.5))
        wall = np.clip(1.2 - distance / random.uniform(0.7, 2.0), 0, 1) * random.uniform(0.4, 1)
        tissue = tissue * (1 - wall) + (random.uniform(0.6, 1.0) if random.random() < 0.7 else random.uniform(0, 0.2)) * wall
    return tissue


def _tissue(random: Random, size: int) -> np.ndarray:
    """Wavy layers, each with its own echogenicity, and fibres along them that are brighter or darker."""
    y, x = np.mgrid[:size, :size].astype(np.float32)
    waves = noise_field(random, size, size / random.uniform(1.5, 4)) * random.uniform(0, 0.06) * size
    depth = y + waves + (x - size / 2) * random.normal(0, 0.12)
    borders = np.sort(random.uniform(0, size, random.integers(1, 6)))
    layer = np.searchsorted(borders, depth.ravel()).reshape(size, size)
    levels = np.clip(random.normal(random.uniform(0.25, 0.6), 0.15, len(borders) + 1), 0.08, 0.85)
    tissue = ndimage.gaussian_filter(levels[layer].astype(np.float32), 0.8)
    for border in borders:  # fascia
        if random.random() < 0.5:
            line = np.clip(1 - np.abs(depth - border) / random.uniform(0.8, 2.5), 0, 1)
            broken = np.clip(noise_field(random, size, random.uniform(6, 30)) + random.uniform(-0.5, 1.5), 0, 1)
            tissue = np.maximum(tissue, line * broken * random.uniform(0.5, 1.0))
    if random.random() < 0.75:
        long, thick = random.uniform(3, 14), random.uniform(0.5, 1.3)
        fibres = _along(ndimage.gaussian_filter(random.standard_normal((2 * size, size)), (thick, long)), depth)
        fibres = fibres / fibres.std()
        tissue = tissue + np.clip(fibres - random.uniform(0.3, 1.5), 0, 3) * random.uniform(0.05, 0.3)
    return tissue + noise_field(random, size, random.uniform(4, 30)) * random.uniform(0, 0.08)


def _along(texture: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """A texture [2 size, size] bent so that its rows follow the layers: [size,size]."""
    size = depth.shape[1]
    x = np.broadcast_to(np.arange(size, dtype=np.float32), depth.shape)
    return ndimage.map_coordinates(texture, [depth + size / 2, x], order=1, mode="reflect")


def _echoes(random: Random, size: int, around: float) -> Echoes:
    """Fluid, darker than its surroundings, brighter, as bright, or a honeycomb as a nerve is."""
    kind = random.random()
    none = np.zeros((size, size), np.float32)
    grain = noise_field(random, size, random.uniform(1.5, 8)) * random.uniform(0, 0.12)
    if kind < 0.28:
        return Echoes(random.uniform(DARKEST, 0.08), none, random.uniform(0, 0.2) if random.random() < 0.7 else 0.0)
    if kind < 0.55:
        return Echoes(around * random.uniform(0.3, 0.8), grain, random.uniform(-0.35, 0.1) if random.random() < 0.5 else 0.0)
    if kind < 0.72:
        return Echoes(min(1.0, around + random.uniform(0.12, 0.5)), grain, random.uniform(-0.4, 0) if random.random() < 0.4 else 0.0)
    if kind < 0.9:
        cells = np.clip(noise_field(random, size, random.uniform(2.5, 6)) + random.uniform(-0.6, 0.6), -1, 1)
        return Echoes(min(0.8, around + random.uniform(-0.05, 0.25)), cells * random.uniform(0.1, 0.3), 0.0)
    return Echoes(around, grain + 0.04, 0.0)


def _soft(region: np.ndarray, width: float) -> np.ndarray:
    return ndimage.gaussian_filter(region.astype(np.float32), width)


def _insert(tissue: np.ndarray, filled: np.ndarray, echoes: Echoes) -> np.ndarray:
    """The structure in its place, and what it does to the echoes from below it."""
    shadow = ndimage.gaussian_filter(np.maximum.accumulate(filled, 0) - filled, (0, 1.5)) * echoes.through
    inside = np.clip(echoes.level + echoes.texture, 0, 1.2)
    return np.clip(tissue + shadow, 0, 1.2) * (1 - filled) + inside * filled


def _probe(tissue: np.ndarray, random: Random) -> np.ndarray:
    """What probe and machine make of the echogenicity: depth, shadows, speckle, compression, smoothing."""
    size = len(tissue)
    y = np.linspace(0, 1, size, dtype=np.float32)[:, None]
    tissue = tissue - random.uniform(0, 0.45) * np.clip(y - random.uniform(0, 0.6), 0, 1)
    if random.random() < 0.35:  # bone, gas, or a probe that has lost touch
        place, width, start = random.uniform(0, size), random.uniform(3, size * 0.3), random.uniform(-0.3, 0.9)
        dark = np.exp(-(((np.arange(size) - place) / width) ** 4))[None] * (y > start)
        tissue = tissue - ndimage.gaussian_filter(dark, 1.5) * random.uniform(0.1, 0.8)
    deep, wide = random.uniform(0.35, 1.0), random.uniform(0.6, 2.2)
    field = [ndimage.gaussian_filter(random.standard_normal((size, size)), (deep, wide)) for _ in "ab"]
    speckle = np.hypot(*field)
    speckle = np.log(speckle / speckle.mean() + 0.05)  # multiplicative, hence a sum on the screen's scale
    image = tissue + (speckle - speckle.mean()) * random.uniform(0.03, 0.16)
    image = ndimage.gaussian_filter(image, random.uniform(0, 0.9))
    image = np.clip(image, 0, 1) ** np.exp(random.uniform(-0.3, 0.6)) * random.uniform(0.75, 1.1)
    return np.clip(image, 0, 1).astype(np.float32)


def _picture(random: Random, size: int) -> np.ndarray:
    """1 where the probe sees, 0 outside: all of the image, a band of it, or a sector."""
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    kind = random.random()
    if kind < 0.6:
        return np.ones((size, size), np.float32)
    if kind < 0.8:
        top, bottom, left, right = random.uniform(0, 0.2, 4)
        return ((y >= top) & (y <= 1 - bottom) & (x >= left / 2) & (x <= 1 - right / 2)).astype(np.float32)
    up, half = random.uniform(0.05, 0.6), random.uniform(0.4, 0.9)
    angle = np.arctan2(x - 0.5 - random.uniform(-0.1, 0.1), y + up)
    return ((np.abs(angle) < half) & (np.hypot(x - 0.5, y + up) > up)).astype(np.float32)
