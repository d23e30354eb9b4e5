"""Images with outlines, enlarged so that a person sees single pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class View:
    """A square part of an image, `top`, `left` and `side` in image pixels, drawn with `size` x `size` screen pixels."""

    top: int
    left: int
    side: int
    size: int

    def screen(self, x: float, y: float) -> tuple[float, float]:
        """Image pixel -> screen pixel."""
        scale = self.size / self.side
        return (x + 0.5 - self.left) * scale, (y + 0.5 - self.top) * scale


def view_of(masks: Sequence[np.ndarray], size: int, margin: float = 0.6, smallest: int = 24) -> View:
    """The square around all masks, with a margin as a share of its side; the whole image when nothing is drawn."""
    height, width = masks[0].shape
    union = np.any(np.stack(masks), axis=0)
    ys, xs = np.nonzero(union)
    if len(ys) == 0:
        return View(0, 0, max(height, width), size)
    extent = max(np.ptp(ys), np.ptp(xs)) + 1
    side = int(min(max(round(extent * (1 + 2 * margin)), smallest), max(height, width)))
    middle = (ys.min() + ys.max() + 1) / 2, (xs.min() + xs.max() + 1) / 2
    top, left = (int(round(np.clip(m - side / 2, 0, max(0, extent_of - side)))) for m, extent_of in zip(middle, (height, width)))
    return View(top, left, side, size)


def panel(pixels: np.ndarray, view: View, outlines: Sequence[tuple[np.ndarray, Colour]], fill: tuple[np.ndarray, Colour] | None = None) -> Image.Image:
    """uint8 [H,W] or [H,W,3] with `outlines` (later ones on top); `fill` tints the inside of a mask."""
    colour = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, -1)
    picture = Image.fromarray(_part(colour, view)).resize((view.size, view.size), Image.Resampling.BICUBIC)
    canvas = np.asarray(picture).astype(np.float32)
    if fill is not None:
        inside = _enlarged(fill[0], view)
        canvas[inside] = 0.72 * canvas[inside] + 0.28 * np.array(fill[1])
    for mask, line in outlines:
        inside = _enlarged(mask, view)
        canvas[inside & ~ndimage.binary_erosion(inside, iterations=2, border_value=1)] = line
    return Image.fromarray(canvas.astype(np.uint8))


def _enlarged(mask: np.ndarray, view: View) -> np.ndarray:
    part = Image.fromarray(_part(mask.astype(np.uint8) * 255, view))
    return np.asarray(part.resize((view.size, view.size), Image.Resampling.NEAREST)) > 127


def _part(values: np.ndarray, view: View) -> np.ndarray:
    """The view's pixels, black beyond the image."""
    part = values[view.top : view.top + view.side, view.left : view.left + view.side]
    missing = [(0, view.side - length) for length in part.shape[:2]] + [(0, 0)] * (values.ndim - 2)
    return np.pad(part, missing)
