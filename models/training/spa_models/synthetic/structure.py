"""The structure a reader is to draw: its parts, kept apart because readers differ in which of them they count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .shapes import Random, blob, lobes, noise_field, signed_distance, spicules, tube


@dataclass(frozen=True)
class Structure:
    """All maps [size,size]. `body` is a signed distance in pixels; the rest are bool parts that may be empty.

    `softness`: width in pixels over which the border fades. `penumbra`: how far a faint halo reaches (0: none).
    """

    centre: tuple[float, float]
    radius: float
    body: np.ndarray
    hole: np.ndarray
    spicules: np.ndarray
    satellites: np.ndarray
    softness: float
    penumbra: float


def draw_structure(random: Random, size: int) -> Structure:
    """A blob, a lobed organ, a ring, a vessel or a patch of noise, from a few pixels to most of the image."""
    radius = float(np.exp(random.uniform(np.log(2.6), np.log(size * 0.36))))
    margin = min(radius * 0.8, size * 0.36)
    centre = tuple(random.uniform(margin, size - margin, 2)) if random.random() < 0.5 else tuple(random.normal(size / 2, 6, 2))
    region, hole = _region(random, size, centre, radius)
    body = signed_distance(region)
    if random.random() < 0.5:
        body = body + noise_field(random, size, max(3, radius * 0.5)) * min(2.0, 0.07 * radius)
    nothing = np.zeros((size, size), bool)
    soft = random.random()
    softness = random.uniform(0.25, 0.7) if soft < 0.45 else min(random.uniform(0.7, 3.0), 0.3 * radius + 0.3)
    penumbra = random.uniform(0.2, 0.7) * min(radius, 14) if random.random() < 0.3 else 0.0
    rays = spicules(random, size, centre, radius) & (body > -1) if random.random() < 0.2 else nothing
    return Structure(centre, radius, body, hole, rays, _satellites(random, size, centre, radius), softness, penumbra)


def _region(random: Random, size: int, centre: tuple[float, float], radius: float) -> tuple[np.ndarray, np.ndarray]:
    nothing = np.zeros((size, size), bool)
    kind = random.random()
    if kind < 0.42:
        return blob(random, size, centre, radius, random.uniform(0, 0.35)), nothing
    if kind < 0.68:
        return lobes(random, size, centre, radius), nothing
    if kind < 0.82:
        outer = blob(random, size, centre, radius, 0.12)
        return outer, signed_distance(outer) < -radius * random.uniform(0.25, 0.6)
    if kind < 0.92:
        return tube(random, size, centre, min(radius * 4, size * 0.8), max(3.0, radius * random.uniform(0.3, 0.6))), nothing
    patch = noise_field(random, size, max(4.0, radius)) > 0.3
    return (patch & blob(random, size, centre, radius * 1.2, 0.2)) | blob(random, size, centre, radius * 0.4, 0.1), nothing


def _satellites(random: Random, size: int, centre: tuple[float, float], radius: float) -> np.ndarray:
    region = np.zeros((size, size), bool)
    if random.random() > 0.2:
        return region
    for _ in range(random.integers(1, 4)):
        angle, reach = random.uniform(0, 2 * np.pi), radius * random.uniform(1.2, 1.7) + 2
        place = (centre[0] + reach * np.cos(angle), centre[1] + reach * np.sin(angle))
        region |= blob(random, size, place, max(1.3, radius * random.uniform(0.12, 0.3)), 0.1)
    return region
