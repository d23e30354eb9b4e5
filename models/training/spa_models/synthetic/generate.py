"""A cache of synthetic slices in the same layout as the multi-reader data.

    python -m spa_models.synthetic.generate --count 4000 --seed 7 --out FILE.npz
    python -m spa_models.synthetic.generate --count 400 --seed 11 --readers-of 50 --out FILE.npz
    python -m spa_models.synthetic.generate --count 3000 --seed 37 --scenes ultrasound --out FILE.npz

In the first every image has readers of its own. In the second the same four persons draw fifty images in a row, each always in the same
style: what a preference learnt on some of them is worth on the others can be measured (`npm run evaluate -- --profile`).
The third has no scene but those that look like ultrasound, which the others lack.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .imaging import render
from .readers import Style, draw_mask, draw_style
from .shapes import Random
from .structure import Structure, draw_structure
from .tessellation import draw_tessellation
from .ultrasound import draw_ultrasound

SIZE = 128
READERS = 4
TESSELLATION_SHARE = 0.45

Slice = tuple[np.ndarray, np.ndarray, np.ndarray]
Scene = Callable[[Random, int], tuple[Structure, np.ndarray]]


def draw_any(random: Random, size: int) -> tuple[Structure, np.ndarray]:
    """One structure before surroundings, or an image full of structures, of which one is meant."""
    if random.random() < TESSELLATION_SHARE:
        return draw_tessellation(random, size)
    structure = draw_structure(random, size)
    return structure, render(structure, random)


SCENES: dict[str, Scene] = {"any": draw_any, "ultrasound": draw_ultrasound}


def generate_slice(seed: tuple[int, int], styles: list[Style] | None = None, scene: Scene = draw_any) -> Slice:
    """image uint8 [128,128], masks bool [4,128,128], styles float32 [4,6]; the same seed gives the same slice.

    Without `styles` the readers are drawn for this slice alone."""
    random = np.random.default_rng(seed)
    structure, grey = scene(random, SIZE)
    image = np.round(grey * 255).astype(np.uint8)
    if styles is None:
        styles = [draw_style(random) for _ in range(READERS)]
    masks = np.stack([draw_mask(structure, style, random) for style in styles])
    return image, masks, np.stack([style.vector() for style in styles])


def draw_readers(seed: int, group: int) -> list[Style]:
    """The styles of one group of readers. Drawn as those of a slice are, but apart from them: three numbers, no slice's seed."""
    random = np.random.default_rng((seed, group, READERS))
    return [draw_style(random) for _ in range(READERS)]


def write_slices(out: Path, slices: list[Slice], name: str, groups: np.ndarray | None = None) -> None:
    """Writes slices as image, masks_packed, styles, patient; every slice is a patient of its own. `groups` [n] goes to `readers`: of
    slices with the same number there reader r is the same person."""
    images, masks, styles = zip(*slices, strict=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial.npz")
    np.savez_compressed(
        partial,
        image=np.stack(images),
        masks_packed=np.stack([np.packbits(mask.reshape(-1)) for mask in masks]),
        styles=np.stack(styles),
        patient=np.array([f"{name}-{index}" for index in range(len(slices))]),
        **({} if groups is None else {"readers": groups}),
    )
    partial.replace(out)


def generate(count: int, seed: int, out: Path, readers_of: int | None = None, scenes: str = "any") -> None:
    """Writes `count` slices drawn from the seed; with `readers_of` so many in a row are drawn by the same four readers."""
    name, scene = f"synthetic-{seed}", SCENES[scenes]
    if readers_of is None:
        write_slices(out, [generate_slice((seed, index), scene=scene) for index in range(count)], name)
        return
    groups = np.arange(count, dtype=np.int32) // readers_of
    readers = [draw_readers(seed, group) for group in range(int(groups[-1]) + 1)]
    slices = [generate_slice((seed, index), readers[group], scene) for index, group in enumerate(groups)]
    write_slices(out, slices, name, groups)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=_at_least_one, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--readers-of", type=_at_least_one, metavar="N", help="the same four readers draw N slices in a row")
    parser.add_argument("--scenes", choices=sorted(SCENES), default="any", help="what the images look like")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    generate(options.count, options.seed, options.out, options.readers_of, options.scenes)


def _at_least_one(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, and is {value}")
    return value


if __name__ == "__main__":
    main()
