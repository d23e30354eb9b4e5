"""Synthetic images in the folder layout of a hospital's own data, to try training before there is any.

    python -m spa_models.synthetic.folder --count 60 --seed 7 --out FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from .generate import generate_slice

IMAGES_PER_PATIENT = 2
READERS = ("anna", "ben", "carla", "david")


def write_folder(count: int, seed: int, out: Path) -> None:
    """images/NAME.png, masks/READER/NAME.png and patients.csv. The last reader did not look at every third image."""
    lines = []
    for index in range(count):
        name = f"image-{index:04d}"
        image, masks, _ = generate_slice((seed, index))
        _save(out / "images" / f"{name}.png", image)
        for number, reader in enumerate(READERS):
            if number < len(READERS) - 1 or index % 3:
                _save(out / "masks" / reader / f"{name}.png", masks[number].astype(np.uint8) * 255)
        lines.append(f"{name},patient-{index // IMAGES_PER_PATIENT:04d}\n")
    (out / "patients.csv").write_text("".join(lines), encoding="utf-8")


def _save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_folder(options.count, options.seed, options.out)


if __name__ == "__main__":
    main()
