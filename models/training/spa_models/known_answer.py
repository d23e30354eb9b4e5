"""Section `check` of a manifest: an input given by formulas, and some of the logits that it must lead to.

Before its first image the viewer asks for them: there are graphics drivers that compute wrong without an error.
"""

from __future__ import annotations

import math

import numpy as np

IMAGE = "sin(0.13 * row) + cos(0.09 * column)"


def known_image(channels: int, size: int) -> np.ndarray:
    """[1,channels,size,size], fed as it is, without mean and standard deviation."""
    row, column = np.mgrid[:size, :size].astype(np.float64)
    image = (np.sin(0.13 * row) + np.cos(0.09 * column)).astype(np.float32)
    return np.broadcast_to(image, (1, channels, size, size)).copy()


def known_point(size: int) -> tuple[int, int]:
    """(x, y) of a positive point, in model pixels; near the middle, but not in it."""
    return size * 25 // 48, size * 11 // 24


def known_latent(dimensions: int) -> np.ndarray:
    """[1,dimensions]"""
    return np.array([[round(math.sin(1 + n), 6) for n in range(dimensions)]], np.float32)


def known_answer(logits: np.ndarray, point: tuple[int, int], latent: np.ndarray) -> dict:
    """`logits` [L,L] that `known_image`, the point and the latent [1,D] lead to; sixteen of their pixels are told."""
    size = logits.shape[-1]
    places = [(size * r // 5, size * c // 5) for r in range(1, 5) for c in range(1, 5)]
    return {
        "image": IMAGE,
        "point": {"x": point[0], "y": point[1]},
        "latent": [float(value) for value in latent.reshape(-1)],
        "logits": [{"row": r, "column": c, "value": round(float(logits[r, c]), 5)} for r, c in places],
    }
