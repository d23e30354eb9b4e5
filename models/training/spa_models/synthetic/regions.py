"""Structures found in real images without any label: stable regions with a clear border, drawn by synthetic readers.

    python -m spa_models.synthetic.regions --images DICOM_DIR_OR_NPZ... --count 3000 --seed 5 --out FILE.npz

They bring the texture, blur, noise and neighbours of real scanners into training, where no reader's mask of such images is at hand.
A region grows from a pixel over a range of similar grey (as maximally stable extremal regions do, Matas et al. 2002); of all ranges the
one counts whose border has the steepest grey for what lies inside. Masks of the images, where a file has any, are not read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy import ndimage

from ..usage_error import UsageError
from .generate import READERS, write_slices
from .readers import draw_mask, draw_style
from .shapes import Random, signed_distance
from .structure import Structure

SIZE = 128
SMALLEST, LARGEST_SHARE = 40, 0.4
RANGES = np.geomspace(0.015, 0.3, 10)
STEEPER = 1.7
"""How many times steeper the grey must be on the border than inside."""
COMPACT = 0.52
"""Radius of the largest circle inside, as a share of that of a circle of the same area."""
TRIES = 60


def draw_region(random: Random, grey: np.ndarray) -> np.ndarray | None:
    """A region of a square image [size,size] in [0,1], from one pixel drawn at random; None when none has a clear border there."""
    smooth = ndimage.gaussian_filter(grey, random.choice([0.7, 1.2, 2.0, 3.0]))
    slope = ndimage.gaussian_gradient_magnitude(grey, 1.0)
    y, x = random.integers(6, len(grey) - 6, 2)
    level = float(smooth[y - 2 : y + 3, x - 2 : x + 3].mean())
    opening = int(random.integers(0, 4))
    best, steepest = None, STEEPER
    for reach in RANGES:
        region = _grow(np.abs(smooth - level) < reach, int(y), int(x), opening)
        if region is None:
            continue
        if region.sum() > LARGEST_SHARE * region.size:
            break
        contrast = _contrast(region, slope)
        if contrast > steepest:
            best, steepest = region, contrast
    return best


def _grow(alike: np.ndarray, y: int, x: int, opening: int) -> np.ndarray | None:
    """The part at the pixel, without threads thinner than the opening, its holes filled; None when it is no compact body."""
    if opening:
        alike = ndimage.distance_transform_edt(alike) > opening
    parts, _ = ndimage.label(alike)
    if parts[y, x] == 0:
        return None
    region = parts == parts[y, x]
    if opening:
        region = ndimage.distance_transform_edt(~region) <= opening
    region = ndimage.binary_fill_holes(region)
    area = int(region.sum())
    if area < SMALLEST:
        return None
    depth = ndimage.distance_transform_edt(np.pad(region, 1)).max()
    return region if depth > COMPACT * np.sqrt(area / np.pi) else None


def _contrast(region: np.ndarray, slope: np.ndarray) -> float:
    """Steepness of the border over that of the inside; 0 where much of the border is the image's own."""
    border = region ^ ndimage.binary_erosion(region, border_value=1)
    frame = np.ones_like(region)
    frame[1:-1, 1:-1] = False
    if (region & frame).sum() > 0.12 * border.sum() or not border.any():
        return 0.0
    inside = ndimage.binary_erosion(region, iterations=2)
    within = slope[inside].mean() if inside.any() else slope[region].mean()
    return float(np.median(slope[border]) / (within + 0.004))


def draw_slice(random: Random, images: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """image uint8 [128,128], masks bool [4,128,128], styles [4,6] from a random window of a random image [H,W] in [0,1]."""
    image = images[random.integers(len(images))]
    side = np.exp(random.uniform(np.log(min(80, min(image.shape))), np.log(min(image.shape))))
    top, left = (random.uniform(0, extent - side) for extent in image.shape)
    steps = (np.arange(SIZE) + 0.5) * side / SIZE - 0.5
    blurred = ndimage.gaussian_filter(image, max(0, 0.4 * (side / SIZE - 1)))
    grey = ndimage.map_coordinates(blurred, np.meshgrid(top + steps, left + steps, indexing="ij"), order=1, mode="nearest")
    grey = np.clip(grey, 0, 1).astype(np.float32)
    for _ in range(TRIES):
        region = draw_region(random, grey)
        if region is not None:
            break
    else:
        return None
    ys, xs = np.nonzero(region)
    nothing = np.zeros_like(region)
    body = ndimage.gaussian_filter(signed_distance(region), random.uniform(0, 1.2))
    centre, radius = (float(xs.mean()), float(ys.mean())), float(np.sqrt(region.sum() / np.pi))
    structure = Structure(centre, radius, body, nothing, nothing, nothing, float(random.uniform(0.25, 0.8)), 0.0)
    styles = [draw_style(random) for _ in range(READERS)]
    masks = np.stack([draw_mask(structure, style, random) for style in styles])
    return np.round(grey * 255).astype(np.uint8), masks, np.stack([style.vector() for style in styles])


def read_images(path: Path, random: Random) -> list[np.ndarray]:
    """Images [H,W] in [0,1] of an npz file, or of a folder of DICOM files through windows drawn at random around the usual ones."""
    if path.is_file():
        with np.load(path, allow_pickle=False) as archive:
            return [image.astype(np.float32) / 255 for image in archive["image"]]
    import pydicom

    images = []
    for file in sorted(path.rglob("*.dcm")):
        dataset = pydicom.dcmread(file)
        values = dataset.pixel_array.astype(np.float32)
        values = values * float(dataset.get("RescaleSlope", 1)) + float(dataset.get("RescaleIntercept", 0))
        for low, high in windows(dataset.Modality, values, random):
            images.append(np.clip((values - low) / (high - low), 0, 1))
    if not images:
        raise UsageError(f"{path}: no DICOM files (*.dcm) here. Give a folder that holds some, or an npz file with an array 'image'.")
    return images


def windows(modality: str, values: np.ndarray, random: Random) -> list[tuple[float, float]]:
    """Two windows (lowest, highest value): on CT usual ones, in HU, whose width varies around their centre."""
    if modality == "CT":
        usual = [(40, 400), (50, 300), (400, 1800), (0, 800)]
        chosen = [usual[index] for index in random.permutation(len(usual))[:2]]
        drawn = [(centre, width * np.exp(random.normal(0, 0.15))) for centre, width in chosen]
        return [(centre - width / 2, centre + width / 2) for centre, width in drawn]
    low, high = np.percentile(values, (1, 99.5))
    return [(low, low + (high - low) * random.uniform(0.9, 1.6)) for _ in range(2)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, nargs="+", required=True, help="npz files, or folders of DICOM files; each counts alike")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        sources = [read_images(path, np.random.default_rng((options.seed, index))) for index, path in enumerate(options.images)]
    except UsageError as error:
        parser.error(str(error))
    slices = []
    for index in range(options.count):
        random = np.random.default_rng((options.seed, 1000 + index))
        drawn = draw_slice(random, sources[index % len(sources)])
        if drawn is not None:
            slices.append(drawn)
    write_slices(options.out, slices, f"regions-{options.seed}")
    print(f"{len(slices)} of {options.count} windows held a region with a clear border -> {options.out}")


if __name__ == "__main__":
    main()
