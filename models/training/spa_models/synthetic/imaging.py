"""How a scanner would show a structure: surroundings, contrast, blur, noise, window."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .shapes import Random, blob, noise_field, tube
from .structure import Structure


def render(structure: Structure, random: Random) -> np.ndarray:
    """Grey values in [0,1], float32 [size,size]."""
    size = structure.body.shape[0]
    ground, contrast = _levels(random)
    image = _surroundings(random, size, ground, ground + contrast, structure)
    inside = presence(structure, random)
    texture = noise_field(random, size, random.uniform(1.5, 8)) * random.uniform(0, 0.25) * abs(contrast)
    image = image * (1 - inside) + (ground + contrast + texture) * inside
    if structure.hole.any():
        hole = ndimage.gaussian_filter(structure.hole.astype(np.float32), 0.6)
        image = image * (1 - hole) + (ground + contrast * random.uniform(-0.4, 0.5)) * hole
    return scan(image, random)


def presence(structure: Structure, random: Random) -> np.ndarray:
    """How much of each pixel the structure fills, its halo and its small parts included: 0..1, [size,size]."""
    inside = 1 / (1 + np.exp(np.clip(structure.body / (0.5 * structure.softness), -30, 30)))
    if structure.penumbra > 0:
        faint = random.uniform(0.2, 0.55)
        halo = 1 / (1 + np.exp(np.clip((structure.body - structure.penumbra) / (0.3 + 0.15 * structure.penumbra), -30, 30)))
        inside = np.maximum(inside, faint * halo)
    inside = np.maximum(inside, structure.spicules * random.uniform(0.4, 0.9))
    return np.maximum(inside, structure.satellites * random.uniform(0.6, 1.0))


def _levels(random: Random) -> tuple[float, float]:
    """Grey of the ground and how much the structure differs from it, of either sign."""
    contrast = random.uniform(0.12, 0.75) * (1 if random.random() < 0.65 else -1)
    low, high = (0.05, 0.95 - contrast) if contrast > 0 else (0.05 - contrast, 0.95)
    return float(random.uniform(low, max(high, low + 0.01))), float(contrast)


def _surroundings(random: Random, size: int, ground: float, same: float, structure: Structure) -> np.ndarray:
    image = np.full((size, size), ground, np.float32)
    image += noise_field(random, size, random.uniform(8, 40)) * random.uniform(0, 0.06)
    away = structure.body > 1.2
    for _ in range(random.integers(0, 5)):  # other organs, some as bright as the structure itself
        region = blob(random, size, tuple(random.uniform(0, size, 2)), random.uniform(4, 40), 0.25) & away
        level = same if random.random() < 0.35 else random.uniform(0, 1)
        soft = ndimage.gaussian_filter(region.astype(np.float32), random.uniform(0.4, 1.5))
        image = image * (1 - soft) + level * soft
    if random.random() < 0.3:  # a wall close to the structure, often of the same grey
        image = _wall(random, image, same if random.random() < 0.6 else random.uniform(0, 1), structure)
    for _ in range(random.integers(0, 7) if random.random() < 0.5 else 0):
        place = tuple(random.uniform(0, size, 2))
        vessel = tube(random, size, place, random.uniform(15, size), random.uniform(1, 5)) & away
        soft = ndimage.gaussian_filter(vessel.astype(np.float32), 0.6)
        image = image * (1 - soft) + (same if random.random() < 0.6 else random.uniform(0, 1)) * soft
    return image + noise_field(random, size, random.uniform(1.5, 6)) * random.uniform(0, 0.08)


def _wall(random: Random, image: np.ndarray, level: float, structure: Structure) -> np.ndarray:
    size = len(image)
    y, x = np.mgrid[:size, :size].astype(np.float32)
    angle = random.uniform(0, 2 * np.pi)
    across = (x - structure.centre[0]) * np.cos(angle) + (y - structure.centre[1]) * np.sin(angle)
    border = structure.radius * random.uniform(0.6, 1.3) + noise_field(random, size, 30) * 2
    wall = 1 / (1 + np.exp(np.clip(-(across - border) / 0.5, -30, 30)))
    return image * (1 - wall) + level * wall


def scan(image: np.ndarray, random: Random) -> np.ndarray:
    """What a scanner adds: bias, blur, noise of its kind, a window; grey values in [0,1], float32 [size,size]."""
    size = len(image)
    if random.random() < 0.4:
        image = image * (1 + 0.18 * noise_field(random, size, size / 2))
    image = ndimage.gaussian_filter(image, random.uniform(0, 1.1))
    kind, deviation = random.random(), random.uniform(0, 0.1)
    grain = random.standard_normal((size, size))
    if random.random() < 0.5:
        grain = ndimage.gaussian_filter(grain, random.uniform(0.4, 1.0))
        grain /= grain.std()
    if kind < 0.5:
        image = image + deviation * grain
    elif kind < 0.75:  # Rician: the magnitude of a complex signal
        image = np.hypot(image + deviation * grain, deviation * random.standard_normal((size, size)))
    else:  # speckle: multiplicative, with a grain of a few pixels
        speckle = np.hypot(*(ndimage.gaussian_filter(random.standard_normal((size, size)), random.uniform(0.5, 1.4)) for _ in "ab"))
        strength = random.uniform(0.2, 0.8)
        image = image * (1 - strength + strength * speckle / speckle.mean())
    low, high = np.percentile(image, (random.uniform(0, 3), random.uniform(97, 100)))
    if random.random() < 0.5:
        image = (image - low) / max(high - low, 0.05)
    return np.clip(image, 0, 1).astype(np.float32)
