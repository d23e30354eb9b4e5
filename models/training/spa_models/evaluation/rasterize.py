"""Polygons in the pixels of a slice as masks on a square grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Ring = np.ndarray
"""float [k,2]: x, y of a closed polygon in pixels of the slice; an integer is the centre of a pixel."""

SAMPLES = 8
"""Samples along each side of a pixel: those inside the polygon decide whether the pixel counts."""


@dataclass(frozen=True)
class Frame:
    """Where a slice of `source` (rows, columns) lies in a square of `size` x `size` pixels: `height` x `width` of them at `top`, `left`."""

    source: tuple[int, int]
    size: int
    height: int
    width: int
    top: int
    left: int

    @staticmethod
    def around(source: tuple[int, int], spacing: tuple[float, float], size: int) -> Frame:
        """The slice in the middle, as large as fits, with square pixels. `spacing`: mm between rows and between columns."""
        extent = source[0] * spacing[0], source[1] * spacing[1]
        height, width = (max(1, round(side / max(extent) * size)) for side in extent)
        return Frame((source[0], source[1]), size, height, width, (size - height) // 2, (size - width) // 2)

    def place(self, ring: Ring) -> Ring:
        """The ring in pixels of the square."""
        rows, columns = self.source
        scale = np.array([self.width / columns, self.height / rows])
        return (np.asarray(ring, dtype=float) + 0.5) * scale - 0.5 + np.array([self.left, self.top])


def rasterize(rings: Sequence[Ring], frame: Frame) -> np.ndarray:
    """bool [size,size]: pixels of which more than half is inside. A ring inside another one is a hole."""
    positions = (np.arange(frame.size * SAMPLES) + 0.5) / SAMPLES - 0.5
    inside = np.zeros((len(positions), len(positions)), dtype=bool)
    for ring in rings:
        start = frame.place(ring)
        end = np.roll(start, -1, axis=0)
        for row in np.flatnonzero((positions >= start[:, 1].min()) & (positions <= start[:, 1].max())):
            y = positions[row]
            crossing = (start[:, 1] <= y) != (end[:, 1] <= y)
            (x0, y0), (x1, y1) = start[crossing].T, end[crossing].T
            for column in np.searchsorted(positions, x0 + (y - y0) / (y1 - y0) * (x1 - x0)):
                inside[row, column:] ^= True
    shares = inside.reshape(frame.size, SAMPLES, frame.size, SAMPLES).mean(axis=(1, 3))
    return shares > 0.5
