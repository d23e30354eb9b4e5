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

SIZE = 128
READERS = 4


def generate_slice(seed: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """image uint8 [128,128], masks bool [4,128,128], styles float32 [4,6]; the same seed gives the same slice."""
    random = np.random.default_rng(seed)
    structure = draw_structure(random, SIZE)
    image = np.round(render(structure, random) * 255).astype(np.uint8)
    styles = [draw_style(random) for _ in range(READERS)]
    masks = np.stack([draw_mask(structure, style, random) for style in styles])
    return image, masks, np.stack([style.vector() for style in styles])


def generate(count: int, seed: int, out: Path) -> None:
    """Writes `count` slices as image, masks_packed, styles, patient."""
    images, packed, styles = [], [], []
    for index in range(count):
        image, masks, style = generate_slice((seed, index))
        images.append(image)
        packed.append(np.packbits(masks.reshape(-1)))
        styles.append(style)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial.npz")
    np.savez_compressed(
        partial,
        image=np.stack(images),
        masks_packed=np.stack(packed),
        styles=np.stack(styles),
        patient=np.array([f"synthetic-{seed}-{index}" for index in range(count)]),
    )
    partial.replace(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    generate(options.count, options.seed, options.out)


if __name__ == "__main__":
    main()
