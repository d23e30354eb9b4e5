"""Readers of a stable style on real images, for `npm run evaluate -- --profile`: the majority of the file's readers, its border moved.

    python -m spa_models.evaluation.steady_readers --data DATA/lidc/val.npz --out cache/steady.npz

Reader r of the result is one person on all images: one draws as the majority does, the others so many pixels farther in or out. In LIDC
the readers differ from patient to patient, and images from the generator are hard to find the structure in: here the structure is easily
found, and what is left is how the reader draws.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import ndimage

from ..data.dataset_error import DatasetError
from ..data.slices import SMALLEST_TARGET, load_slices

OFFSETS = (-1.1, 0.0, 1.0, 2.5)
"""Of each reader's border from that of the majority, in pixels, outwards positive."""


def redraw(masks: np.ndarray, offsets: Sequence[float] = OFFSETS) -> np.ndarray | None:
    """bool [R,H,W] of several readers -> bool [len(offsets),H,W]; None where a mask would have too few pixels to be wanted."""
    drew = masks[masks.any((1, 2))]
    majority = 2 * drew.sum(0) >= max(1, len(drew))
    if not majority.any():
        return None
    # Both distances are those of pixel centres: the border lies half a pixel before either.
    beyond = ndimage.distance_transform_edt(~majority) - ndimage.distance_transform_edt(majority) + np.where(majority, 0.5, -0.5)
    drawn = np.stack([beyond <= offset for offset in offsets])
    return None if drawn.sum((1, 2)).min() < SMALLEST_TARGET else drawn


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="npz with several readers' masks")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    slices = load_slices(options.data)
    drawn = [redraw(slices.masks([row])[0]) for row in range(len(slices))]
    rows = [row for row, masks in enumerate(drawn) if masks is not None]
    if not rows:
        raise DatasetError(f"{options.data} has no structure that is large enough to be drawn {-min(OFFSETS)} pixels farther in.")
    packed = np.stack([np.packbits(drawn[row]) for row in rows])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, image=slices.images[rows], masks_packed=packed, patient=slices.patients[rows])
    print(f"{options.out}: {len(rows)} of {len(slices)} images, {len(OFFSETS)} readers")


if __name__ == "__main__":
    main()
