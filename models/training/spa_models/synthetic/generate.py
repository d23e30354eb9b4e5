"""A cache of synthetic slices in the same layout as the multi-reader data.

    python -m spa_models.synthetic.generate --count 4000 --seed 7 --out FILE.npz
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from .imaging import render
from .readers import draw_mask, draw_style
from .structure import draw_structure
from .tessellation import draw_tessellation

SIZE = 128
READERS = 4
TESSELLATION_SHARE = 0.45


def generate_slice(seed: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """image uint8 [128,128], masks bool [4,128,128], styles float32 [4,6]; the same seed gives the same slice."""
    random = np.random.default_rng(seed)
    if random.random() < TESSELLATION_SHARE:
        structure, grey = draw_tessellation(random, SIZE)
    else:
        structure = draw_structure(random, SIZE)
        grey = render(structure, random)
    image = np.round(grey * 255).astype(np.uint8)
    styles = [draw_style(random) for _ in range(READERS)]
    masks = np.stack([draw_mask(structure, style, random) for style in styles])
    return image, masks, np.stack([style.vector() for style in styles])


def write_slices(out: Path, slices: list[tuple[np.ndarray, np.ndarray, np.ndarray]], name: str) -> None:
    """Writes slices as image, masks_packed, styles, patient; every slice is a patient of its own."""
    images, masks, styles = zip(*slices, strict=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial.npz")
    np.savez_compressed(
        partial,
        image=np.stack(images),
        masks_packed=np.stack([np.packbits(mask.reshape(-1)) for mask in masks]),
        styles=np.stack(styles),
        patient=np.array([f"{name}-{index}" for index in range(len(slices))]),
    )
    partial.replace(out)


def generate(count: int, seed: int, out: Path) -> None:
    """Writes `count` slices drawn from the seed."""
    write_slices(out, [generate_slice((seed, index)) for index in range(count)], f"synthetic-{seed}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    generate(options.count, options.seed, options.out)


if __name__ == "__main__":
    main()
