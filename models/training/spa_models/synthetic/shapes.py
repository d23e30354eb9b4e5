"""Structures on a pixel grid as signed distances in pixels (negative inside), and small random fields."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

Random = np.random.Generator


def signed_distance(inside: np.ndarray) -> np.ndarray:
    """Signed distance to the border of a bool [H,W] region: negative inside, 0 on the border between two pixels."""
    if not inside.any():
        return np.full(inside.shape, 1e3, np.float32)
    outwards = ndimage.distance_transform_edt(~inside)
    inwards = ndimage.distance_transform_edt(inside)
    return np.where(inside, 0.5 - inwards, outwards - 0.5).astype(np.float32)


def noise_field(random: Random, size: int, scale: float) -> np.ndarray:
    """Smooth noise of mean 0 and deviation 1 whose grain is `scale` pixels: [size,size]."""
    coarse = max(3, int(np.ceil(size / max(scale, 1))) + 3)
    field = ndimage.zoom(random.standard_normal((coarse, coarse)), (size + 2) / coarse, order=3)[:size, :size]
    return ((field - field.mean()) / (field.std() + 1e-6)).astype(np.float32)


def grid(size: int, centre: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """x and y of every pixel relative to a centre (x, y)."""
    y, x = np.mgrid[:size, :size].astype(np.float32)
    return x - centre[0], y - centre[1]


def blob(random: Random, size: int, centre: tuple[float, float], radius: float, roughness: float) -> np.ndarray:
    """Bool [size,size]: an ellipse whose radius wobbles with the angle."""
    x, y = grid(size, centre)
    turn, aspect = random.uniform(0, np.pi), np.exp(random.uniform(-0.45, 0.45))
    u = (x * np.cos(turn) + y * np.sin(turn)) * aspect
    v = (-x * np.sin(turn) + y * np.cos(turn)) / aspect
    angle = np.arctan2(v, u)
    border = np.ones_like(angle)
    for frequency in range(2, 9):
        border += roughness * random.standard_normal() / frequency * np.cos(frequency * angle + random.uniform(0, 2 * np.pi))
    return np.hypot(u, v) < radius * np.maximum(border, 0.35)


def lobes(random: Random, size: int, centre: tuple[float, float], radius: float) -> np.ndarray:
    """Bool: two to four overlapping blobs, as in organs with notches and in clustered lesions."""
    region = blob(random, size, centre, radius * 0.7, 0.2)
    for _ in range(random.integers(1, 4)):
        angle, reach = random.uniform(0, 2 * np.pi), radius * random.uniform(0.4, 0.8)
        shifted = (centre[0] + reach * np.cos(angle), centre[1] + reach * np.sin(angle))
        region |= blob(random, size, shifted, radius * random.uniform(0.35, 0.6), 0.2)
    return region


def tube(random: Random, size: int, start: tuple[float, float], length: float, width: float) -> np.ndarray:
    """Bool: a vessel-like curve through `start` that keeps its direction for a while."""
    path = np.ones((size, size), bool)
    angle, bend = random.uniform(0, 2 * np.pi), 0.0
    x = start[0] - np.cos(angle) * length / 2
    y = start[1] - np.sin(angle) * length / 2
    for _ in range(int(length)):
        bend = 0.9 * bend + random.normal(0, 0.03)
        angle += bend
        x, y = x + np.cos(angle), y + np.sin(angle)
        if 0 <= int(y) < size and 0 <= int(x) < size:
            path[int(y), int(x)] = False
    return ndimage.distance_transform_edt(path) < width / 2 if not path.all() else ~path


def spicules(random: Random, size: int, centre: tuple[float, float], radius: float) -> np.ndarray:
    """Bool: thin rays that leave a structure."""
    x, y = grid(size, centre)
    angle, distance = np.arctan2(y, x), np.hypot(x, y)
    rays = np.zeros((size, size), bool)
    for _ in range(random.integers(3, 10)):
        direction, reach = random.uniform(-np.pi, np.pi), radius * random.uniform(1.2, 2.0)
        apart = np.abs((angle - direction + np.pi) % (2 * np.pi) - np.pi) * distance
        thickness = np.maximum(0.5, radius * 0.14 * (1 - distance / reach) + 0.4)
        rays |= (apart < thickness) & (distance < reach)
    return rays
