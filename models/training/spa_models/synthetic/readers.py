"""Readers with a style: what of a structure they count, and how they draw its border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .shapes import Random
from .structure import Structure


SPREAD = 0.45
"""Standard deviation of `level` and of `halo` among readers, before they are cut off at the ends."""
HALO_MIDDLE = 0.5
COUNTING = {"spicules": 0.5, "satellites": 0.5, "hole": 0.6}
"""Share of the readers who count a part."""


@dataclass(frozen=True)
class Style:
    """`level` in [-1,1]: tight to generous on a soft border; `halo` in [0,1]: share of the penumbra that is included;
    `smoothing` in [0,1]: how much detail is ironed out; `spicules`, `satellites`, `hole`: whether these parts are counted."""

    level: float
    halo: float
    smoothing: float
    spicules: bool
    satellites: bool
    hole: bool

    def vector(self) -> np.ndarray:
        return np.array([self.level, self.halo, self.smoothing, self.spicules, self.satellites, self.hole], np.float32)


def draw_style(random: Random) -> Style:
    return Style(
        float(np.clip(random.normal(0, SPREAD), -1, 1)),
        float(np.clip(random.normal(HALO_MIDDLE, SPREAD), 0, 1)),
        float(random.random() ** 2),
        *(bool(random.random() < share) for share in COUNTING.values()),
    )


def draw_mask(structure: Structure, style: Style, random: Random) -> np.ndarray:
    """The mask a reader of this style draws: bool [size,size]. The hand shakes a little, so it is never quite the same."""
    reach = style.level * min(0.8 + 0.8 * structure.softness + 0.05 * structure.radius, 0.4 * structure.radius)
    reach += style.halo * structure.penumbra + random.normal(0, 0.15)
    parts = structure.body < reach
    if structure.hole.any() and not style.hole:
        parts &= ~structure.hole
    if style.spicules:
        parts |= structure.spicules
    if style.smoothing > 0.15:
        parts = ndimage.gaussian_filter(parts.astype(np.float32), style.smoothing * min(2.5, 0.25 * structure.radius)) > 0.5
    if style.satellites:
        parts |= structure.satellites
    return parts
