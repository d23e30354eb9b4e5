"""Scenes without any background: the whole image is divided into neighbouring structures, one of which is to be drawn."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .imaging import scan
from .shapes import Random, noise_field, signed_distance
from .structure import Structure

SMALLEST, LARGEST_SHARE = 30, 0.45


def draw_tessellation(random: Random, size: int) -> tuple[Structure, np.ndarray]:
    """A structure and the image around it, grey values in [0,1], float32 [size,size].

    Labels are the largest of several smooth fields at each pixel (as in SynthMorph, Hoffmann et al. 2022); every label has its own
    grey and texture, and several may share a grey, as organs do.
    """
    while True:
        labels = _labels(random, size)
        region = _choose(random, labels)
        if region is not None:
            break
    softness = float(random.uniform(0.25, 1.2))
    image = _paint(random, labels, region, softness)
    ys, xs = np.nonzero(region)
    nothing = np.zeros((size, size), bool)
    centre = (float(xs.mean()), float(ys.mean()))
    radius = float(np.sqrt(region.sum() / np.pi))
    return Structure(centre, radius, signed_distance(region), nothing, nothing, nothing, softness, 0.0), scan(image, random)


def _labels(random: Random, size: int) -> np.ndarray:
    grain = np.exp(random.uniform(np.log(size / 9), np.log(size / 2)))
    count = int(random.integers(2, 7))
    fields = np.stack([noise_field(random, size, grain) for _ in range(count)])
    fields += random.normal(0, 0.5, (count, 1, 1))
    if random.random() < 0.5:  # rougher borders
        fields += np.stack([noise_field(random, size, max(3, grain / 4)) for _ in range(count)]) * random.uniform(0, 0.3)
    return fields.argmax(0)


def _choose(random: Random, labels: np.ndarray) -> np.ndarray | None:
    """A connected region of one label that has a body, not only arms; None when there is none."""
    regions = []
    for label in np.unique(labels):
        parts, count = ndimage.label(labels == label)
        for number in range(1, count + 1):
            region = parts == number
            area = int(region.sum())
            if not SMALLEST <= area <= LARGEST_SHARE * region.size:
                continue
            depth = ndimage.distance_transform_edt(np.pad(region, 1)).max()
            if depth > 0.4 * np.sqrt(area / np.pi):
                regions.append(region)
    return regions[random.integers(len(regions))] if regions else None


def _paint(random: Random, labels: np.ndarray, region: np.ndarray, softness: float) -> np.ndarray:
    size = len(labels)
    greys = random.uniform(0, 1, labels.max() + 1)
    own = labels[region][0]
    if random.random() < 0.3:  # a neighbour of almost the same grey
        greys[random.integers(len(greys))] = np.clip(greys[own] + random.normal(0, 0.05), 0, 1)
    rest = np.delete(np.arange(len(greys)), own)
    near = np.abs(greys[rest] - greys[own]).min() if len(rest) else 1
    if near < 0.08 and random.random() < 0.7:
        greys[own] = (greys[own] + 0.5) % 1
    image = greys[labels].astype(np.float32)
    for label in range(len(greys)):
        texture = noise_field(random, size, random.uniform(1.0, 8)) * random.uniform(0, 0.12) * (random.random() < 0.6)
        image += texture * (labels == label)
    if random.random() < 0.25:  # a capsule or a wall around it
        distance = np.abs(signed_distance(region) - random.uniform(0, 1.5))
        wall = np.clip(1.2 - distance / random.uniform(0.7, 1.6), 0, 1)
        image = image * (1 - wall) + random.uniform(0, 1) * wall
    return ndimage.gaussian_filter(image, 0.6 * softness)
